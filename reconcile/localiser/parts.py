"""What is violated, split into parts that can be explained on their own."""

from __future__ import annotations

from collections import defaultdict

from reconcile.localiser.confrontation import Confrontation
from reconcile.localiser.structural import structural
from reconcile.localiser.weighing import Weigher


def independent_parts(at: Confrontation, weigher: Weigher, locked: frozenset[int]) -> list[frozenset[int]]:
    """Violated edits per block; blocks that one operation on several cells would satisfy together stay together."""
    blocks: defaultdict[int, set[int]] = defaultdict(set)
    for number in sorted(at.violated):
        edit = at.plan.edits[number]
        if edit is not None:
            blocks[at.plan.block_of[edit.cells[0]]].add(number)
    if len(blocks) > 1:
        start = at.start()
        for operation in structural(start, weigher, locked):
            touched = {at.plan.block_of[cell] for cell in operation.cells} & blocks.keys()
            after = start.after(operation.changes).violated
            cleared = sum(not blocks[block] & after for block in touched)
            # A few of its blocks may have something else wrong as well.
            if cleared > 1 and 2 * cleared > len(touched):
                first, *rest = sorted(touched)
                for block in rest:
                    blocks[first] |= blocks.pop(block)
    return [frozenset(numbers) for _, numbers in sorted(blocks.items())]
