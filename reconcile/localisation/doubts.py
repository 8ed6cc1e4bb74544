"""What is doubted of a figure, such as ten times its plan, is told below the finding that proposes another for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from reconcile.consequences import attach
from reconcile.edits import Comparison
from reconcile.facts import EXACT, Facts
from reconcile.findings import Finding
from reconcile.localisation.asked import allows
from reconcile.localisation.system import reported

# File, sheet and cell.
Place = tuple[str, str, str]


def attach_doubts(facts: Facts, doubts: Sequence[Comparison], by_id: dict[str, Finding]) -> None:
    """Attaches the finding of each doubt to one that proposes a figure of which nothing would be doubted.

    ``by_id`` is changed in place.
    """
    proposed: defaultdict[Place, list[tuple[str, Decimal]]] = defaultdict(list)
    for finding in by_id.values():
        for place, value in _proposals(finding):
            proposed[place].append((finding.id, value))
    for number, own in reported(facts, doubts, by_id.values()).items():
        if by_id[own].root or by_id[own].effects or by_id[own].suggestion:
            continue
        for root, position, value in _of(facts, doubts[number], proposed):
            asked = Fraction(int(EXACT.scaleb(value, Decimal(facts.decimals))))
            same = by_id[root].component == str(facts.component[position])
            if same and root != own and allows(facts, doubts[number], position, (asked, asked)):
                attach(by_id, by_id[root].root or root, [own])
                break


def _proposals(finding: Finding) -> Iterator[tuple[Place, Decimal]]:
    told = finding.suggestion
    if told is None or told.together:
        return
    yield (told.ref.file, told.ref.sheet, told.ref.a1 or ""), Decimal(told.value)
    for other in told.alternatives:
        if "together" not in other:
            yield (str(other["file"]), str(other["sheet"]), str(other["cell"])), Decimal(str(other["value"]))


def _of(
    facts: Facts, doubt: Comparison, proposed: Mapping[Place, list[tuple[str, Decimal]]]
) -> Iterator[tuple[str, int, Decimal]]:
    """Finding, position and figure of what is proposed for the cells of a doubt."""
    for position in doubt.positions:
        ref = facts.ref(position)
        for finding, value in proposed.get((ref.file, ref.sheet, ref.a1 or ""), ()):
            yield finding, position, value
