"""Texts of returns in files that other programs open: nothing in them is a formula, and nothing moves a screen."""

from __future__ import annotations

import json
import re

from reconcile.writing.text import printable

# DEL and C1 (U+009B begins a terminal sequence as ESC [ does), line and paragraph separators, marks that turn the
# direction of writing, halves of surrogate pairs, which UTF-8 cannot hold.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ON_ONE_LINE = json.JSONEncoder(ensure_ascii=False).encode
_C1 = re.compile("[\x80-\x9f]")
# Excel takes what begins with one of these for a formula, in Japan also in full width (OWASP, CSV injection).
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200d\u2060\x00-\x20]*[=+@＝＋＠\\-－]|'|[\t\r]")
_FIGURE = re.compile(r"[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[%％]?|[-+－＋]")


def in_csv(text: str) -> str:
    """A text for a cell of a CSV file. Where Excel would take it for a formula, an apostrophe goes before it; so does
    one before a text that begins with an apostrophe: whoever takes one away where there is one has the text again.
    Control characters are written as their pictures, as in the master."""
    text = printable(_C1.sub(lambda match: f"<U+{ord(match[0]):04X}>", text))
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text


def plain_json(value: object, indent: int | None = None) -> str:
    """JSON in which no character is invisible: those stand escaped, and come back as they were."""
    text = _ON_ONE_LINE(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    # Nothing that is unseen counts as printable.
    return text if text.isprintable() else _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
