"""What the layout of a form had to say: LAY002-004, 006-008, FIL008, and values that are struck out (FLD011)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain

from reconcile.extract.raw import RawCell, RawRecord, Records
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import Grid, Matched, Placement
from reconcile.locate.vocabulary import Wanted
from reconcile.normalise import fiscal_year, fold_label, similarity
from reconcile.packs.form_parts import BlockRows
from reconcile.packs.model import Form

Header = tuple[int, int, str]  # row, column, text
ALIKE = 0.5  # of the words of rows: 変更計画 for 修正計画
GAP = 2  # blank columns that a department may leave inside its table


def band_findings(
    placement: Placement, form: Form, records: Records, unknown: Sequence[Header], file: str
) -> list[Finding]:
    """Headers that are missing (LAY002), ambiguous (LAY003) or reworded, and totals without their word (LAY008)."""
    band = placement.band
    head = CellRef(file, placement.grid.name, band.top, band.left)
    found: list[Finding] = []
    twice = {wanted.field for wanted, _ in band.ambiguous}
    for wanted, candidates in band.ambiguous:
        cells = tuple(_header_ref(placement, m, file) for m in candidates)
        found.append(
            Finding(
                "LAY003",
                cells[0],
                form=form.form,
                field=wanted.field,
                version=wanted.version,
                period=wanted.period,
                found=candidates[0].seen,
                cells=tuple(Involved(cell, "header") for cell in cells),
                data={"label": wanted.label, "places": cells},
            )
        )
    missing: list[Wanted] = [w for w in band.missing if not (w.field in twice and w.period)]
    for wanted in missing:
        nearest = max(unknown, key=lambda item: similarity(item[2], wanted.label), default=None)
        near = nearest is not None and similarity(nearest[2], wanted.label) > 0.3
        ref = CellRef(file, placement.grid.name, nearest[0], nearest[1]) if near and nearest else head
        found.append(
            Finding(
                "LAY002",
                ref,
                form=form.form,
                field=wanted.field,
                version=wanted.version,
                period=wanted.period,
                expected=wanted.label,
                variant="nearest" if near else "",
                data={"label": wanted.label, "nearest": nearest[2] if near and nearest else ""},
                cells=(Involved(ref, "header"),),
            )
        )
    if records.no_version_column and form.rows:
        found.append(
            Finding(
                "LAY002",
                head,
                form=form.form,
                expected=form.rows.label,
                data={"label": form.rows.label, "nearest": ""},
                cells=(Involved(head, "header"),),
            )
        )
    if records.untitled and form.tables:
        label = form.fields[form.tables.name].all_columns()[0].text
        seen = records.title_seen
        place = CellRef(file, placement.grid.name, seen[0], seen[1]) if seen else head
        found.append(
            Finding(
                "LAY002",
                place,
                form=form.form,
                field=form.tables.name,
                expected=label,
                variant="nearest" if seen else "",
                data={"label": label, "nearest": seen[2] if seen else ""},
                cells=(Involved(place, "header"),),
            )
        )
    for match in band.matched:
        if not match.exact:
            ref = _header_ref(placement, match, file)
            found.append(
                Finding(
                    "LAY008",
                    ref,
                    form=form.form,
                    field=match.wanted.field,
                    version=match.wanted.version,
                    period=match.wanted.period,
                    found=match.seen,
                    expected=match.wanted.label,
                    data={"label": match.wanted.label},
                    cells=(Involved(ref, "header"),),
                )
            )
    found += _other_years(placement, form, records, file)
    for row in records.unworded:
        ref = CellRef(file, placement.grid.name, row.row, row.column)
        found.append(
            Finding(
                "LAY008",
                ref,
                form=form.form,
                record=row.total.level,
                found=row.text,
                expected=row.total.label,
                variant="total" if row.text.strip() else "total_blank",
                data={"label": row.total.label},
                cells=(Involved(ref, "header"),),
            )
        )
    return found


def _other_years(placement: Placement, form: Form, records: Records, file: str) -> Iterator[Finding]:
    """Columns found by the words of their rows, above which a year stands that is not theirs (LAY008)."""
    beside = [(name, column) for name, field in form.fields.items() for column in field.columns if column.beside]
    for (name, column), place in zip(beside, records.beside, strict=False):
        own = {fiscal_year(" ".join(path)) for path in column.paths()} - {None}
        for row in range(placement.band.top, placement.band.bottom + 1):
            entry = placement.grid.entry(row, place)
            year = fiscal_year(placement.grid.text(entry)) if entry >= 0 and own else None
            if year is not None and year not in own:
                ref = CellRef(file, placement.grid.name, row, place)
                yield Finding(
                    "LAY008",
                    ref,
                    form=form.form,
                    field=name,
                    period=column.period,
                    found=placement.grid.text(entry),
                    expected=column.text,
                    data={"label": column.text},
                    cells=(Involved(ref, "header"),),
                )


def leftover_findings(
    placement: Placement,
    form: Form,
    records: Records,
    unknown: Sequence[Header],
    keys: list[str],
    file: str,
    reworded: Container[CellRef],
) -> list[Finding]:
    """Columns and rows that were not read (LAY004, LAY006), records without a row (LAY007), hidden ones (FIL008).

    ``reworded`` are headers that are named already, as the nearest to a missing one.
    """
    grid = placement.grid
    found: list[Finding] = []
    if records.records:
        rows = {row for r in records.records for row in range(r.top, r.bottom + 1)}
        for row, column, text in unknown:
            cells = _values_in(placement, column, rows)
            if cells and CellRef(file, grid.name, row, column) not in reworded:
                found.append(_left("LAY004", form, file, grid.name, [(row, column)], cells, text))
        beside = _beside(placement, records, unknown, rows)
        if beside:
            found.append(_left("LAY006", form, file, grid.name, beside, beside, "", "beside"))
    if records.below:
        found.append(_left("LAY006", form, file, grid.name, records.below, records.below, "", "below"))
    if records.apart:
        found.append(_left("LAY006", form, file, grid.name, records.apart, records.apart, "", "apart"))
    if records.rests:
        found.append(_left("LAY006", form, file, grid.name, records.rests, records.rests, "", "rest"))
    for record, key in zip(records.records, keys, strict=True):
        if record.missing_rows:
            assert form.rows is not None
            column = records.version_column or placement.band.left
            other = _other_word(placement, form.rows, record, column)
            ref = CellRef(file, grid.name, other or record.top, column)
            found.append(
                Finding(
                    "LAY007",
                    ref,
                    form=form.form,
                    record=key,
                    version=record.missing_rows[0],
                    variant="reworded" if other else "first" if _lost_its_head(record, form) else "",
                    found=grid.text(grid.entry(other, column)).strip() if other else "",
                    expected=form.rows.versions[record.missing_rows[0]],
                    cells=(
                        Involved(ref, "place"),
                        *(Involved(CellRef(file, grid.name, c.row, c.column), "place") for c in record.cells[:1]),
                        *(
                            Involved(CellRef(file, grid.name, row, ref.column), "place")
                            for row in range(record.top + 1, record.bottom + 1)
                        ),
                    ),
                    data={"missing": tuple(form.rows.versions[v] for v in record.missing_rows)},
                )
            )
    return found + _hidden(placement, form, records, file)


def _other_word(placement: Placement, rows: BlockRows, record: RawRecord, column: int) -> int:
    """The row of a record that bears a word like that of the one row that is missing; 0 where there is none."""
    if len(record.missing_rows) != 1:
        return 0
    grid, missing = placement.grid, record.missing_rows[0]
    known = {fold_label(word) for word in (*rows.versions.values(), *chain.from_iterable(rows.also.values()))}
    for row in range(record.top, record.bottom + 2):
        text = grid.text(grid.sheet.entry_at(row, column)).strip()
        if text and fold_label(text) not in known and similarity(text, rows.versions[missing]) >= ALIKE:
            return row
    return 0


def _lost_its_head(record: RawRecord, form: Form) -> bool:
    """Whether the row that is missing is the first one, and the record's number went with it."""
    assert form.rows is not None
    number = next((cell for cell in record.cells if cell.slot[0] == form.key[-1]), None)
    first = next(iter(form.rows.versions))
    return first in record.missing_rows and number is not None and number.entry < 0


