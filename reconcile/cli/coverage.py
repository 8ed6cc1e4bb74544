"""``reconcile packs PACK --coverage``: how many checks cover each value, and where a check total is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reconcile.cli.console import console, said
from reconcile.packs import Pack

if TYPE_CHECKING:
    from reconcile.coverage import SlotCoverage


def coverage_command(packs: Iterable[Pack], lang: str, as_json: bool) -> None:
    """One line a value of each form; with ``as_json`` a list of objects."""
    from reconcile.coverage import pack_coverage

    found = [(pack, pack_coverage(pack)) for pack in packs]
    if as_json:
        plain = [_plain(pack, entry) for pack, entries in found for entry in entries]
        print(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for pack, entries in found:
        _print(pack, entries, lang)


def _print(pack: Pack, found: list[SlotCoverage], lang: str) -> None:
    screen = console()
    screen.print(f"{pack.name}  {pack.file.title.get(lang)}", style="bold")
    screen.print(said("coverage", "how", lang), style="dim")
    screen.print(said("coverage", "not_counted", lang), style="dim")
    for form in dict.fromkeys(entry.form for entry in found):
        screen.print()
        screen.print(f"{pack.forms[form].name.get(lang)}  {pack.forms[form].title.get(lang)}", style="bold")
        for alike in _together([entry for entry in found if entry.form == form]):
            screen.print(f"  {_line(pack, alike, lang)}", style="" if alike[0].checks[0] else "yellow")
    screen.print()
    unchecked = sum(not entry.checks[1] for entry in found)
    key = "all_covered" if not unchecked else "some_uncovered"
    screen.print(said("coverage", key, lang, count=unchecked, values=len(found)))


def _together(found: list[SlotCoverage]) -> list[list[SlotCoverage]]:
    """Values of one row that cannot be told from one another as one line; all others as one each."""
    lines: list[list[SlotCoverage]] = []
    for entry in found:
        own = {entry.slot, *entry.with_slots}
        rows = (line for line in lines if line[0].with_slots and {line[0].slot, *line[0].with_slots} == own)
        same = next((line for line in rows if line[0].level == entry.level), None)
        if same is None:
            lines.append([entry])
        else:
            same.append(entry)
    return lines


def _line(pack: Pack, alike: list[SlotCoverage], lang: str) -> str:
    entry = alike[0]
    least, most = min(each.checks[0] for each in alike), max(each.checks[1] for each in alike)
    names = dict.fromkeys([entry.slot for entry in alike] if len(alike) > 1 else [entry.slot, *entry.with_slots])
    told = {
        "value": ("、" if lang == "ja" else ", ").join(_name(pack, entry.form, slot, lang) for slot in names),
        "level": said("coverage", entry.level, lang),
        "checks": str(most) if least == most else f"{least}～{most}" if lang == "ja" else f"{least} to {most}",
        "alike": entry.alike,
        "partly": "" if least else said("coverage", "partly", lang),
    }
    if not most:
        return said("coverage", "unchecked", lang, **told)
    if entry.alike == 1:
        return said("coverage", "known", lang, **told)
    return said("coverage", "alike_row" if entry.with_slots else "alike", lang, **told)


def _name(pack: Pack, form: str, slot: str, lang: str) -> str:
    """What a person calls a value: the label of its column where a form has several kinds, its version and period."""
    from reconcile.writing.voice import Voice

    name, _, rest = slot.partition(".")
    version, _, period = rest.partition(".")
    fields = pack.forms[form].fields
    shown = Voice(pack, lang).slot(version, period)
    if shown and sum(field.numeric for field in fields.values()) == 1:
        return shown
    columns = fields[name].all_columns()
    own = next((column for column in columns if (column.version, column.period) == (version, period)), columns[0])
    # The label of a column may tell its period already.
    return own.text if own.period else f"{own.text} {shown}".strip()


def _plain(pack: Pack, entry: SlotCoverage) -> dict[str, object]:
    name, _, rest = entry.slot.partition(".")
    version, _, period = rest.partition(".")
    return {
        "pack": pack.name,
        "form": entry.form,
        "level": entry.level,
        "field": name,
        "version": version,
        "period": period,
        "cells": entry.cells,
        "checks": {"least": entry.checks[0], "most": entry.checks[1]},
        "alike": entry.alike,
        "with": list(entry.with_slots),
    }
