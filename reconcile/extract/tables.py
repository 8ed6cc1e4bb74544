"""The tables of a workbook: between their tags, else by their headers; what is neither the one nor the other's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reconcile.extract.printed_again import headers_again
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Grid, Placement, Tagged, Vocabulary, find_placements, find_tagged, tagged_part
from reconcile.packs.model import Form, Pack


@dataclass(slots=True)
class Tables:
    """The tables of every form, sheet by sheet, and what finding them had to say (LAY001, LAY008, LAY009)."""

    placements: list[Placement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_tables(grids: Sequence[Grid], pack: Pack, vocabulary: Vocabulary, file: str) -> Tables:
    """Every table on the sheets.

    A form with tags is looked for between them. By its header, as any other form, it is looked for where no sheet has
    its tags, and on each sheet without them where its sheet is repeated (once a project).
    """
    found = Tables()
    tagged = [find_tagged(grid, vocabulary.tags) for grid in grids]
    everywhere = {table.form for tables in tagged for table in tables}
    for grid, tables in zip(grids, tagged, strict=True):
        own: list[Placement] = []
        for table in tables:
            own += _between_tags(grid, table, vocabulary, file, found.findings)
        here = {table.form for table in tables}
        others = [
            name
            for name in pack.forms
            if name not in here and (name not in everywhere or name in vocabulary.on_several_sheets)
        ]
        rest = grid.without([table.area for table in tables]) if tables else grid
        for placement in _placed(rest, vocabulary, others):
            if placement.band.rivals:
                found.findings.append(_not_told_apart(placement, file))
                continue
            form = pack.forms[placement.band.form]
            if form.tags is not None:
                found.findings.append(_tag_missing(form, form.tags.start, placement, file))
            own.append(placement)
        found.placements += sorted(own, key=lambda p: (p.band.top, p.band.left))
    return found


def _placed(grid: Grid, vocabulary: Vocabulary, forms: Sequence[str], *, sure: bool = False) -> list[Placement]:
    """The tables of a sheet, each whole where its header is printed again on every page."""
    found = find_placements(grid, vocabulary, forms, sure=sure)
    again = headers_again(found, vocabulary.forms) if len(found) > 1 else []
    return find_placements(grid.without(again), vocabulary, forms, sure=sure) if again else found


def _between_tags(
    grid: Grid, table: Tagged, vocabulary: Vocabulary, file: str, findings: list[Finding]
) -> list[Placement]:
    placements = _placed(tagged_part(grid, table), vocabulary, [table.form], sure=True)
    if not placements:
        ref = CellRef(file, grid.name, *table.head)
        findings.append(Finding("LAY001", ref, form=table.form, variant="tagged", cells=(Involved(ref, "place"),)))
    elif table.end is None:
        form = vocabulary.forms[table.form]
        assert form.tags is not None
        findings.append(_tag_missing(form, form.tags.end, placements[0], file))
    else:
        findings += _under_the_end(grid, table, placements[-1], vocabulary.forms[table.form], file)
    return placements


def _under_the_end(grid: Grid, table: Tagged, placement: Placement, form: Form, file: str) -> Iterator[Finding]:
    """LAY006: rows right below the tag that ends a table, with more than a single text in its columns."""
    assert form.tags is not None
    columns = {match.column for match in placement.matches()}
    cells: list[tuple[int, int]] = []
    for row in range(table.area.bottom + 1, grid.last_row + 1):
        span = grid.entries_of_rows(row, row)
        own = [entry for entry in span if grid.sheet.column[entry] in columns and grid.text(entry).strip()]
        if len({grid.text(entry) for entry in own}) < 2:
            break
        cells += [(row, grid.sheet.column[entry]) for entry in own]
    if cells:
        refs = [CellRef(file, grid.name, *place) for place in cells]
        parts = (Involved(refs[0], "place"), *(Involved(ref, "value") for ref in refs[1:]))
        data = {"count": len(refs), "places": tuple(refs[:3]), "label": form.tags.end}
        yield Finding("LAY006", refs[0], form=form.form, variant="under_tag", cells=parts, data=data)


def _tag_missing(form: Form, tag: str, placement: Placement, file: str) -> Finding:
    """The table was found all the same: by its header, or from its other tag on."""
    ref = CellRef(file, placement.grid.name, placement.band.top, placement.band.left)
    cells = (Involved(ref, "place"),)
    return Finding("LAY008", ref, form=form.form, expected=tag, variant="tag", data={"label": tag}, cells=cells)


def _not_told_apart(placement: Placement, file: str) -> Finding:
    band = placement.band
    ref = CellRef(file, placement.grid.name, band.top, band.left)
    forms = (band.form, *band.rivals)
    return Finding("LAY009", ref, form=band.form, data={"forms": forms}, cells=(Involved(ref, "header"),))
