"""The part of a document that is read in bulk; all around it goes through the parser."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from .plain_text import NotPlain

DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>)?"""
)
# Bytes that may come before the zone, and characters that may wait for the end of a unit.
_LONGEST_HEAD = 1 << 20
_LONGEST_UNIT = 1 << 22


class PlainZone:
    """Iterate over the text between the tag `opened` and the tag `closed`, in pieces of whole units that end with
    `unit`. `head` is what came before, `behind` gives the rest when the iteration has ended.

    Raises `NotPlain`: another encoding than UTF-8, comments, sections or instructions before the zone, no such zone.
    """

    def __init__(self, chunks: Iterator[bytes], opened: re.Pattern[bytes]) -> None:
        self._chunks = chunks
        self.head, self._waiting = self._split(opened)

    def _split(self, opened: re.Pattern[bytes]) -> tuple[bytes, bytes]:
        head = b""
        for chunk in self._chunks:
            head += chunk
            found = opened.search(head)
            if found is not None:
                head, waiting = head[: found.end()], head[found.end() :]
                declaration = DECLARATION.match(head)
                body = head[declaration.end() :] if declaration is not None else head
                if b"<!" in body or b"<?" in body:
                    raise NotPlain
                return head, waiting
            if len(head) > _LONGEST_HEAD:
                raise NotPlain
        raise NotPlain

    def pieces(self, closed: str, unit: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")()
        text = ""
        while True:
            try:
                text += decoder.decode(self._waiting)
            except UnicodeDecodeError:
                raise NotPlain from None
            end = text.find(closed)
            if end >= 0:
                break
            cut = text.rfind(unit) + len(unit)
            if cut >= len(unit):
                yield _normalised(text[:cut])
                text = text[cut:]
            elif len(text) > _LONGEST_UNIT:
                raise NotPlain
            self._waiting = next(self._chunks, b"")
            if not self._waiting:
                raise NotPlain
        yield _normalised(text[:end])
        self._waiting = text[end:].encode() + decoder.getstate()[0]

    def behind(self) -> Iterator[bytes]:
        """What comes from the closing tag on."""
        return chain((self._waiting,), self._chunks)


def _normalised(text: str) -> str:
    """Line ends as XML 1.0, 2.11 has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
