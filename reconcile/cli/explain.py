"""``reconcile explain CODE``: what a rule means, with a case of each outcome."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING

from reconcile import catalogue
from reconcile.cli.console import STYLES, complain, console, said
from reconcile.cli.exits import Exit
from reconcile.messages import severity_name

if TYPE_CHECKING:
    from rich.console import Console

    from reconcile.catalogue.pages import Sheet

# What marks the cell a finding names, where there is no colour.
MARKS = ("《", "》")
OUTCOME_STYLES = {"fail": "red", "pass": "green", "unjudged": "yellow"}


def explain_command(code: str | None, lang: str, as_json: bool) -> Exit:
    """Prints one rule, or the list of all; an unknown code is answered with those near to it."""
    if code is None:
        _print_all(lang, as_json)
        return Exit.GOOD
    wanted = code.strip().upper()
    try:
        entry = catalogue.entry(wanted)
    except catalogue.UnknownCode:
        complain("unknown_code", lang, code=code, nearest=nearest(wanted))
        return Exit.COULD_NOT
    if as_json:
        print(json.dumps(_plain(entry, lang), ensure_ascii=False, indent=2))
        return Exit.GOOD
    _print_page(wanted, lang)
    return Exit.GOOD


def nearest(code: str) -> tuple[str, ...]:
    """A few codes like this one: by their letters, else of its family, else the first of all."""
    known = catalogue.codes()
    like = get_close_matches(code, known, n=3, cutoff=0.6)
    family = [name for name in known if name[:3] == code[:3]][:3]
    return tuple(like or family or known[:3])


def _print_page(code: str, lang: str) -> None:
    from rich.text import Text

    from reconcile.catalogue.pages import page

    shown, screen = page(code, lang), console()
    screen.print(Text(f"{code}　{shown.title}", style="bold"))
    screen.print(Text(shown.severity, style=STYLES[catalogue.entry(code).severity]))
    screen.print()
    screen.print(shown.meaning)
    for case in shown.cases:
        screen.print()
        screen.print(Text(case.heading, style="bold"))
        for text in (shown.unjudged if case.outcome == "unjudged" else "", case.note):
            if text:
                screen.print(text)
        for sheet in case.sheets:
            _print_sheet(screen, sheet)
        screen.print(Text(f"→ {case.result}", style=OUTCOME_STYLES[case.outcome]))
    screen.print()
    screen.print(Text(said("explain", "declared", lang), style="bold"))
    if not shown.declared and not shown.files:
        screen.print(said("explain", "always", lang))
    for line in shown.declared.splitlines():
        screen.print(Text(f"  {line}"))
    for name, text in shown.files:
        screen.print(Text(f"  {name}:"))
        for line in text.splitlines():
            screen.print(Text(f"    {line}"))


def _print_sheet(screen: Console, sheet: Sheet) -> None:
    """The sheet with the letters of its columns and the numbers of its rows; wide characters take two columns."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    from reconcile.findings import column_letters

    width = max(map(len, sheet.rows))
    rows = [[column_letters(column + 1) for column in range(width)]]
    for number, row in enumerate(sheet.rows):
        rows.append(
            [
                text.replace("\\n", " ").join(MARKS if (number, column) in sheet.marked else ("", ""))
                for column, text in enumerate(row)
            ]
        )
    sizes = [max(cell_len(row[column]) for row in rows) for column in range(width)]
    screen.print(f"  {sheet.caption}")
    for number, row in enumerate(rows):
        line = Text(f"  {number or '':>3}  ", style="dim")
        for column, text in enumerate(row):
            style = "bold red" if (number - 1, column) in sheet.marked else "not dim" if number else ""
            line.append(set_cell_size(text, sizes[column]) + "  ", style=style)
        line.rstrip()
        screen.print(line, no_wrap=True, overflow="ignore", crop=False)


def _plain(entry: catalogue.Entry, lang: str) -> dict[str, object]:
    from reconcile.catalogue.cases import OUTCOMES, cases

    given = cases(entry.code)
    drawn = {name: given.case(name).model_dump(mode="json", by_alias=True, exclude_defaults=True) for name in OUTCOMES}
    return {**_short(entry, lang), "declares": given.declares, "files": given.files, "cases": drawn}


def _short(entry: catalogue.Entry, lang: str) -> dict[str, str]:
    texts = {name: getattr(entry, name).get(lang) for name in ("title", "meaning", "example", "unjudged")}
    return {"code": entry.code, "severity": entry.severity, **texts}


def _print_all(lang: str, as_json: bool) -> None:
    from rich.text import Text

    entries = [catalogue.entry(code) for code in catalogue.codes()]
    if as_json:
        print(json.dumps([_short(entry, lang) for entry in entries], ensure_ascii=False, indent=2))
        return
    screen = console()
    for entry in entries:
        line = Text(f"{entry.code}  ")
        line.append(severity_name(entry.severity, lang), style=STYLES[entry.severity])
        line.append(f"  {entry.title.get(lang)}")
        screen.print(line)
