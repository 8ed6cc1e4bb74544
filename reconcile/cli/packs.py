"""``reconcile packs``: which packs there are, what one expects, and from whom."""

from __future__ import annotations

import json
from collections import Counter

from reconcile.cli.console import console, said
from reconcile.cli.coverage import coverage_command
from reconcile.cli.outcome import print_own_code
from reconcile.cli.settings import find_pack
from reconcile.packs import Pack, available
from reconcile.packs.model import departments_in


def packs_command(name: str | None, lang: str, validate: bool, as_json: bool, coverage: bool = False) -> None:
    """Lists the packs or shows one.

    With ``validate`` it says whether a pack's files (or all packs') hang together, with ``coverage`` how many checks
    cover each of its values.
    """
    if coverage:
        coverage_command([find_pack(given) for given in ([name] if name else available())], lang, as_json)
        return
    if validate:
        chosen = [find_pack(given) for given in ([name] if name else available())]
        if as_json:
            print(json.dumps([_plain(pack, lang) for pack in chosen], ensure_ascii=False, indent=2))
            return
        for pack in chosen:
            records = sum(records_of(pack).values())
            numbers = {"forms": len(pack.forms), "departments": len(pack.expected_departments()), "records": records}
            console().print(said("packs", "valid", lang, pack=pack.name, **numbers))
            print_own_code(pack, lang, ran=False)
    elif name is None:
        _list_all(lang, as_json)
    elif as_json:
        print(json.dumps(_plain(find_pack(name), lang), ensure_ascii=False, indent=2))
    else:
        _print_pack(find_pack(name), lang)


def records_of(pack: Pack) -> Counter[tuple[str, str]]:
    """How many records the registers expect: (department, form) → count."""
    return Counter(
        (department, form.form)
        for form in pack.forms.values()
        if form.register_link
        for row in pack.tables[form.register_link.file].rows
        for department in departments_in(row[form.register_link.department])
    )


def _list_all(lang: str, as_json: bool) -> None:
    known = [find_pack(name) for name in available()]
    if as_json:
        print(json.dumps([_head(pack, lang) for pack in known], ensure_ascii=False, indent=2))
        return
    screen = console()
    if not known:
        screen.print(said("packs", "none", lang))
    for pack in known:
        screen.print(f"{pack.name}  {pack.file.title.get(lang)}")
        screen.print(f"  {pack.folder}", style="dim")


def _print_pack(pack: Pack, lang: str) -> None:
    screen = console()
    screen.print(f"{pack.name}  {pack.file.title.get(lang)}", style="bold")
    screen.print(str(pack.folder), style="dim")
    print_own_code(pack, lang, ran=False)
    screen.print()
    screen.print(said("packs", "forms", lang), style="bold")
    for form in pack.forms.values():
        checks = said("packs", "checks", lang, count=len({check.code for check in form.checks}))
        screen.print(f"  {form.name.get(lang)}  {form.title.get(lang)}  {checks}")
    screen.print()
    screen.print(said("packs", "departments", lang), style="bold")
    expected = records_of(pack)
    comma = "、" if lang == "ja" else ", "
    for department in pack.expected_departments():
        parts = [
            said("packs", "records", lang, form=form.name.get(lang), count=expected[department, form.form])
            for form in pack.forms.values()
            if expected[department, form.form]
        ]
        screen.print(f"  {department}  {comma.join(parts)}")


def _head(pack: Pack, lang: str) -> dict[str, object]:
    return {"pack": pack.name, "title": pack.file.title.get(lang), "folder": str(pack.folder), "hash": pack.digest}


def _plain(pack: Pack, lang: str) -> dict[str, object]:
    expected = records_of(pack)
    return {
        **_head(pack, lang),
        "forms": [
            {
                "form": form.form,
                "name": form.name.get(lang),
                "title": form.title.get(lang),
                "layout": form.layout,
                "checks": sorted({check.code for check in form.checks}),
            }
            for form in pack.forms.values()
        ],
        "departments": [
            {
                "department": department,
                "records": {form: expected[department, form] for form in pack.forms if expected[department, form]},
            }
            for department in pack.expected_departments()
        ],
    }