def _header_ref(placement: Placement, match: Matched, file: str) -> CellRef:
    sheet = placement.grid.sheet
    return CellRef(file, sheet.name, sheet.row[match.entry], sheet.column[match.entry])


def _known_columns(placement: Placement, records: Records) -> set[int]:
    known = {m.column for m in placement.band.matched} | {
        m.column for _, found in placement.band.ambiguous for m in found
    }
    if records.version_column:
        known.add(records.version_column)
    known.update(records.beside)
    return known | placement.neighbours


def unknown_headers(placement: Placement, records: Records) -> list[Header]:
    """The header cells that are no label of any form, from the left."""
    grid, band = placement.grid, placement.band
    known = _known_columns(placement, records)
    # A heading over known columns (年度別計画・実績) is the department's own way to group them.
    used = {m.entry for m in band.matched}
    headers: dict[int, Header] = {}
    for row in range(band.top, band.bottom + 1):
        for column in grid.columns_of_rows(row, row):
            if column in known:
                continue
            entry = grid.entry(row, column)
            if entry < 0 or entry in used or not grid.text(entry).strip():
                continue
            merge = grid.merge_at(row, column)
            if merge and any(c in known for c in range(merge.left, merge.right + 1)):
                continue
            headers.setdefault(entry, (row, column, grid.text(entry)))
    near: list[Header] = []
    right = band.right
    for row, column, text in sorted(headers.values(), key=lambda item: (item[1], item[0])):
        # What stands apart from the table, beyond a blank column or two, is no column of it.
        if band.left - GAP <= column <= right + GAP:
            near.append((row, column, text))
            right = max(right, column)
    return near


