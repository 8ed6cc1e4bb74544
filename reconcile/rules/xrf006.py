"""XRF006: a numbered point or a note mark has no counterpart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reconcile.facts import ABSENT, BLANK, ERROR, TEXT
from reconcile.findings import CellRef, Finding
from reconcile.normalise import fold_key
from reconcile.packs.checks import NoteMarkCheck, NumberBesideCheck, PointsCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at, unreadable
from reconcile.rules.registers import record_lines, records_asked, register_of

# A mark behind one of these stands apart from a word. Before one of those, or before a particle, it explains nothing.
_APART = " \n\r\t([「『【"
_GOES_ON = ")]」』】、。のをにはがとでもへや"
_POINT = re.compile("[①-⑳㉑-㉟㊱-㊿]")
_BEGINNING = re.compile("[①-⑳㉑-㉟㊱-㊿]*")
# Sans-serif circled digits are those of another font.
_CIRCLES = {ord("➀") + n: "①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(10)}


def judge(check: Any, form: Form, data: Confrontation) -> Outcome:
    """What the ``kind`` of the check looks for."""
    return KINDS[check.kind](check, form, data)


def judge_notes(check: NoteMarkCheck, form: Form, data: Confrontation) -> Outcome:
    """Every mark in the fields named, with its number, against the notes that stand in these texts of the record and
    those of the pack's list; one finding a mark and cell."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    listed = data.pack.tables[check.notes].rows if check.notes else ()
    known = {mark for row in listed for mark in marks_in(row["mark"], check.marks)}
    lines = record_lines(table)
    register = register_of(data.pack, form)
    keys = records_asked(table, form).key if register else [""] * len(lines)
    seen: set[int] = set()  # a merged cell is the cell of several records
    columns = [table.at(field)[lines].tolist() for field in check.fields]
    for cells in columns:
        outcome.unjudged += unreadable(facts, cells, check.code, "", "text_not_readable")
    for key, *cells in zip(keys, *columns, strict=True):
        texts = {cell: str(facts.raw[cell]) for cell in cells if cell != ABSENT and facts.state[cell] == TEXT}
        own = {mark for text in texts.values() for mark in notes_in(text, check.marks)}
        for cell, text in texts.items():
            if cell in seen:
                continue
            seen.add(cell)
            marks = marks_in(text, check.marks)
            missing = [mark for mark in marks if mark not in known | own]
            outcome.passed += len(marks) - len(missing)
            field = facts.parts(cell)[0]
            given = register is not None and register.gives(str(key), field, text)
            said = _of_register(form, str(key), text) if given else {"variant": "note", "data": {}}
            outcome.findings += [_unexplained(data, check.code, cell, mark, said) for mark in missing]
    return outcome


def _unexplained(data: Confrontation, code: str, cell: int, mark: str, said: Mapping[str, Any]) -> Finding:
    cells = involved(data.facts, [cell], "text")
    return finding_at(data.facts, cell, code, cells=cells, **{**said, "data": {"mark": mark, **said["data"]}})


def _of_register(form: Form, key: str, name: str) -> dict[str, Any]:
    """What is told of the register's own words, and not to the department, which cannot change them."""
    told = {"name": name, "key": key, "forms": (form.form,)}
    return {"variant": "register", "ref": CellRef(""), "department": "", "data": told}


def marks_in(text: str, signs: Sequence[str] = ("※",)) -> tuple[str, ...]:
    """The note marks of a text that are to be explained, each once, in one width: ※, ※2."""
    return tuple(dict.fromkeys(mark for mark, note in _marks(text, tuple(signs)) if not note))


def notes_in(text: str, signs: Sequence[str] = ("※",)) -> tuple[str, ...]:
    """The marks that a text itself explains: what stands at the beginning of a line or apart from the word before
    it, and goes on (※1…令和4年の調査, （※窓口では300円）)."""
    return tuple(dict.fromkeys(mark for mark, note in _marks(text, tuple(signs)) if note))


