"""What one entry of the catalogue holds."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from reconcile.findings import Severity

Written = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Text(BaseModel):
    """A text in both languages; neither may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    ja: Written
    en: Written

    def get(self, lang: str) -> str:
        """The text in ``ja`` or ``en``."""
        return self.ja if lang == "ja" else self.en

    def placeholders(self, lang: str) -> frozenset[str]:
        """The names in braces of one language's text."""
        return frozenset(re.findall(r"\{(\w+)\}", self.get(lang)))


class Entry(BaseModel):
    """One code.

    ``title`` is the heading of the rule, ``meaning`` two or three sentences on it, ``unjudged`` when it cannot be
    judged, ``example`` one finding as it would be printed. ``messages`` has a sentence for each variant of the
    finding; ``default`` serves those that have none of their own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: Annotated[str, Field(pattern=r"^[A-Z]{3}\d{3}$")]
    severity: Severity
    title: Text
    meaning: Text
    unjudged: Text
    example: Text
    messages: dict[str, Text]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if "default" not in self.messages:
            raise ValueError("messages need a default")
        for variant, text in self.messages.items():
            for lang in ("ja", "en"):
                # "{found!r}" or "{a.b}" would let a text reach into what it is given; "{}" names nothing.
                if re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", text.get(lang))):
                    raise ValueError(f"{variant}.{lang}: a brace that belongs to no placeholder")
        return self
