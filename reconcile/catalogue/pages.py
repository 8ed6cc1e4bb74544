"""The page of a rule: what it means, its three cases as tables, and how a pack asks for it.

Printed by ``reconcile explain``, and written as ``docs/rules.md``; neither adds anything to it but its looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from reconcile import catalogue
from reconcile.catalogue.cases import FOLDER, OUTCOMES, Case, Cases, DrawnReturn, Outcome, cases, cells

_PLACE = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Z]+)(?P<row>\d+)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn sheet: what stands above it, its rows from row 1, and the cells (0-based) a finding names."""

    caption: str
    rows: list[list[str]]
    marked: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One case: its heading, what a drawing cannot show, the sheets, and what comes of them."""

    outcome: Outcome
    heading: str
    note: str
    sheets: tuple[Sheet, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Page:
    """All of a rule in one language; ``declared`` is YAML of a pack, empty where the rule holds for every pack, and
    ``files`` are the lists and registers it names: path and text."""

    code: str
    title: str
    severity: str
    meaning: str
    cases: tuple[Shown, ...]
    unjudged: str
    declared: str
    files: tuple[tuple[str, str], ...]


def page(code: str, lang: str) -> Page:
    """The page of a code.

    Raises:
        UnknownCode: when there is no such code.
    """
    entry, given = catalogue.entry(code), cases(code)
    severity = catalogue.term("severity", entry.severity, lang)
    meaning = catalogue.term("severity_meaning", entry.severity, lang)
    return Page(
        code=code,
        title=entry.title.get(lang),
        severity=word("severity", lang, name=severity, meaning=meaning),
        meaning=entry.meaning.get(lang),
        cases=tuple(_shown(given, outcome, lang) for outcome in OUTCOMES),
        unjudged=entry.unjudged.get(lang),
        declared=declared(code),
        files=tuple(given.files.items()),
    )


def word(key: str, lang: str, **data: str) -> str:
    """A text of the group ``explain`` in ``ui.yaml``; what is put in comes from the catalogue itself."""
    text = catalogue.words("ui")["explain"][key].get(lang)
    return re.sub(r"\{(\w+)\}", lambda match: data[match[1]], text)


def declared(code: str) -> str:
    """What a pack says for the rule to hold, as it stands in the file of the cases."""
    if not cases(code).declares:
        return ""
    text = files(catalogue.__name__).joinpath(FOLDER, f"{code}.yaml").read_text(encoding="utf-8")
    (block,) = re.findall(r"^declares:\n((?:  .*\n)+)", text, re.M)
    return "\n".join(line.removeprefix("  ") for line in block.splitlines())


def _shown(given: Cases, outcome: Outcome, lang: str) -> Shown:
    case = given.case(outcome)
    return Shown(
        outcome=outcome,
        heading=word(outcome, lang),
        note=case.note.get(lang) if case.note else "",
        sheets=tuple(_sheets(given, case, lang)),
        result=_result(given.code, case, outcome, lang),
    )


def _result(code: str, case: Case, outcome: Outcome, lang: str) -> str:
    if outcome == "fail":
        return catalogue.entry(code).example.get(lang)
    if outcome == "pass":
        return word("nothing_found", lang)
    if case.why:
        return word("not_judged_why", lang, why=catalogue.words("why")["why"][case.why].get(lang))
    return word("not_judged", lang)


def _sheets(given: Cases, case: Case, lang: str) -> Iterator[Sheet]:
    """Every drawn sheet of the case, that of the earlier round first."""
    single = [DrawnReturn(sheets={given.sheet: case.sheet})] if case.sheet else []
    several = len(case.returns) > 1
    marks = set(case.at)
    for drawn in case.earlier:
        yield from _of_return(drawn, word("earlier", lang), given.sheet, set(), lang)
    for drawn in (*single, *case.returns):
        above = word("now", lang) if case.earlier else drawn.name if several or drawn.made or drawn.file else ""
        yield from _of_return(drawn, above, given.sheet, marks, lang)


def _of_return(drawn: DrawnReturn, above: str, first: str, marks: set[str], lang: str) -> Iterator[Sheet]:
    cover = "・".join(f"{label}：{value or word('blank', lang)}" for label, value in drawn.cover.items())
    if cover:
        above = " ".join(part for part in (above, word("cover", lang, values=cover)) if part)
    for name, drawing in drawn.sheets.items():
        rows = cells(drawing)
        marked = set()
        for place in sorted(marks):
            match = _PLACE.fullmatch(place)
            if match and (match["sheet"] or first) == name:
                marked.add((int(match["row"]) - 1, _number(match["column"])))
                marks.discard(place)  # of several returns the first one is meant
        yield Sheet(" ".join(part for part in (above, name) if part), rows, frozenset(marked))


def _number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
