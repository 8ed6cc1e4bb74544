"""Root cause first: which cell explains several findings at once, what was meant, and how sure that is.

What hangs together with something violated is handed to :mod:`reconcile.localiser`; its answer is told by the findings.
The finding that says most becomes the root and turns towards the cell; the others that the explanation repairs are its
effects. Nothing is corrected: a value is suggested, and where the checks cannot decide, the finding says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reconcile.astray import attach_astray
from reconcile.balances import Balances, Judged
from reconcile.consequences import attach, attach_consequences
from reconcile.edits import Comparison, Edit
from reconcile.findings import Finding, Unjudged, sort_key
from reconcile.localisation.asked import Meant
from reconcile.localisation.blocks import blocks_of
from reconcile.localisation.bounds import name_cells, out_of_range
from reconcile.localisation.compiled import Compiling
from reconcile.localisation.doubts import attach_doubts
from reconcile.localisation.families import doubted, question_families
from reconcile.localisation.formula_causes import question_formulas
from reconcile.localisation.formulas import unchecked_columns
from reconcile.localisation.missing import propose_missing
from reconcile.localisation.roots import Roots, needed_by
from reconcile.localisation.system import System, system_of
from reconcile.localisation.total_rows import question_total_rows
from reconcile.localiser import localise as explain
from reconcile.rules.balance_findings import constraint_of
from reconcile.rules.context import Confrontation
from reconcile.source_files import SourceFiles

# Cells that may be weighed in looking for several faults at once; some ten seconds, and far more than returns need.
# Of many returns with faults so many for each as well, ten times what such a fault takes.
EFFORT, EACH = 100_000, 16
# What the other reading of a cumulative count explains.
READING, READ_WRONGLY = "CUM004", ("BAL001", "CUM001", "CUM002")


@dataclass(frozen=True, slots=True)
class Located:
    """Sorted findings with ``root`` and ``effects``, and the finding's id of each violated constraint.

    ``unchecked`` tells of columns that live formulas leave unchecked.
    """

    findings: list[Finding]
    of_balance: dict[int, str]
    unchecked: tuple[Unjudged, ...] = ()


def localise(
    data: Confrontation,
    findings: Sequence[Finding],
    balances: Balances,
    judged: Judged,
    edits: Sequence[Edit] = (),
    asking: Sequence[Edit] = (),
    doubts: Sequence[Comparison] = (),
    sources: SourceFiles | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Located:
    """Findings (graded and identified, see :func:`reconcile.findings.identify`) → the same with roots and effects.

    No finding is dropped and no id changes. A root takes the worst severity of itself and its effects; where the
    cause is one cell, that cell becomes the root's primary cell, with a suggestion. ``asking`` are edits with one
    figure that is not known: what they ask for is proposed where a finding says that it is missing; ``doubts`` are
    violated edits that need not hold. ``sources`` show the formulas of sums that do not agree.
    ``progress`` is told how many of the violated edits have been gone through, of how many, where there are any.
    """
    of_balance = constraint_of(data, balances, judged, list(findings))
    by_id = {finding.id: finding for finding in findings}
    _wrong_readings(by_id)
    sources = sources or SourceFiles()
    told = question_formulas(data.submissions, data.facts, balances, judged, of_balance, sources, by_id)
    edits = [*edits, *out_of_range(data.pack, data.facts, findings)]
    system = system_of(data.facts, balances, judged, edits, of_balance, by_id.values(), told)
    retyped: dict[int, Meant] = {}
    if system.finding:
        retyped = _explain(data, system, by_id, progress)
        question_total_rows(data.facts, system, by_id)
        question_families(data, system, by_id)
        name_cells(system, by_id)
    propose_missing(data, balances, judged, asking, by_id, retyped)
    attach_doubts(data.facts, doubts, by_id)
    attach_astray(by_id)
    attach_consequences(by_id)
    return Located(sorted(by_id.values(), key=sort_key), of_balance, tuple(unchecked_columns(system)))


def _explain(
    data: Confrontation, system: System, by_id: dict[str, Finding], progress: Callable[[int, int], None]
) -> dict[int, Meant]:
    """One block after the other: of each only what is told of it is kept, and what was probably meant in its cells."""
    retyped: dict[int, Meant] = {}
    compiling, needed, doubts = Compiling(data, system), needed_by(system), doubted(data, system)
    blanks, left = compiling.blanks(), EFFORT + EACH * len(system.finding)
    done, total = 0, len(system.finding)
    progress(done, total)
    for block in blocks_of(system):
        table = compiling.compiled(block)
        told = (table.plan, table.values, table.previous)
        # No clock: what is found must not depend on the speed of the machine.
        result = explain(*told, budget_ms=math.inf, effort=left, states=table.states, blanks=blanks)
        left -= result.weighed
        roots = Roots(data, system, table, by_id, needed, doubts)
        for finding in result.findings:
            roots.tell(finding)
        retyped |= roots.retyped
        done += sum(number in system.finding for number in block.numbers.tolist())
        progress(done, total)
    progress(total, total)  # those in no block, of which nothing is asked, among them
    return retyped


def _wrong_readings(by_id: dict[str, Finding]) -> None:
    """CUM004 says why the total and the years of one record disagree: it becomes the root of these findings."""
    disagreeing: dict[tuple[str, ...], list[Finding]] = {}
    for finding in by_id.values():
        if finding.code in READ_WRONGLY:
            disagreeing.setdefault(_record(finding), []).append(finding)
    for reading in [finding for finding in by_id.values() if finding.code == READING]:
        cells = {part.ref for part in reading.cells}
        near = disagreeing.get(_record(reading), [])
        effects = [f.id for f in near if f.cells and {part.ref for part in f.cells} <= cells and not by_id[f.id].root]
        if effects:
            attach(by_id, reading.id, effects)


def _record(finding: Finding) -> tuple[str, ...]:
    return (finding.ref.file, finding.ref.sheet, finding.form, finding.record, finding.component)


__all__ = ["Located", "localise"]