def _values_in(placement: Placement, column: int, rows: Iterable[int]) -> list[tuple[int, int]]:
    sheet = placement.grid.sheet
    return [(row, column) for row in sorted(rows) if _typed(sheet.entry_at(row, column), placement)]


def _typed(entry: int, placement: Placement) -> bool:
    return entry >= 0 and bool(placement.grid.text(entry).strip())


def _beside(placement: Placement, records: Records, unknown: Sequence[Header], rows: set[int]) -> list[tuple[int, int]]:
    """Figures on the rows of records in columns without a header, between or to the right of the table's own."""
    sheet, left = placement.grid.sheet, placement.band.left
    known = _known_columns(placement, records) | {column for _, column, _ in unknown}
    span = placement.grid.entries_of_rows(min(rows), max(rows))
    inside = zip(span, sheet.row[span.start : span.stop], sheet.column[span.start : span.stop], strict=True)
    return [
        (row, column)
        for entry, row, column in inside
        if column not in known and column > left and row in rows and sheet.kind[entry] == "n"
    ]


def _left(
    code: str,
    form: Form,
    file: str,
    sheet: str,
    places: list[tuple[int, int]],
    cells: list[tuple[int, int]],
    found: str,
    variant: str = "",
) -> Finding:
    refs = tuple(CellRef(file, sheet, row, column) for row, column in cells)
    ref = CellRef(file, sheet, *places[0])
    return Finding(
        code,
        ref,
        form=form.form,
        found=found,
        variant=variant,
        cells=(Involved(ref, "place"), *(Involved(cell, "value") for cell in refs if cell != ref)),
        data={"count": len(cells), "places": refs[:3]},
    )


def _hidden(placement: Placement, form: Form, records: Records, file: str) -> list[Finding]:
    """Values of the form that a hidden sheet, row, column or cell holds, or that are struck out (they are read, and
    named)."""
    grid, sheet = placement.grid, placement.grid.sheet
    hides = sheet.hidden_rows or sheet.hidden_columns or grid.beneath or grid.may_be_struck
    if sheet.visibility == "visible" and not hides:
        return []
    cells = [c for r in records.records for c in r.cells if c.entry >= 0]
    head = CellRef(file, placement.grid.name, placement.band.top, placement.band.left)
    return hidden_values(placement.grid, form, cells, head)


def hidden_values(grid: Grid, form: Form, cells: Sequence[RawCell], head: CellRef) -> list[Finding]:
    """FIL008 and FLD011 (struck out) over the cells that hold values of a form on one sheet; ``head`` is where the form
    begins."""
    sheet, file = grid.sheet, head.file
    found: list[Finding] = []
    if grid.may_be_struck:
        # A table inside a card counts its entries without those of the card.
        struck = [c for c in cells if (at := sheet.entry_at(c.row, c.column)) >= 0 and grid.is_struck(at)]
        found += _of_values("FLD011", "struck", grid, form, struck, file)
    if sheet.visibility != "visible":
        if cells and not form.hidden:
            found.append(Finding("FIL008", head, form=form.form, variant="sheet", cells=(Involved(head, "place"),)))
        return found
    for variant, chosen in (
        ("row", [c for c in cells if c.row in sheet.hidden_rows]),
        ("column", [c for c in cells if c.column in sheet.hidden_columns]),
        ("merged", [c for c in cells if grid.beneath and sheet.entry_at(c.row, c.column) in grid.beneath]),
    ):
        found += _of_values("FIL008", variant, grid, form, chosen, file)
    return found


def _of_values(
    code: str, variant: str, grid: Grid, form: Form, chosen: Sequence[RawCell], file: str
) -> Iterator[Finding]:
    """One finding over some cells that hold values, if there are any."""
    if chosen:
        refs = tuple(dict.fromkeys(CellRef(file, grid.name, c.row, c.column) for c in chosen))
        numbers = sorted({c.row if variant == "row" else c.column for c in chosen})
        yield Finding(
            code,
            refs[0],
            form=form.form,
            found=grid.text(grid.sheet.entry_at(chosen[0].row, chosen[0].column)) if code == "FLD011" else "",
            variant=variant,
            cells=tuple(Involved(ref, "value") for ref in refs),
            data={"count": len(refs), "places": refs[:3], "numbers": tuple(numbers[:5])},
        )
