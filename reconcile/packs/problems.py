"""What is wrong with a pack: where, in which words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reconcile.catalogue import words


class Wrong(ValueError):
    """A part of a pack that does not hang together. ``key`` is a sentence of the catalogue (pack), ``data`` fill it."""

    def __init__(self, key: str, **data: object) -> None:
        self.key = key
        self.data = data
        super().__init__(sentence(key, data, "en"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, its line, the keys that lead to it, and the sentence that says what was expected."""

    path: Path
    line: int
    where: str
    key: str
    data: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """``forms/a.yaml:12: fields.name.type: …``; without a line where the whole file is meant."""
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        parts = [place, self.where, sentence(self.key, self.data, lang)]
        return ": ".join(part for part in parts if part)


class PackError(Exception):
    """A pack that cannot be used. Each problem names file, line, and what was expected."""

    def __init__(self, problems: Sequence[Problem], pack: str = "") -> None:
        self.problems = tuple(problems)
        self.pack = pack
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """All of them, one a line, file by file from the top."""
        return "\n".join(problem.text(lang) for problem in self.problems)


def sentence(key: str, data: Mapping[str, object], lang: str) -> str:
    """A sentence about a pack with its values in place."""
    text = words("pack")["pack"][key].get(lang)
    return re.sub(r"\{(\w+)\}", lambda match: _written(data[match[1]], lang), text)


def _written(value: object, lang: str) -> str:
    if isinstance(value, tuple | list):
        return ("、" if lang == "ja" else ", ").join(str(item) for item in value)
    return str(value)


def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of a pack.

    Raises:
        Wrong: when it is none.
    """
    try:
        return re.compile(pattern)
    except re.error as wrong:
        raise Wrong("not_a_pattern", found=pattern, why=str(wrong)) from None


def a_day(text: str) -> date:
    """A day of a pack, as 2025-04-01.

    Raises:
        Wrong: when it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("not_a_day", found=text) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; empty where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words = list(known)
    slips = {other: OSA.distance(word.casefold(), other.casefold()) for other in words}
    closest = min(words, key=lambda other: slips[other], default="")
    if closest and slips[closest] <= min(2, len(word) // 2):
        return closest
    best = process.extractOne(word.casefold(), {other: other.casefold() for other in words}, score_cutoff=60)
    return str(best[2]) if best else ""


def named(key: str, word: str, known: Iterable[str], **data: object) -> tuple[str, dict[str, object]]:
    """The sentence about a word that is none of those there are: with the nearest one, or with all."""
    words = tuple(known)
    near = nearest(word, words)
    return (f"{key}_near" if near else key), {"found": word, "nearest": near, "known": words or "―", **data}
