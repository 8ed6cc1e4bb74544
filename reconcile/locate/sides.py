"""Forms that stand side by side: which of them a column belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.locate.band import Band, Matched
from reconcile.locate.vocabulary import Wanted


def share_out(bands: Sequence[Band]) -> None:
    """Forms side by side often have labels in common (番号, 現況値): each column goes to the form it stands in.

    A column that two forms claim goes to the one whose other columns are nearer; a label that stood twice is
    settled where all but one of its places lie within another form.
    """
    for band in bands:
        for other in bands:
            if other.form != band.form and _same_rows(band, other):
                _settle_shared(band, other)
    for band in bands:
        spans = [(o.left, o.right) for o in bands if o.form != band.form and _same_rows(band, o) and o.matched]
        open_: list[tuple[Wanted, list[Matched]]] = []
        for wanted, candidates in band.ambiguous:
            own = [m for m in candidates if not any(left <= m.column <= right for left, right in spans)]
            if len(own) == 1:
                band.matched = sorted((*band.matched, own[0]), key=lambda m: m.column)
            else:
                open_.append((wanted, candidates))
        band.ambiguous = open_


def _same_rows(one: Band, other: Band) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom


def _settle_shared(band: Band, other: Band) -> None:
    """Takes from ``band`` what it shares with ``other`` and what lies nearer to the latter's own columns."""
    shared = {m.column for m in band.matched} & {m.column for m in other.matched}
    own, theirs = ([m.column for m in b.matched if m.column not in shared] for b in (band, other))
    if not shared or not own or not theirs:
        return
    for match in [m for m in band.matched if m.column in shared]:
        here, there = (min(abs(match.column - column) for column in columns) for columns in (own, theirs))
        if there < here:
            band.matched.remove(match)
            if not match.wanted.optional:
                band.missing.append(match.wanted)


def territory(other: Band, band: Band, last: int) -> range:
    """The columns of another form. In the same rows it has everything on its side of this one, up to the ``last``."""
    if _same_rows(other, band) and other.right < band.left:
        return range(1, band.left)
    if _same_rows(other, band) and other.left > band.right:
        return range(other.left, max(last, other.right) + 1)
    return range(other.left, other.right + 1)
