"""XML text as nearly every program writes it, read without a parser; anything else is `NotPlain`.

Plain: no comments, sections, processing instructions, only the five named entities and character numbers. What is
accepted here means what expat says it means; whatever is not accepted goes to expat, never to a guess.
"""

from __future__ import annotations

import re

# Text between tags: the characters XML 1.0 allows, entities still in it.
TEXT = "[^<\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
# Attributes without entities, prefixes and declarations; `SPACE_KEPT` is the one prefix that is always declared.
ATTRIBUTES = '(?: [A-Za-z]++="[^"<>&\x00-\x1f\ufffe\uffff]*+")*+'
SPACE_KEPT = '(?: xml:space="(?:preserve|default)")?+'
_ATTRIBUTE = re.compile(' ([A-Za-z]+)="([^"]*)"')
_ENTITY = re.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class NotPlain(Exception):
    """Not refused: to be read by the parser."""


def plain_text(text: str) -> str:
    """Entities resolved, of what matched `TEXT`."""
    if "]]>" in text:
        raise NotPlain
    if "&" not in text:
        return text
    resolved, count = _ENTITY.subn(_character, text)
    if count != text.count("&"):
        raise NotPlain
    return resolved


def plain_attributes(text: str) -> dict[str, str]:
    """Names and values, of what matched `ATTRIBUTES`."""
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    if len(found) != len(pairs) or any(name.lower().startswith("xml") for name in found):
        raise NotPlain
    return found


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF:
        return chr(code)
    raise NotPlain
