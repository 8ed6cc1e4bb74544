"""Two forms that claim one header: which of them it is."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.locate.band import Band
from reconcile.locate.grid import Grid
from reconcile.locate.titles import named_above, named_by_sheet
from reconcile.locate.vocabulary import Vocabulary


def without_rivals(bands: list[Band], grid: Grid, vocabulary: Vocabulary) -> list[Band]:
    """Where two forms claim the same columns of the same rows, one stays: the one that a title above names, else the
    one with more of its columns, else the one that the sheet is named after. Where all of that leaves it open, the
    first one stays with the others as its ``rivals``."""
    claims = {id(band): _claim(band, bands, grid, vocabulary) for band in bands}
    kept: list[Band] = []
    for band in sorted(bands, key=lambda band: claims[id(band)], reverse=True):
        rival = next((other for other in kept if _are_rivals(band, other)), None)
        if rival is None:
            kept.append(band)
        elif claims[id(rival)] == claims[id(band)]:
            rival.rivals = (*rival.rivals, band.form)
    return kept


def _are_rivals(band: Band, other: Band) -> bool:
    """Whether another form claims at least half of a band's columns in the same rows."""
    columns = {m.column for m in band.matched}
    return (
        other.form != band.form
        and other.top <= band.bottom
        and band.top <= other.bottom
        and len(columns & {m.column for m in other.matched}) * 2 >= len(columns)
    )


def _claim(band: Band, bands: Sequence[Band], grid: Grid, vocabulary: Vocabulary) -> tuple[bool, int, int, bool]:
    """How good the claim of a form to its header is, against those who claim it, too."""
    share = (len(band.matched) + len(band.ambiguous), -len(band.missing))
    forms = {other.form for other in bands if _are_rivals(band, other) or _are_rivals(other, band)}
    if not forms:
        return (False, *share, False)
    forms.add(band.form)
    above = max((other.bottom for other in bands if other.bottom < band.top), default=0)
    titled = named_above(grid, band.top, above, forms, vocabulary.names) == band.form
    return (titled, *share, named_by_sheet(grid, forms, vocabulary.names) == band.form)
