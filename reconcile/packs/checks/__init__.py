"""The checks a form may declare: one model for each code that needs to be told what to compare.

``parts``, ``series`` and the like hold slots (``amount.initial.FY2022``). A check with ``basis`` judges only the
records whose total rests on one of these bases.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from reconcile.packs.checks.across import KeyInFormCheck, NameInFormCheck
from reconcile.packs.checks.base import CheckModel, Rounding
from reconcile.packs.checks.counterparts import NoteMarkCheck, NumberBesideCheck, PointsCheck
from reconcile.packs.checks.derived import DerivedCheck, Grade, GradeCheck, GradeReasonCheck
from reconcile.packs.checks.duplicates import (
    DuplicatedAmountsCheck,
    DuplicatedAnswerCheck,
    SimilarNamesCheck,
    UniqueCheck,
)
from reconcile.packs.checks.fields import (
    ForbiddenCheck,
    LabelUnitCheck,
    OrderCheck,
    PlaceholderCheck,
    RequiredBesideCheck,
    StateBesideFiguresCheck,
)
from reconcile.packs.checks.hierarchy import LevelsCheck, RunningTotalCheck
from reconcile.packs.checks.history import MagnitudeCheck, NotBelowCheck, UnchangedCheck
from reconcile.packs.checks.lists import ListedBesideCheck
from reconcile.packs.checks.percent import SharesCheck
from reconcile.packs.checks.progress import BeyondPlanCheck, FarFromPlanCheck, WorseTargetCheck
from reconcile.packs.checks.quoted import QuotedFigureCheck
from reconcile.packs.checks.relisted import RelistedCheck, RelistedTotalCheck
from reconcile.packs.checks.revisions import OriginalTargetCheck, RevisionCheck
from reconcile.packs.checks.series import IncrementCheck, LastValueCheck, NeverFallingCheck, StartCheck
from reconcile.packs.checks.summary import Counted, StatedCountsCheck, SummaryCheck
from reconcile.packs.checks.sums import ColumnTotalsCheck, GrandTotalCheck, LimitCheck, PartsCheck
from reconcile.packs.checks.texts import YearsCheck


def _revision_or_quoted(check: Any) -> str:
    """Two checks are of REV003: figures quoted in the reason of a revision, and those any text quotes."""
    quoted = "quoted" in check if isinstance(check, dict) else isinstance(check, QuotedFigureCheck)
    return "quoted" if quoted else "revision"


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
    | UniqueCheck
    | LimitCheck
    | OrderCheck
    | ForbiddenCheck
    | StateBesideFiguresCheck
    | LabelUnitCheck
    | Annotated[
        Annotated[RevisionCheck, Tag("revision")] | Annotated[QuotedFigureCheck, Tag("quoted")],
        Discriminator(_revision_or_quoted),
    ]
    | OriginalTargetCheck
    | BeyondPlanCheck
    | FarFromPlanCheck
    | WorseTargetCheck
    | KeyInFormCheck
    | NameInFormCheck
    | PlaceholderCheck
    | SummaryCheck
    | StatedCountsCheck
    | UnchangedCheck
    | MagnitudeCheck
    | NotBelowCheck
    | YearsCheck
    | LevelsCheck
    | ListedBesideCheck
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
    "Counted",
    "DerivedCheck",
    "DuplicatedAmountsCheck",
    "DuplicatedAnswerCheck",
    "FarFromPlanCheck",
    "ForbiddenCheck",
    "Grade",
    "GradeCheck",
    "GradeReasonCheck",
    "GrandTotalCheck",
    "IncrementCheck",
    "KeyInFormCheck",
    "LabelUnitCheck",
    "LastValueCheck",
    "LevelsCheck",
    "LimitCheck",
    "ListedBesideCheck",
    "MagnitudeCheck",
    "NameInFormCheck",
    "NeverFallingCheck",
    "NotBelowCheck",
    "NoteMarkCheck",
    "NumberBesideCheck",
    "OrderCheck",
    "OriginalTargetCheck",
    "PartsCheck",
    "PlaceholderCheck",
    "PointsCheck",
    "QuotedFigureCheck",
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
    "StatedCountsCheck",
    "SummaryCheck",
    "UnchangedCheck",
    "UniqueCheck",
    "WorseTargetCheck",
    "YearsCheck",
]
