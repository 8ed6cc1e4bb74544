"""The marks on the forms: the finding's message as a note, and a colour that a cell of the overview turns off."""

from __future__ import annotations

from reconcile.findings import Finding
from reconcile.writing.cells import Place
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet

SWITCH = "marks_shown"


def write(report: Report, sheets: dict[str, Sheet]) -> None:
    """Marks every merged cell that a finding at error or warning is about; ``sheets`` are the forms' by name.

    Notes are not printed and no fill is stored in the cells: with the switch off the sheet prints clean.
    """
    by_place: dict[Place, list[Finding]] = {}
    for finding in report.shown:
        place = report.places.own(finding) if finding.severity != "info" else None
        if place is not None and place.sheet in sheets:
            by_place.setdefault(place, []).append(finding)
    levels: dict[tuple[str, str], list[str]] = {}
    for place in sorted(by_place, key=lambda place: (place.sheet, place.row, place.column)):
        findings = by_place[place]
        # The findings are sorted by what blocks first, so the first one gives the colour.
        levels.setdefault((place.sheet, findings[0].severity), []).append(place.a1)
        text = "\n\n".join(f"{finding.code} {report.voice.sentence(finding)}" for finding in findings)
        sheets[place.sheet].note(place.row, place.column, text)
    on = report.voice.word("show")
    for (name, severity), cells in levels.items():
        sheets[name].mark(cells, f'={SWITCH}="{on}"', report.book.styles.mark(severity))
