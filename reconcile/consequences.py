"""One cause, one finding: findings that follow from another one are attached to it and not shown on their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconcile.findings import SEVERITIES, CellRef, Finding, sort_key

# What is said of a cell follows from what is said under one of these codes of the same cell: a mistyped or missing
# number leaves its record missing, what is not in the list that goes with another field is not in the hidden list of
# the workbook either, a placeholder where a figure belongs is no figure, a wrong unit does not fit the label either,
# a cumulative target below its start is also worse than it, an actual beyond the plan of the whole period is far from
# that of its year, a total that counts an item again does not agree with its breakdown, an amount in another
# magnitude than the earlier round's, or a cumulative count below it, has changed, a placeholder is neither a reason nor
# the name in the register, and what differs from its original has its name in other words.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "XRF001": ("FLD003",),
    "XRF002": ("FIL010", "FLD001", "FLD006", "FLD007", "XRF001"),
    "FLD012": ("FLD005",),
    "TXT001": ("FLD002",),
    "PRG002": ("PRG001",),
    "PRG003": ("CUM005",),
    "RAT002": ("RAT001",),
    "BAL002": ("RLS003",),
    "REV002": ("TXT001 whole",),
    "XRF003": ("TXT001 whole", "RLS001"),
    "DUP004": ("RLS001",),
    "HIS001": ("HIS003",),
    "HIS002": ("HIS003", "HIS004"),
    # Whether it is a percentage: where the figure is wrong as such, that says it.
    "FLD011 percent_or_fraction": ("FLD005", "RAT001"),
    "FLD011 hundredfold_percent": ("FLD004", "RAT001"),
}

# What is compared with a share that was read as percent as it stands (0.8 for 80 %) cannot agree with it.
SHARES = ("FLD005 share", "FLD011 share_or_percent")
FOLLOWS_SHARE = ("REV003", "PRG001", "PRG002", "PRG003", "CUM001", "CUM002", "CUM005", "RAT001", "HIS003")

# The same, but only of the one cell that was found to be the cause, and where the value meant is the one asked for: a
# figure that is not the earlier round's.
FOLLOWS_LOCATED = ("HIS001", "HIS002")

# A figure quoted in a reason, where it is the one that another finding proposes for a cell of the record.
FOLLOWS_QUOTED = "REV003"

# So many formulas of a file without a result have one cause.
MANY = 4

# So many equal findings about one column are told once: an answer to each of them would be the same. The same text has
# one cause sooner than the same blank.
ALIKE, ALIKE_BLANK = 5, 20
# What may be told so: what is wrong with what is typed in a cell, whatever stands elsewhere.
TYPED = ("FLD", "TXT")
# What a finding's data say of its record, and not of what is wrong.
_OF_THE_RECORD = ("row_name", "name")
_NAMED = 3  # of those told together, beside the first

# What adds up the rows of a form.
SUMS_OF_ROWS = ("BAL002", "BAL003", "BAL006")

# What is wrong with a row is wrong on both sides of a form that is printed side by side: said once, at the left one.
BOTH_SIDES = ("DUP003", "FIL008", "LAY007", "XRF001", "XRF004")


def attach(by_id: dict[str, Finding], root: str, effects: Iterable[str]) -> None:
    """Makes findings the effects of another one, which takes the worst severity among them."""
    ids = sorted(effects)
    for effect in ids:
        by_id[effect] = replace(by_id[effect], root=root)
    worst = min((by_id[i].severity for i in (root, *ids)), key=SEVERITIES.index)
    by_id[root] = replace(by_id[root], effects=tuple(sorted({*by_id[root].effects, *ids})), severity=worst)


def attach_consequences(by_id: dict[str, Finding]) -> None:
    """Attaches every finding of :data:`FOLLOWS` to the one it follows from, where they share a cell."""
    _attach_lost_heads(by_id)
    _attach_uncalculated(by_id)
    causes: dict[tuple[str, CellRef], str] = {}
    for finding in by_id.values():
        for part in finding.cells:
            causes.setdefault((finding.code, part.ref), finding.root or finding.id)
            causes.setdefault((f"{finding.code} {finding.variant}", part.ref), finding.root or finding.id)
    for finding in list(by_id.values()):
        if finding.root or finding.effects:
            continue
        shares = SHARES if finding.code in FOLLOWS_SHARE else ()
        for code in (*shares, *FOLLOWS.get(f"{finding.code} {finding.variant}", FOLLOWS.get(finding.code, ()))):
            shared = [causes[code, part.ref] for part in finding.cells if (code, part.ref) in causes]
            if shared:
                attach(by_id, shared[0], [finding.id])
                break
    _attach_located(by_id)
    _attach_quoted(by_id)
    _attach_sides(by_id)
    _attach_copies(by_id)
    _attach_alike(by_id)


def _attach_lost_heads(by_id: dict[str, Finding]) -> None:
    """Attaches what is blank in a record (FLD001) to the loss of its first row (LAY007), in which it stood; of forms
    side by side to that of the left one, which speaks of the row."""
    lost: dict[tuple[str, str, int], Finding] = {}
    for finding in sorted(by_id.values(), key=lambda finding: finding.ref.column, reverse=True):
        if finding.code == "LAY007" and finding.variant == "first" and not finding.root:
            lost |= {(part.ref.file, part.ref.sheet, part.ref.row): finding for part in finding.cells}
    if not lost:
        return
    for finding in list(by_id.values()):
        if finding.code == "FLD001" and not finding.root and not finding.effects:
            cause = lost.get((finding.ref.file, finding.ref.sheet, finding.ref.row))
            if cause is not None:
                attach(by_id, cause.id, [finding.id])


def _attach_uncalculated(by_id: dict[str, Finding]) -> None:
    """Attaches formulas without a result (FIL009) to the first of their file, where there are many: the workbook was
    saved by a program that does not calculate."""
    files: dict[str, list[Finding]] = {}
    for finding in sorted(by_id.values(), key=sort_key):
        if finding.code == "FIL009" and not finding.root and not finding.effects:
            files.setdefault(finding.ref.file, []).append(finding)
    for first, *others in files.values():
        if len(others) + 1 >= MANY:
            cells = tuple(dict.fromkeys(part for finding in (first, *others) for part in finding.cells))
            told = {**first.data, "count": len(others) + 1}
            by_id[first.id] = replace(first, variant="many", data=told, cells=cells)
            attach(by_id, first.id, [finding.id for finding in others])


def _attach_located(by_id: dict[str, Finding]) -> None:
    """Attaches every finding of :data:`FOLLOWS_LOCATED` to the one whose cause is its cell, off by the same amount."""
    located = {f.ref: f for f in by_id.values() if f.variant.startswith("located") and not f.root}
    for finding in list(by_id.values()):
        cause = located.get(finding.ref) if finding.code in FOLLOWS_LOCATED else None
        if cause is None or finding.root or finding.effects:
            continue
        if (cause.component, cause.data.get("difference")) == (finding.component, finding.data.get("difference")):
            attach(by_id, cause.id, [finding.id])


def _attach_quoted(by_id: dict[str, Finding]) -> None:
    """Attaches a text's finding to the one that proposes the very figure that the text quotes."""
    proposed: dict[tuple[object, ...], str] = {}
    for finding in by_id.values():
        told = finding.suggestion
        if told is not None and told.standing != "undecided" and not finding.root:
            proposed.setdefault((finding.ref.file, finding.form, finding.record, told.shown), finding.id)
    for finding in list(by_id.values()):
        if finding.code == FOLLOWS_QUOTED and not finding.root and not finding.effects:
            cause = proposed.get((finding.ref.file, finding.form, finding.record, finding.data.get("quoted")))
            if cause is not None and cause != finding.id:
                attach(by_id, cause, [finding.id])


