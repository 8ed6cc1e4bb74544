"""The checks a form may declare: one model for each code that needs to be told what to compare.

``parts``, ``series`` and the like hold slots (``amount.initial.FY2022``). A check with ``basis`` judges only the
records whose total rests on one of these bases.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reconcile.packs.checks.across import KeyInFormCheck, NameInFormCheck
from reconcile.packs.checks.base import CheckModel, Rounding
from reconcile.packs.checks.counterparts import NoteMarkCheck, NumberBesideCheck, PointsCheck
from reconcile.packs.checks.derived import DerivedCheck, Grade, GradeCheck, GradeReasonCheck
from reconcile.packs.checks.duplicates import DuplicatedAmountsCheck, DuplicatedAnswerCheck, SimilarNamesCheck
from reconcile.packs.checks.fields import (
    LabelUnitCheck,
    PlaceholderCheck,
    RequiredBesideCheck,
    StateBesideFiguresCheck,
)
from reconcile.packs.checks.hierarchy import LevelsCheck, RunningTotalCheck
from reconcile.packs.checks.percent import SharesCheck
from reconcile.packs.checks.progress import BeyondPlanCheck, WorseTargetCheck
from reconcile.packs.checks.relisted import RelistedCheck, RelistedTotalCheck
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
    | PlaceholderCheck
    | LevelsCheck
    | RunningTotalCheck
    | SharesCheck
    | RequiredBesideCheck
    | DerivedCheck
    | GradeCheck
    | GradeReasonCheck
    | RelistedCheck
    | RelistedTotalCheck
    | Annotated[NoteMarkCheck | NumberBesideCheck | PointsCheck, Field(discriminator="kind")],
    Field(discriminator="code"),
]

__all__ = [
    "BeyondPlanCheck",
    "Check",
    "CheckModel",
    "ColumnTotalsCheck",
    "DerivedCheck",
    "DuplicatedAmountsCheck",
    "DuplicatedAnswerCheck",
    "Grade",
    "GradeCheck",
    "GradeReasonCheck",
    "GrandTotalCheck",
    "IncrementCheck",
    "KeyInFormCheck",
    "LabelUnitCheck",
    "LastValueCheck",
    "LevelsCheck",
    "NameInFormCheck",
    "NeverFallingCheck",
    "NoteMarkCheck",
    "NumberBesideCheck",
    "OriginalTargetCheck",
    "PartsCheck",
    "PlaceholderCheck",
    "PointsCheck",
    "RelistedCheck",
    "RelistedTotalCheck",
    "RequiredBesideCheck",
    "RevisionCheck",
    "Rounding",
    "RunningTotalCheck",
    "SharesCheck",
    "SimilarNamesCheck",
    "StartCheck",
    "StateBesideFiguresCheck",
    "WorseTargetCheck",
]
