"""Marks a workbook without losing anything of it: only the parts that must change are touched, and only where.

    from reconcile.annotate import CannotMark, Listing, Mark, mark
    content = mark(path.read_bytes(), marks, listing)      # raises CannotMark

It knows cells, levels and texts, not findings; `reconcile.writing.annotated` makes these from a run.
"""

from typing import TYPE_CHECKING, Any

from reconcile.annotate.model import (
    IDENTITY,
    LEVELS,
    MASTER_IDENTITY,
    Asking,
    Heading,
    Kind,
    Level,
    Line,
    Listing,
    Mark,
    is_listing,
    is_master,
)
from reconcile.annotate.refusal import CannotMark

if TYPE_CHECKING:
    from reconcile.annotate.marking import mark

__all__ = [
    "IDENTITY",
    "LEVELS",
    "MASTER_IDENTITY",
    "Asking",
    "CannotMark",
    "Heading",
    "Kind",
    "Level",
    "Line",
    "Listing",
    "Mark",
    "is_listing",
    "is_master",
    "mark",
]


def __getattr__(name: str) -> Any:
    """To mark takes a dozen modules, which whoever only asks whether a sheet is our listing does not need."""
    if name == "mark":
        from reconcile.annotate.marking import mark

        return mark
    raise AttributeError(name)
