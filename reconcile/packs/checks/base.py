"""What all checks have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class CheckModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def slots(self) -> list[str]:
        """Every slot the check names, for the pack's own check."""
        named: list[str] = []
        for value in self.__dict__.values():
            if isinstance(value, str):
                named.append(value)
            elif isinstance(value, list):
                named += [item for item in value if isinstance(item, str)]
        return [name for name in named if "/" not in name]

    def files(self) -> list[str]:
        """Every CSV of the pack that the check names."""
        return [value for value in self.__dict__.values() if isinstance(value, str) and value.endswith(".csv")]

    def columns(self) -> list[tuple[str, str]]:
        """Every column that the check names, as file and column."""
        return []

    def forms(self) -> list[str]:
        """Every other form that the check names, by itself or as ``form.field``."""
        named = getattr(self, "form", None) or str(getattr(self, "other", "")).partition(".")[0]
        return [named] if named else []


class Rounding(BaseModel):
    """Units whose figures are rounded, so that parts and total may differ by what rounding explains."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    half_up: list[str] = []
