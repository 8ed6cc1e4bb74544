"""The shared strings of a workbook being written: each text once, cells name it by number (ECMA-376 part 1, 18.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count, repeat

import numpy as np

from reconcile.coded import Codes

_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_PLAIN = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
_COUNTS = re.compile(r' count="(\d+)" uniqueCount="(\d+)"')
# ST_Xstring (22.9.2.19): what looks like an escape is kept as it is by escaping its underscore.
_ESCAPE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_MARKUP = re.compile("[&<>]")
# A text a line: what stands in an element in another way than it reads.
_UNPLAIN = re.compile(r"[&<>]|_x|^\s|\s$", re.MULTILINE)
_AT_ONCE = 10_000
_UNKNOWN = -1


class TextTable(dict[str, int]):
    """Text → its number in the table. Asking for a new text gives it the next number.

    ``shown`` makes of a text, character by character, what the cell holds: characters XML can hold.
    ``part`` is the table as it stands so far; ``used`` counts the cells.
    """

    def __init__(self, part: str, shown: Callable[[str], str]) -> None:
        super().__init__()
        self._part = part
        self._shown = shown
        items = _ITEM.findall(part)
        for number, item in enumerate(items):
            plain = _PLAIN.fullmatch(item)
            if plain and "_x" not in item:  # a text that stands twice does no harm
                text = plain[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                self.setdefault(text, number)
        self._size = len(items)
        self._new: list[str] = []
        self._known: dict[int, tuple[tuple[str, ...], Codes]] = {}
        self.used = 0

    def numbers(self, values: tuple[str, ...], codes: Codes) -> Codes:
        """The numbers of texts given as places in ``values``, each of which is looked up once; they count as used."""
        if id(values) not in self._known:
            self._known[id(values)] = values, np.full(len(values), _UNKNOWN, dtype=np.int32)
        _, known = self._known[id(values)]
        found = known[codes]
        new = codes[found == _UNKNOWN]
        if len(new):
            order = np.arange(len(new), dtype=np.int32)
            known[new[::-1]] = order[::-1]  # of several the first one stays
            distinct = new[known[new] == order]
            known[distinct] = self._numbered([values[code] for code in distinct.tolist()])
            found = known[codes]
        self.used += len(codes)
        return np.asarray(found, dtype=np.int32)

    def _numbered(self, texts: list[str]) -> Codes:
        """The numbers of some distinct texts. Where all of them are shown as they are, that is asked once."""
        together = "".join(texts)
        if self._shown(together) != together:
            return np.array([self[text] for text in texts], dtype=np.int32)
        numbers = np.fromiter(map(self.get, texts, repeat(_UNKNOWN)), dtype=np.int32, count=len(texts))
        unknown = np.flatnonzero(numbers == _UNKNOWN)
        new = texts if len(unknown) == len(texts) else [texts[at] for at in unknown.tolist()]
        numbers[unknown] = np.arange(self._size, self._size + len(new))
        self.update(zip(new, count(self._size), strict=False))
        self._size += len(new)
        self._new += new
        return numbers

    def __missing__(self, text: str) -> int:
        shown = self._shown(text)
        number = self.get(shown)
        if number is None:
            number = self[shown] = self._size
            self._size += 1
            self._new.append(shown)
        self[text] = number
        return number

    def xml(self) -> Iterator[str]:
        """The part with the new texts behind those it had."""
        counts = _COUNTS.search(self._part)
        if counts is None:
            raise ValueError("no table of shared strings")
        end = self._part.rindex("</sst>")
        yield self._part[: counts.start()]
        yield f' count="{int(counts[1]) + self.used}" uniqueCount="{self._size}"'
        yield self._part[counts.end() : end]
        for start in range(0, len(self._new), _AT_ONCE):
            yield from _items(self._new[start : start + _AT_ONCE])
        yield self._part[end:]


def _items(texts: list[str]) -> Iterator[str]:
    """The elements of some texts; those that need nothing are told apart all at once."""
    together = "\n".join(texts)
    if together.count("\n") == len(texts) - 1 and not _UNPLAIN.search(together):
        yield f"<si><t>{together.replace(chr(10), '</t></si><si><t>')}</t></si>"
    else:
        yield from map(_item, texts)


def _item(text: str) -> str:
    if text.isalnum():
        return f"<si><t>{text}</t></si>"
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in text:
        text = _ESCAPE.sub(r"_x005F\1", text)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<si><t{space}>{text}</t></si>"
