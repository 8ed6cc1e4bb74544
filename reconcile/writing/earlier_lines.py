"""Lines of facts.csv that the run before has written, taken over where they would be the same to the byte.

What a return's lines say depends on its bytes and name, on the department that answers, on the pack, on which of its
values are merged, and on this program. They are looked for some returns at a time: run.json has for each such block a
digest over all this, its length, and a checksum that tells whether somebody writes into the file while it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from reconcile.consolidate import Consolidated
from reconcile.facts import Positions
from reconcile.kept import program
from reconcile.package.deflate import checksum
from reconcile.writing.earlier import blocks, changed

# A block ends where it has values enough, and behind a return whose own digest says so, one in sixty-four: one more or
# less moves few other blocks. What is longer is written in several.
_ENDING = "04"
_ENOUGH, _MOST = 14_000, 16_000


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of some returns: a digest over what they depend on, their length in bytes, and their CRC-32."""

    made_of: str
    size: int
    checksum: int

    @classmethod
    def of(cls, made_of: str, lines: bytes | bytearray) -> Block:
        return cls(made_of, len(lines), checksum(lines))


class EarlierLines:
    """The lines of an earlier facts.csv (None: there is none), which begin behind its ``head`` bytes; none of one that
    somebody has changed."""

    def __init__(self, path: Path | None = None, head: int = 0) -> None:
        self._path = path
        self._known: dict[str, tuple[int, Block]] = {}
        if path is None or changed(path.parent, (path.name,)):
            return
        for made_of, size, sum_of_lines in blocks(path.parent):
            self._known[made_of] = head, Block(made_of, size, sum_of_lines)
            head += size

    def find(self, made_of: str) -> tuple[Block, bytes] | None:
        """The lines made of this, where they are there as they were written."""
        known = self._known.get(made_of)
        if known is None or self._path is None:
            return None
        at, block = known
        with suppress(OSError), self._path.open("rb") as file:
            file.seek(at)
            lines = file.read(block.size)
            if len(lines) == block.size and checksum(lines) == block.checksum:
                return block, lines
        return None


def blocks_of(run: Consolidated) -> Iterator[tuple[str, Positions]]:
    """The merged values, some returns at a time, each time with a digest over all that their lines depend on."""
    submissions = {submission.file: submission for submission in run.submissions}
    files = run.facts.coded("file")
    begins = [*np.flatnonzero(np.diff(files.codes, prepend=-1)).tolist(), len(run.facts)]
    start, parts = 0, [program(), run.pack.digest]
    for begin, end in pairwise(begins):
        own = submissions[files.text(begin)]
        forms = [form.form for form in own.forms]
        merged = np.packbits(run.accepted[begin:end]).tobytes().hex()
        parts.append(repr((own.digest, own.file, own.department, forms, end - begin, merged)))
        if own.digest < _ENDING or end - start >= _ENOUGH or end == len(run.facts):
            whole = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
            for at in range(start, end, _MOST):
                to = min(at + _MOST, end)
                yield f"{whole}-{at - start}-{to - start}", at + np.flatnonzero(run.accepted[at:to])
            start, parts = end, parts[:2]
