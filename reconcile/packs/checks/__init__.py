"""The checks a form may declare: one model for each code that needs to be told what to compare.

``parts``, ``series`` and the like hold slots (``amount.initial.FY2022``). A check with ``basis`` judges only the
records whose total rests on one of these bases.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reconcile.packs.checks.across import KeyInFormCheck, NameInFormCheck
from reconcile.packs.checks.base import CheckModel, Rounding
from reconcile.packs.checks.duplicates import DuplicatedAmountsCheck, DuplicatedAnswerCheck, SimilarNamesCheck
from reconcile.packs.checks.fields import LabelUnitCheck, PlaceholderCheck, StateBesideFiguresCheck
from reconcile.packs.checks.progress import BeyondPlanCheck, WorseTargetCheck
from reconcile.packs.checks.revisions import OriginalTargetCheck, RevisionCheck
from reconcile.packs.checks.series import IncrementCheck, LastValueCheck, NeverFallingCheck, StartCheck
from reconcile.packs.checks.sums import ColumnTotalsCheck, GrandTotalCheck, PartsCheck

Check = Annotated[
    PartsCheck
    | LastValueCheck
    | NeverFallingCheck
    | IncrementCheck
    | StartCheck
    | ColumnTotalsCheck
    | GrandTotalCheck
    | DuplicatedAmountsCheck
    | DuplicatedAnswerCheck
    | SimilarNamesCheck
    | StateBesideFiguresCheck
    | LabelUnitCheck
    | RevisionCheck
    | OriginalTargetCheck
    | BeyondPlanCheck
    | WorseTargetCheck
    | KeyInFormCheck
    | NameInFormCheck
    | PlaceholderCheck,
    Field(discriminator="code"),
]

__all__ = [
    "BeyondPlanCheck",
    "Check",
    "CheckModel",
    "ColumnTotalsCheck",
    "DuplicatedAmountsCheck",
    "DuplicatedAnswerCheck",
    "GrandTotalCheck",
    "IncrementCheck",
    "KeyInFormCheck",
    "LabelUnitCheck",
    "LastValueCheck",
    "NameInFormCheck",
    "NeverFallingCheck",
    "OriginalTargetCheck",
    "PartsCheck",
    "PlaceholderCheck",
    "RevisionCheck",
    "Rounding",
    "SimilarNamesCheck",
    "StartCheck",
    "StateBesideFiguresCheck",
    "WorseTargetCheck",
]
