"""Faults outside the family: mechanisms the localiser has no name for; what is left when the model is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

from benchmarks.localisation.faults import Made, Maker, digits_changed, figure_of, put, sums_of
from benchmarks.localisation.report import HEAD, RULE, row, rows_by
from benchmarks.localisation.tables import WEAK, Table, drawn
from benchmarks.localisation.trial import Trial, judged


def _pasted_twice(text: str, random: Random) -> str | None:  # noqa: ARG001
    return text + text


def _group_lost(text: str, random: Random) -> str | None:
    """What stands on one side of a thousands separator: 12,345 read as 12 or as 345."""
    if len(text) < 4:
        return None
    return text[:-3] if random.random() < 0.5 else str(int(text[-3:]) or 1)


def _doubled(text: str, random: Random) -> str | None:  # noqa: ARG001
    return str(2 * int(text))


def _taxed(text: str, random: Random) -> str | None:  # noqa: ARG001
    """With ten per cent of tax where the others are without."""
    return str(int(text) * 110 // 100)


def _off_by_one(text: str, random: Random) -> str | None:
    return str(int(text) + random.choice((-1, 1)))


def _reversed(text: str, random: Random) -> str | None:  # noqa: ARG001
    return text[::-1]


def _misread(text: str, random: Random) -> str | None:  # noqa: ARG001
    """Every 1 as 7 and every 6 as 0, as from a fax."""
    return text.translate(str.maketrans("16", "70"))


def _two_parts_missed(table: Table, random: Random) -> Made | None:
    """The range of a sum ends two cells early."""
    edits = [edit for edit in sums_of(table) if len(edit.terms) > 4]
    if not edits:
        return None
    edit = random.choice(edits)
    parts = sorted(edit.terms)[-2:]
    total = table.values[edit.target] if edit.target is not None else None
    if edit.target is None or total is None:
        return None
    return Made({edit.target: total - sum(edit.terms[part] * (table.values[part] or 0) for part in parts)})


def _row_pasted(table: Table, random: Random) -> Made | None:
    """A whole row over the one below it."""
    plan, cell = table.template.plan, figure_of(table, random)
    if cell is None or plan.at(cell, 1, 0) is None or len(plan.line(cell, "row")) < 2:
        return None
    return Made({other: table.values[c] for c in plan.line(cell, "row") if (other := plan.at(c, 1, 0)) is not None})


def _moved_down(table: Table, random: Random) -> Made | None:
    """Four cells one row down, what stood in the last one lost and the first left blank."""
    plan, cell = table.template.plan, figure_of(table, random)
    window = [] if cell is None else [plan.at(cell, down, 0) for down in range(4)]
    cells = [c for c in window if c is not None]
    if len(cells) < 4:
        return None
    return Made({cells[0]: None, **{below: table.values[c] for c, below in pairwise(cells)}})


OUTSIDE: dict[str, tuple[Maker, str]] = {
    "pasted_twice": (digits_changed(_pasted_twice), ""),
    "group_lost": (digits_changed(_group_lost), ""),
    "doubled": (digits_changed(_doubled), ""),
    "taxed": (digits_changed(_taxed), ""),
    "off_by_one": (digits_changed(_off_by_one), ""),
    "reversed": (digits_changed(_reversed), ""),
    "misread": (digits_changed(_misread), ""),
    "two_parts_missed": (_two_parts_missed, ""),
    "row_pasted": (_row_pasted, ""),
    "moved_down": (_moved_down, ""),
}


def outside_trials(kinds: Sequence[str], seed: int, n: int) -> list[Trial]:
    """One fault a table."""
    found: list[Trial] = []
    for kind in kinds:
        for name in OUTSIDE:
            for number in range(seed, seed + n):
                table = drawn(kind, number)
                fault = put(table, name, Random(f"{kind} {name} {number}"), faults=OUTSIDE)
                found += [judged(table, [fault])] if fault else []
    return found


def report_outside(kinds: Sequence[str], seed: int, n: int) -> None:
    trials = outside_trials(kinds, seed, n)
    strong = [trial for trial in trials if trial.kind not in WEAK]
    cells = [t for t in strong if t.faults[0] not in ("row_pasted", "moved_down")]
    print("\n### Faults outside the family (no cause is expected)\n", HEAD, RULE, sep="\n")
    print(row("overlapping, one cell", cells), row("overlapping, all", strong), sep="\n")
    print(*rows_by(strong, lambda t: t.faults[0]), sep="\n")
