"""Error localisation over a table of edits: which cell is wrong, what was meant, and how sure that is.

The engine knows no workbooks, packs or findings of the program: cells are numbers, constraints are sparse sums and
ratios of whole numbers, and the answer is a record. Standard library only.
"""

from reconcile.localiser.coverage import Coverage, ceiling, coverage
from reconcile.localiser.localise import localise
from reconcile.localiser.model import Cell, Linear, Links, Ratio, Series
from reconcile.localiser.plan import Plan, compile_constraints
from reconcile.localiser.priors import PRIORS, Priors
from reconcile.localiser.result import Candidate, Combination, Finding, Result

__all__ = [
    "PRIORS",
    "Candidate",
    "Cell",
    "Combination",
    "Coverage",
    "Finding",
    "Linear",
    "Links",
    "Plan",
    "Priors",
    "Ratio",
    "Result",
    "Series",
    "ceiling",
    "compile_constraints",
    "coverage",
    "localise",
]