def _attach_sides(by_id: dict[str, Finding]) -> None:
    """Attaches a finding of :data:`BOTH_SIDES` to the one of the same code, variant and row in the form beside it."""
    rows: dict[tuple[str, str, str, str, int], list[Finding]] = {}
    for finding in by_id.values():
        if finding.code in BOTH_SIDES and finding.ref.row and not finding.root:
            key = (finding.code, finding.variant, finding.ref.file, finding.ref.sheet, finding.ref.row)
            rows.setdefault(key, []).append(finding)
    for findings in rows.values():
        first, *others = sorted(findings, key=lambda finding: finding.ref.column)
        beside = [finding.id for finding in others if finding.form != first.form and not finding.effects]
        if beside:
            attach(by_id, first.id, beside)


def _attach_copies(by_id: dict[str, Finding]) -> None:
    """Attaches to a form that stands twice (LAY005) a key that does (FLD007), each of the two having it once, and the
    sums over the rows of both."""
    copies = {(f.ref.file, f.form): f for f in by_id.values() if f.code == "LAY005" and not f.root}
    for finding in list(by_id.values()):
        form = copies.get((finding.ref.file, finding.form))
        if finding.code in SUMS_OF_ROWS and form is not None and not finding.root:
            by_id[finding.id] = replace(finding, effects=())
            attach(by_id, form.id, [finding.id, *finding.effects])
        elif finding.code == "FLD007" and form is not None and not finding.root and not finding.effects:
            heads = [part.ref for part in form.cells]
            if len({_copy_of(part.ref, heads) for part in finding.cells}) == len(finding.cells):
                attach(by_id, form.id, [finding.id])


def _attach_alike(by_id: dict[str, Finding]) -> None:
    """Attaches findings that say the same of the cells of one column to the first of them, with what follows from
    each; the cells of all of them become its own."""
    columns: dict[tuple[object, ...], list[Finding]] = {}
    for finding in by_id.values():
        if _is_of_a_cell(finding):
            columns.setdefault(_said_of_column(finding), []).append(finding)
    for alike in (own for own in columns.values() if len(own) >= (ALIKE if own[0].found else ALIKE_BLANK)):
        first, *others = sorted(alike, key=sort_key)
        cells = tuple(dict.fromkeys(part for finding in (first, *others) for part in finding.cells))
        named = tuple(finding.ref for finding in others[:_NAMED])
        told = {**first.data, "alike": len(others), "alike_cells": named}
        by_id[first.id] = replace(first, data=told, cells=cells)
        for finding in others:
            by_id[finding.id] = replace(finding, effects=())
        attach(by_id, first.id, [i for finding in others for i in (finding.id, *finding.effects)])


def _is_of_a_cell(finding: Finding) -> bool:
    """Whether a finding of its own says what is wrong with what is typed in a cell, and no more."""
    own = finding.code[:3] in TYPED and finding.severity != "info" and not finding.root
    return own and finding.suggestion is None and finding.ref.a1 is not None


def _said_of_column(finding: Finding) -> tuple[object, ...]:
    """What findings have in common that say the same, and would be answered alike."""
    ref = finding.ref
    place = (ref.file, ref.sheet, ref.column, finding.form, finding.field, finding.version, finding.period)
    data = sorted((key, str(value)) for key, value in finding.data.items() if key not in _OF_THE_RECORD)
    return (finding.code, finding.variant, finding.component, finding.found, finding.expected, *place, *data)


def _copy_of(ref: CellRef, heads: Iterable[CellRef]) -> tuple[str, int]:
    """The place of the header above a cell."""
    return ref.sheet, max((head.row for head in heads if head.sheet == ref.sheet and head.row <= ref.row), default=0)