def _marks(text: str, signs: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Every mark, with its sign as the pack writes it, and whether a note follows it."""
    flat = unicodedata.normalize("NFKC", text)
    written = {unicodedata.normalize("NFKC", sign): sign for sign in signs}
    for found in re.finditer(f"([{re.escape(''.join(written))}])([0-9]*)", flat):
        before, after = flat[: found.start()], flat[found.end() :].partition("\n")[0].strip(" ")
        note = (not before or before[-1] in _APART) and bool(after) and after[0] not in _GOES_ON
        yield written[found[1]] + found[2], note


def judge_numbers(check: NumberBesideCheck, form: Form, data: Confrontation) -> Outcome:
    """Every record's number, its branch left out, against the number of what it belongs to."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    lines = record_lines(table)
    for number, other in zip(table.at(check.number)[lines].tolist(), table.at(check.of)[lines].tolist(), strict=True):
        if ABSENT in (number, other):
            continue
        if TEXT not in (facts.state[number], facts.state[other]) or facts.state[number] != facts.state[other]:
            outcome.unjudged.append(unjudged_at(facts, number, check.code, "key_not_given"))
            continue
        here, above = (fold_key(str(facts.raw[cell])) for cell in (number, other))
        if here.partition("-")[0] == above:
            outcome.passed += 1
            continue
        outcome.findings.append(
            finding_at(
                facts,
                other,
                check.code,
                variant="number",
                record=str(facts.record[number]),
                expected=here.partition("-")[0],
                data={"number": str(facts.raw[number]), "other": facts.ref(number)},
                cells=involved(facts, [other], "number") + involved(facts, [number], "number"),
            )
        )
    return outcome


def judge_points(check: PointsCheck, form: Form, data: Confrontation) -> Outcome:
    """Every number of a record's fields, one finding for each that another field lacks; compared where both use any.

    A blank field is not judged beside one that uses numbers.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    facts = data.facts
    within = _lines_within(check, data)
    points_of = points_beginning if check.beginning else points_in
    for line in record_lines(table).tolist():
        sides = [[int(table.at(field)[line])] for field in check.fields]
        rows = within.get((str(table.file[line]), str(table.record[line])), [])
        sides += [rows] if rows else []
        used: list[dict[str, int]] = []  # for each text with points: point → the cell it stands in
        places: list[int] = []
        for cells in sides:
            texts = [cell for cell in cells if cell != ABSENT and facts.state[cell] == TEXT]
            # A row of a table is one point; what it numbers within itself is a list of its own.
            shown = {c: str(facts.raw[c]).strip().partition("\n" if c in rows else "\0")[0] for c in texts}
            points = {mark: cell for cell in reversed(texts) for mark in points_of(shown[cell])}
            if points:
                used.append(points)
                places.append(texts[-1])
        unread = [cell for cells in sides for cell in cells if cell != ABSENT and facts.state[cell] in (BLANK, ERROR)]
        if used and unread:
            outcome.unjudged.append(unjudged_at(facts, unread[0], check.code, "text_not_given"))
        if len(used) < 2:
            continue
        every = {mark: cell for points in reversed(used) for mark, cell in points.items()}
        for place, points in zip(places, used, strict=True):
            missing = [mark for mark in sorted(every) if mark not in points]
            outcome.passed += not missing
            outcome.findings += [
                finding_at(
                    facts,
                    place,
                    check.code,
                    data={"mark": mark, "other": facts.ref(every[mark])},
                    cells=involved(facts, [place], "text") + involved(facts, [every[mark]], "other"),
                )
                for mark in missing
            ]
    return outcome


def _lines_within(check: PointsCheck, data: Confrontation) -> dict[tuple[str, str], list[int]]:
    """(File, key of a card) → the cells of a field in the rows of the table inside it. Of a key that stands twice in
    one file it cannot be told which rows are whose; FLD007 says so."""
    if check.lines is None:
        return {}
    form, _, field = check.lines.partition(".")
    table = data.table(form)
    found: dict[tuple[str, str], list[int]] = {}
    if table is not None:
        cells = table.at(field)
        for line in record_lines(table).tolist():
            if cells[line] != ABSENT and data.accepted[cells[line]]:
                found.setdefault((str(table.file[line]), str(table.group[line])), []).append(int(cells[line]))
    return found


def points_in(text: str) -> tuple[str, ...]:
    """The circled numbers of a text, each once: ①, ②; the two styles of circle are one."""
    return tuple(dict.fromkeys(_POINT.findall(text.translate(_CIRCLES))))


def points_beginning(text: str) -> tuple[str, ...]:
    """The circled numbers that a line of a text begins with: ①②委託を開始した has ① and ②."""
    lines = text.translate(_CIRCLES).splitlines()
    begun = [found[0] for line in lines if (found := _BEGINNING.match(line.strip()))]
    return tuple(dict.fromkeys(mark for marks in begun for mark in _POINT.findall(marks)))


KINDS: dict[str, Callable[[Any, Form, Confrontation], Outcome]] = {
    "notes": judge_notes,
    "numbers": judge_numbers,
    "points": judge_points,
}
