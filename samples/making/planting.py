"""How planted faults get into the returns, and the list of them (`planted.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from .edits import Fault
from .model import Owner, Return
from .places import Written


@dataclass(frozen=True)
class Planted:
    """One line of planted.csv. `cell` is empty where the fault is an absence; `form`, `record`, `field` name it."""

    file: str
    sheet: str
    cell: str
    fault: str
    code: str
    original: str
    planted: str
    note: str
    form: str = ""
    record: str = ""
    field: str = ""


def plant(returns: Mapping[str, Return], faults: Iterable[Fault]) -> dict[str, Return]:
    """The returns with every fault in them; those given are not changed."""
    spoilt = {department: answer.copy() for department, answer in returns.items()}
    for fault in faults:
        for edit in (*fault.also, fault.edit):
            edit.apply(spoilt[fault.department])
    return spoilt


def needed(department: str, faults: Iterable[Fault]) -> dict[str, bool]:
    """Fields of the layout without which this department's faults would have no cell."""
    return {fault.needs: True for fault in faults if fault.department == department and fault.needs}


def listed(
    clean: Return, faults: Iterable[Fault], before: Mapping[Owner, Written], after: Mapping[Owner, Written]
) -> list[Planted]:
    """The lines of one return; `before` and `after`: its cells without and with the faults."""
    nowhere = Written("", "", "")
    lines = []
    for fault in faults:
        if fault.department != clean.department:
            continue
        owner, about = fault.edit.owner, fault.edit.about
        now = after[owner] if owner else nowhere
        was = before.get(about, nowhere)
        lines.append(
            Planted(
                f"{clean.stem}.xlsx",
                now.sheet or was.sheet,
                now.cell,
                fault.fault,
                fault.code,
                was.content,
                now.content,
                fault.note,
                about.form,
                about.record.partition("#")[0],
                about.field,
            )
        )
    return lines


def write_planted(path: Path, lines: Iterable[Planted]) -> None:
    """planted.csv: UTF-8 with BOM, sorted by file; within a file the forms and the cover."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow([field.name for field in fields(Planted)])
        table.writerows(astuple(line) for line in sorted(lines, key=lambda line: line.file))
