"""``reconcile explain CODE``: what a rule means."""

from __future__ import annotations

import json
from difflib import get_close_matches

from reconcile import catalogue
from reconcile.cli.console import STYLES, complain, console, said
from reconcile.cli.exits import Exit
from reconcile.messages import severity_meaning, severity_name


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
    from rich.text import Text

    screen = console()
    screen.print(Text(f"{entry.code}　{entry.title.get(lang)}", style="bold"))
    name, meaning = severity_name(entry.severity, lang), severity_meaning(entry.severity, lang)
    screen.print(Text(said("explain", "severity", lang, name=name, meaning=meaning), style=STYLES[entry.severity]))
    screen.print()
    screen.print(entry.meaning.get(lang))
    for key, text in (("example", entry.example), ("unjudged", entry.unjudged)):
        screen.print()
        screen.print(Text(said("explain", key, lang), style="bold"))
        screen.print(text.get(lang))
    return Exit.GOOD


def nearest(code: str) -> tuple[str, ...]:
    """A few codes like this one: by their letters, else of its family, else the first of all."""
    known = catalogue.codes()
    like = get_close_matches(code, known, n=3, cutoff=0.6)
    family = [name for name in known if name[:3] == code[:3]][:3]
    return tuple(like or family or known[:3])


def _plain(entry: catalogue.Entry, lang: str) -> dict[str, str]:
    texts = {name: getattr(entry, name).get(lang) for name in ("title", "meaning", "example", "unjudged")}
    return {"code": entry.code, "severity": entry.severity, **texts}


def _print_all(lang: str, as_json: bool) -> None:
    from rich.text import Text

    entries = [catalogue.entry(code) for code in catalogue.codes()]
    if as_json:
        print(json.dumps([_plain(entry, lang) for entry in entries], ensure_ascii=False, indent=2))
        return
    screen = console()
    for entry in entries:
        line = Text(f"{entry.code}  ")
        line.append(severity_name(entry.severity, lang), style=STYLES[entry.severity])
        line.append(f"  {entry.title.get(lang)}")
        screen.print(line)
