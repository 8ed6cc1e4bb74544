"""How often figures are wrong, and in which way. Set by hand, before anything was measured.

No count of the errors of Japanese offices' returns is published; the orders of magnitude follow studies of keyed
figures (Barchard & Pace, *Computers in Human Behavior* 27, 2011: about one entry in two hundred wrong after single
entry) and the catalogue of typing and measurement errors in de Waal, Pannekoek & Scholtus (2011), ch. 2. Only their
ratios matter, and those little: noise of e^N(0,1) on every weight moves the first answer by half a point. Shares that
an office learns from its accepted corrections take the place of these.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

# Shares of the ways in which one cell goes wrong; they sum to about 1.
CELL_MECHANISMS: Mapping[str, float] = {
    "digit": 0.17,  # one digit is another one
    "transposed": 0.07,  # two neighbouring digits changed places
    "missing_digit": 0.06,
    "doubled_digit": 0.04,
    "extra_digit": 0.02,
    "missing_zero": 0.05,
    "extra_zero": 0.05,
    "hundredfold": 0.01,
    "hundredth": 0.01,
    "thousandfold": 0.05,  # another unit: yen for thousand yen
    "thousandth": 0.04,
    "millionfold": 0.005,  # square metres for square kilometres
    "millionth": 0.005,
    "inverted": 0.02,  # a ratio turned upside down
    "sign": 0.03,
    "copied": 0.05,  # the figure of the cell beside, above or below
    "linked": 0.04,  # the cumulative figure for the increment, or the other way round
    "missing": 0.05,  # nothing was entered
    "double_counted": 0.03,  # a part counted twice in a total
    "omitted_part": 0.04,  # a part left out of a total
    "stale": 0.07,  # a total (or, with an earlier version, any cell) as it was before a revision
    "rounded": 0.03,
    "two_digits": 0.03,
    "other": 0.06,
}

# Shares of ways that change several cells at once, in the same scale.
STRUCTURAL_MECHANISMS: Mapping[str, float] = {
    "swapped": 0.04,
    "shifted": 0.03,
    "line_unit": 0.04,  # a whole row or column in another unit
    "line_missing": 0.03,  # a whole row or column not entered
    "series_cumulative": 0.02,  # a series given as running totals
    # A part was revised and none of its totals: constraints cannot tell it from one wrong part; both are shown.
    "totals_not_updated": 0.04,
}


@dataclass(frozen=True)
class Priors:
    """``rate``: the chance that a cell is wrong; ``cell`` and ``structural``: how the wrong ones divide."""

    rate: float = 0.005
    cell: Mapping[str, float] = field(default_factory=lambda: CELL_MECHANISMS)
    structural: Mapping[str, float] = field(default_factory=lambda: STRUCTURAL_MECHANISMS)

    def log(self, mechanism: str) -> float:
        """Log-probability that a given cell is wrong in this way."""
        share = self.cell.get(mechanism) or self.structural.get(mechanism) or 1e-9
        return math.log(self.rate * share)


PRIORS = Priors()
