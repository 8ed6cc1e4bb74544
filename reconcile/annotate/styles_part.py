"""The styles of a workbook: a cell's own format once more with a fill, and the formats of the added sheet.

Everything is added behind what is there; no style that a cell of the department uses is changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from reconcile.annotate.edits import Edits, prefix_of, with_attribute
from reconcile.annotate.elements import REMEMBERED, STRICT, TRANSITIONAL, Element, walk
from reconcile.annotate.model import FILLS, Level
from reconcile.annotate.refusal import CannotMark

# The sections in the order of the schema (ECMA-376 part 1, 18.8.39), with what a part lacking one stands for.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")  # fmt: skip
_DEFAULTS: dict[str, tuple[bytes, ...]] = {
    "fonts": (b'<{}font><{}sz val="11"/><{}name val="Calibri"/></{}font>',),
    "fills": (
        b'<{}fill><{}patternFill patternType="none"/></{}fill>',
        b'<{}fill><{}patternFill patternType="gray125"/></{}fill>',
    ),
    "borders": (b"<{}border/>",),
    "cellXfs": (b'<{}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "dxfs": (),
}
_MOST_FORMATS = 64_000  # Excel opens no workbook with more
_PALE = re.compile(rb"""<(?:\w+:)?color\b[^>]*\b(?:theme\s*=\s*["']0["']|rgb\s*=\s*["'](?:FF|00)?[Ff]{6}["'])[^>]*/>""")


@dataclass(slots=True)
class _Section:
    element: Element | None
    items: tuple[bytes, ...] = ()
    added: list[bytes] = field(default_factory=list)


class Styles:
    """The styles part with what is added to it. Raises `CannotMark` when it cannot be followed."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self._data = data
        self._root, known = _sections(part, data)
        self._sections = {name: _Section(element, items) for name, (element, items) in known.items()}
        self._prefix = prefix_of(data, self._root)
        for name, defaults in _DEFAULTS.items():
            section = self._sections.setdefault(name, _Section(None))
            if not section.items:
                section.added = [self._named(each) for each in defaults]
        self._marked: dict[tuple[int, Level], int] = {}
        self._once: dict[tuple[str, bytes], int] = {}

    @classmethod
    def empty(cls, part: str, strict: bool) -> Styles:
        """For a workbook without styles."""
        space = (STRICT if strict else TRANSITIONAL).encode()
        return cls(part, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s"/>' % space)

    def marked(self, style: int, level: Level) -> int:
        """The style that is this one with the fill of a level."""
        key = (style, level)
        if key not in self._marked:
            section = self._sections["cellXfs"]
            every = (*section.items, *section.added)
            if not 0 <= style < len(every):
                raise CannotMark("bad_style", found=style)
            own = every[style]
            tag_end = own.index(b">") + 1
            tag, rest = own[:tag_end], own[tag_end:]
            tag = with_attribute(tag, b"fillId", b"%d" % self._fill(FILLS[level]))
            tag = with_attribute(tag, b"applyFill", b"1")
            ink = self._dark_font(tag)
            if ink is not None:
                tag = with_attribute(with_attribute(tag, b"fontId", b"%d" % ink), b"applyFont", b"1")
            self._marked[key] = self._add("cellXfs", tag + rest, once=False)
        return self._marked[key]

    def _dark_font(self, xf: bytes) -> int | None:
        """White letters would vanish on a pale fill: the same font in black, else None."""
        found = re.search(rb"""\bfontId\s*=\s*["'](\d+)["']""", xf)
        fonts = self._sections["fonts"]
        number = int(found[1]) if found else 0
        every = (*fonts.items, *fonts.added)
        own = every[number] if number < len(every) else b""
        if not _PALE.search(own):
            return None
        return self._add("fonts", _PALE.sub(lambda _: self._named(b'<{}color rgb="FF000000"/>'), own, count=1))

    def format(self, font: bytes, fill: str, border: bytes, aligned: bytes, number: int = 0) -> int:
        """A format of the added sheet; ``{}`` in the pieces stands for the prefix of the part's elements."""
        fonts = self._add("fonts", self._named(font))
        fills = self._fill(fill) if fill else 0
        borders = self._add("borders", self._named(border))
        xf = b'<{}xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d"%s applyNumberFormat="1" applyFont="1"'
        xf += b' applyFill="1" applyBorder="1" applyAlignment="1">%s</{}xf>'
        based = b' xfId="0"' if "cellStyleXfs" in self._sections else b""
        return self._add("cellXfs", self._named(xf % (number, fonts, fills, borders, based, aligned)))

    def laid_over(self, fill: str, ink: str) -> int:
        """What a conditional format lays over a cell."""
        font = b'<{}font><{}color rgb="%s"/></{}font>' % ink.encode()
        pattern = b'<{}fill><{}patternFill><{}bgColor rgb="%s"/></{}patternFill></{}fill>' % fill.encode()
        return self._add("dxfs", self._named(b"<{}dxf>" + font + pattern + b"</{}dxf>"))

    def _fill(self, colour: str) -> int:
        solid = b'<{}fill><{}patternFill patternType="solid"><{}fgColor rgb="%s"/><{}bgColor indexed="64"/>'
        return self._add("fills", self._named(solid % colour.encode() + b"</{}patternFill></{}fill>"))

    def _add(self, name: str, item: bytes, once: bool = True) -> int:
        key = (name, item)
        if once and key in self._once:
            return self._once[key]
        section = self._sections[name]
        section.added.append(item)
        number = len(section.items) + len(section.added) - 1
        if name == "cellXfs" and number >= _MOST_FORMATS:
            raise CannotMark("too_many_formats")
        if once:
            self._once[key] = number
        return number

    def _named(self, item: bytes) -> bytes:
        return item.replace(b"{}", self._prefix)

    def changed(self) -> bytes:
        """The part with what was added."""
        edits = Edits(self._data)
        missing: list[bytes] = []
        for name in _ORDER:
            section = self._sections.get(name)
            if section is None or not section.added:
                continue
            count = b"%d" % (len(section.items) + len(section.added))
            content = b"".join(section.added)
            if section.element is not None:
                tag = with_attribute(edits.tag(section.element), b"count", count)
                edits.inside(section.element, content, tag)
                continue
            whole = self._named(b"<{}%s" % name.encode()) + b' count="' + count + b'">' + content
            whole += self._named(b"</{}%s>" % name.encode())
            behind = [s.element for later in _ORDER[_ORDER.index(name) + 1 :]
                      if (s := self._sections.get(later)) and s.element]  # fmt: skip
            if behind:
                edits.insert(behind[0].start, whole)
            else:
                missing.append(whole)
        if missing:
            edits.inside(self._root, b"".join(missing))
        return edits.applied()


@lru_cache(maxsize=REMEMBERED)
def _sections(part: str, data: bytes) -> tuple[Element, Mapping[str, tuple[Element, tuple[bytes, ...]]]]:
    """The root of a styles part, and its sections with their items."""
    elements: dict[str, Element] = {}
    items: dict[str, list[bytes]] = {}
    roots: list[Element] = []

    def leave(element: Element, above: list[Element]) -> None:
        if not above:
            roots.append(element)
        elif len(above) == 1 and element.name in _ORDER:
            elements[element.name] = element
        elif len(above) == 2 and above[1].name in _DEFAULTS:
            elements.setdefault(above[1].name, above[1])
            items.setdefault(above[1].name, []).append(data[element.start : element.end])

    walk(part, data, lambda *_: None, leave)
    (root,) = roots
    if root.name != "styleSheet" or root.space not in (TRANSITIONAL, STRICT):
        raise CannotMark("bad_styles", part=part)
    return root, {name: (element, tuple(items.get(name, ()))) for name, element in elements.items()}
