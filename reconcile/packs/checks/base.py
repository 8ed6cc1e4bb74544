"""What all checks have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict


class Named:
    """Marks what names a slot or a field of the form: the pack's own check looks whether there is one."""


#: A slot of the form (``amount.initial.FY2022``), or a field of it (``amount``).
Slot = Annotated[str, Named()]


@dataclass(frozen=True, slots=True)
class Holds:
    """What a column of a pack's CSV must hold for a check: figures, patterns, slots of the form, or one of ``words``
    (blank where nothing is said). ``fixed``: the name of the column is the check's, not the pack's."""

    file: str
    column: str
    what: Literal["text", "figure", "pattern", "slot", "word"] = "text"
    words: tuple[str, ...] = ()
    fixed: bool = True


class CheckModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    def slots(self) -> list[str]:
        """Every slot or field of its form that the check names."""
        found: list[str] = []
        for key, field in type(self).model_fields.items():
            named = any(isinstance(part, Named) for part in field.metadata)
            found += _slots_in(getattr(self, key), field.annotation, named=named)
        return found

    def files(self) -> list[str]:
        """Every CSV of the pack that the check names."""
        return [value for value in self.__dict__.values() if isinstance(value, str) and value.endswith(".csv")]

    def columns(self) -> list[tuple[str, str]]:
        """Every column that the check names, as file and column."""
        return []

    def holds(self) -> list[Holds]:
        """What the rows of the CSVs that the check names must say."""
        return []

    def chosen(self) -> list[tuple[str, list[str]]]:
        """The words that the check looks for in a field: where it is a code, its list has them."""
        return []

    def forms(self) -> list[str]:
        """Every other form that the check names, by itself or as ``form.field``."""
        named = getattr(self, "form", None) or str(getattr(self, "other", None) or "").partition(".")[0]
        return [named] if named else []


def _slots_in(value: Any, annotation: Any, *, named: bool = False) -> Iterator[str]:
    """The texts of a value that its annotation marks as slots: alone, in a list, as the keys of a mapping."""
    named = named or any(isinstance(part, Named) for part in getattr(annotation, "__metadata__", ()))
    parts = get_args(annotation)
    if isinstance(value, str):
        if named or any(isinstance(m, Named) for part in parts for m in getattr(part, "__metadata__", ())):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _slots_in(item, parts[0] if parts else None)
    elif isinstance(value, dict):
        for key in value:
            yield from _slots_in(key, parts[0] if parts else None)


class Rounding(BaseModel):
    """Units whose figures are rounded, so that parts and total may differ by what rounding explains."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
    half_up: list[str] = []
