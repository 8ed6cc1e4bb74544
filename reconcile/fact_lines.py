"""The values of a form as lines: one a record, or one a component where a record states values for components."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconcile.coded import Coded

Places = npt.NDArray[np.int64]
_NONE = -1


class Lines(NamedTuple):
    """``line`` is that of each value that serves one, and ``place`` which of the values it is (all of them, where it is
    a slice); for each line the first place of its record, and its own first place."""

    line: npt.NDArray[np.int32]
    place: Places | slice
    heads: Places
    owns: Places


def in_lines(entry: npt.NDArray[np.int32], component: Coded) -> Lines:
    """The lines of values, given the numbers of their records and their components."""
    if not component.says("").all() or (entry[1:] < entry[:-1]).any():
        return _divided(entry.astype(np.int64), component)
    begins = np.ones(len(entry), dtype=bool)
    begins[1:] = entry[1:] != entry[:-1]
    heads = np.flatnonzero(begins)
    return Lines(np.cumsum(begins, dtype=np.int32) - np.int32(1), slice(None), heads, heads)


def _divided(entry: Places, component: Coded) -> Lines:
    plain = component.says("")
    # A line is a record's component, or a record without any; those of a record in the order they come in.
    pairs, first, pair = np.unique(
        entry * (len(component.values) + 1) + component.codes, return_index=True, return_inverse=True
    )
    owner, own_plain = entry[first], plain[first]
    divided = np.isin(owner, owner[~own_plain])
    kept = np.flatnonzero(~own_plain | ~divided)
    kept = kept[np.lexsort((first[kept], owner[kept]))]
    line_of_pair = np.full(len(pairs), _NONE, dtype=np.int64)
    line_of_pair[kept] = np.arange(len(kept))
    line, entries = line_of_pair[pair], owner[kept]
    # What a divided record states once serves each of its lines; a component's own value goes over that.
    once = np.flatnonzero(line == _NONE)
    begin, end = (np.searchsorted(entries, entry[once], side) for side in ("left", "right"))
    times = end - begin
    of_once = np.repeat(begin - np.concatenate(([0], np.cumsum(times)[:-1])), times) + np.arange(times.sum())
    own = np.flatnonzero(line != _NONE)
    lines: npt.NDArray[np.int32] = np.concatenate((of_once, line[own])).astype(np.int32)
    cells = np.concatenate((np.repeat(once, times), own))
    heads, head = np.unique(entry, return_index=True)
    return Lines(lines, cells, head[np.searchsorted(heads, entries)], first[kept])
