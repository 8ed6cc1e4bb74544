"""The shared string table in bulk, where it is plain (see `plain_text`)."""

from __future__ import annotations

import re
from functools import lru_cache

from .plain_text import ATTRIBUTES, SPACE_KEPT, TEXT, NotPlain, plain_attributes, plain_text

_SPACE = r"[ \t\n]*+"
_T = f"<t{SPACE_KEPT}(?: ?/>|>({TEXT})</t>)"
# Groups: the text of an item that is nothing but text; the content of another. No group: the end, or not plain.
_LEADING = re.compile(_SPACE)
_ITEM = re.compile(
    f"<si><t{SPACE_KEPT}>([^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]++)</t></si>{_SPACE}"
    f"|<si>((?:[^<]++|<(?!/si>))*+)</si>{_SPACE}"
    r"|[\s\S]|\Z"
)
_BARE = "[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
# Runs have properties, all of them empty elements, of which nothing is kept where none strikes its text out; and
# nothing is kept of phonetics.
_PROPERTIES = f"(?:<rPr>(?:<[A-Za-z]++{ATTRIBUTES} ?/>)*+</rPr>|<rPr ?/>)?+"
_RUN = f"<r>({_PROPERTIES}){_T}</r>"
_PHONETIC = (
    f'(?:<rPh sb="[0-9]++" eb="[0-9]++"><t{SPACE_KEPT}>{_BARE}</t></rPh>'
    '|<phoneticPr fontId="[0-9]++"(?: type="[A-Za-z]++")?+(?: alignment="[A-Za-z]++")?+ ?/>)*+'
)
_ONE_TEXT = re.compile(_T + _PHONETIC)
_RUNS = re.compile(f"(?:<r>{_PROPERTIES}<t{SPACE_KEPT}(?: ?/>|>{TEXT}</t>)</r>)++{_PHONETIC}")
_EACH_RUN = re.compile(_RUN)
_TAG = re.compile(f"<[A-Za-z]++({ATTRIBUTES}) ?/?>")


def plain_items(text: str) -> list[str]:
    """The strings of whole `<si>` elements, their escapes not yet decoded. Raises `NotPlain`."""
    start = _LEADING.match(text)
    found = _ITEM.findall(text, start.end() if start else 0)
    found.pop()  # the end; a character that is not plain matches without a group as well
    return [simple or _joined(other) for simple, other in found]


def _joined(content: str) -> str:
    """The text of an item with runs, phonetics or entities."""
    match = _ONE_TEXT.fullmatch(content)
    if match is not None:
        return plain_text(match[1] or "")
    if _RUNS.fullmatch(content) is None or "<strike" in content:
        raise NotPlain
    texts = []
    for properties, text in _EACH_RUN.findall(content):
        _check(properties)
        texts.append(plain_text(text))
    return "".join(texts)


@lru_cache(maxsize=4096)
def _check(properties: str) -> None:
    for attributes in _TAG.findall(properties):
        plain_attributes(attributes)
