"""Marked copies of the run before, taken over where a new one would be the same to the byte.

Marking is a function of the return's bytes, of what is marked and listed, of the limits and of this program; a digest
over these is remembered. Where nothing of it has changed, and nobody has changed the copy, it is what marking the
return again would come to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from reconcile.annotate import Listing, Mark
from reconcile.kept import program
from reconcile.package import Limits
from reconcile.package.deflate import PACKER
from reconcile.writing.earlier import listed


class EarlierCopies:
    """The marked copies of the output in a folder; ``names`` by what they were made of."""

    def __init__(self, folder: Path, names: Mapping[str, str]) -> None:
        self._folder = folder
        self._names = names
        self._digests = (listed(folder) if names else None) or {}

    def find(self, made_of: str) -> bytes | None:
        """The copy made of this, where it is there as it was written."""
        name = self._names.get(made_of)
        if name is None:
            return None
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == self._digests.get(name) else None


NO_COPIES = EarlierCopies(Path(), {})


def made_of(original: str, marks: Sequence[Mark], listing: Listing, limits: Limits | None) -> str:
    """A digest over all that a marked copy depends on; ``original`` is the SHA-256 of the return."""
    parts = (program(), PACKER, original, repr(limits), repr(marks), repr(listing))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
