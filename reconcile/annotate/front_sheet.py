"""The added first sheet, as a part: the list of what was found, links to the cells, and the columns for answers.

Every text stands in the part itself (inline strings), so that the shared strings stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reconcile.annotate.elements import STRICT, TRANSITIONAL
from reconcile.annotate.model import FILLS, INKS, LEVELS, Heading, Level, Line, Listing
from reconcile.annotate.styles_part import Styles
from reconcile.annotate.workbook_part import quoted
from reconcile.annotate.writing_xml import attribute, text
from reconcile.findings import column_letters

_FACE = "BIZ UDPゴシック"
_ALERT, _CALM = "FFC00000", "FF1E6B2E"
_RULE = b'<{}%s style="thin"><{}color rgb="FFA6B1C2"/></{}%s>'
_BOX = b"<{}border>" + b"".join(_RULE % (s, s) for s in (b"left", b"right", b"top", b"bottom")) + b"</{}border>"
_DATE = 14  # yyyy/m/d, as the language of Windows has it
_LINKS = 65_530  # Excel's limit of links on a sheet; it drops all of them, or the workbook, beyond
_PLACES = frozenset(("answer", "choice", "reason", "date"))


@cache
def _font(size: float, colour: str = "", bold: bool = False, line: bool = False) -> bytes:
    parts = [b"<{}font>", b"<{}b/>" if bold else b"", b"<{}u/>" if line else b"", b'<{}sz val="%g"/>' % size]
    parts.append(b'<{}color rgb="%s"/>' % colour.encode() if colour else b"")
    parts.append(b'<{}name val="%s"/></{}font>' % attribute(_FACE))
    return b"".join(parts)


@cache
def _aligned(horizontal: str = "", vertical: str = "top", wrap: bool = True, indent: int = 0) -> bytes:
    across = b' horizontal="%s"' % horizontal.encode() if horizontal else b""
    wrapped = b' wrapText="1"' if wrap else b""
    moved = b' indent="%d"' % indent if indent else b""
    return b'<{}alignment%s vertical="%s"%s%s/>' % (across, vertical.encode(), wrapped, moved)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the sheet, by their numbers in the workbook's styles."""

    title: int
    remark: int
    head: int
    cell: int
    muted: int
    muted_center: int
    center: int
    link: int
    answer: int
    date: int
    levels: dict[Level, int]

    @classmethod
    def of(cls, styles: Styles) -> _Looks:
        plain, none = _font(10), b"<{}border/>"
        center, left = _aligned("center"), _aligned("left", indent=1)
        return cls(
            title=styles.format(_font(16, "FF1F4E79", bold=True), "", none, _aligned(vertical="center", wrap=False)),
            remark=styles.format(_font(10, "FF4B5563"), "", none, _aligned(vertical="center", wrap=False)),
            head=styles.format(_font(10, "FF1F2A44", bold=True), "FFDCE6F1", _BOX, _aligned("center", "center")),
            cell=styles.format(plain, "", _BOX, left),
            muted=styles.format(_font(10, "FF6B7280"), "", _BOX, left),
            muted_center=styles.format(_font(10, "FF6B7280"), "", _BOX, center),
            center=styles.format(plain, "", _BOX, center),
            link=styles.format(_font(10, "FF0563C1", line=True), "", _BOX, left),
            answer=styles.format(plain, "FFFFFBE6", _BOX, left),
            date=styles.format(plain, "FFFFFBE6", _BOX, left, _DATE),
            levels={
                level: styles.format(_font(10, INKS[level], bold=True), FILLS[level], _BOX, center) for level in LEVELS
            },
        )


def head_row(listing: Listing) -> int:
    """The row of the headings: below the title, the remarks and a free row."""
    return len(listing.remarks) + 3


def front_sheet(listing: Listing, styles: Styles, strict: bool) -> bytes:
    """The part of the added sheet; the formats it needs are added to ``styles``."""
    looks = _Looks.of(styles)
    head = head_row(listing)
    rows = [_row(1, 30.0, [(listing.title, looks.title)])]
    rows += [_row(n, 16.5, [(said, looks.remark)]) for n, said in enumerate(listing.remarks, start=2)]
    rows.append(_row(head, 27.0, [(heading.label, looks.head) for heading in listing.headings]))
    for number, line in enumerate(listing.lines, start=head + 1):
        styles_of = _styles(line, listing.headings, looks)
        rows.append(_row(number, line.height, zip(line.texts, styles_of, strict=True)))
    urgent = any(line.level != "info" for line in listing.lines)
    parts = [
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s">'
        % (STRICT if strict else TRANSITIONAL).encode(),
        b'<sheetPr><tabColor rgb="%s"/><pageSetUpPr fitToPage="1"/></sheetPr>' % (_ALERT if urgent else _CALM).encode(),
        b'<dimension ref="A1:%s%d"/>' % (column_letters(len(listing.headings)).encode(), head + len(listing.lines)),
        b'<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        b'<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>'
        b'<selection pane="bottomLeft" activeCell="A%d" sqref="A%d"/></sheetView></sheetViews>'
        % (head, head + 1, head + 1, head + 1),
        b'<sheetFormatPr defaultRowHeight="15"/>',
        _columns(listing.headings),
        b"<sheetData>" + b"".join(rows) + b"</sheetData>",
    ]
    if listing.lines:
        parts += _asked(listing, head + 1, head + len(listing.lines), styles)
    parts.append(_links(listing, head))
    parts.append(
        b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        b'<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>'
        b"<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )
    return b"".join(parts)


def _columns(headings: tuple[Heading, ...]) -> bytes:
    columns = b"".join(
        b'<col min="%d" max="%d" width="%g" customWidth="1"%s/>'
        % (number, number, heading.width + 0.71, b' hidden="1"' if heading.kind == "hidden" else b"")
        for number, heading in enumerate(headings, start=1)
    )
    return b"<cols>" + columns + b"</cols>"


@cache
def _letters(column: int) -> bytes:
    return column_letters(column).encode()


def _row(number: int, height: float, cells: Iterable[tuple[str, int]]) -> bytes:
    """A row of texts, each with its format."""
    own = b"%d" % number
    parts = [b'<row r="%b" ht="%g" customHeight="1">' % (own, height)]
    for column, (said, style) in enumerate(cells, start=1):
        letters = _letters(column)
        if said:
            shown = b'<c r="%b%b" s="%d" t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>'
            parts.append(shown % (letters, own, style, text(said)))
        else:
            parts.append(b'<c r="%b%b" s="%d"/>' % (letters, own, style))
    parts.append(b"</row>")
    return b"".join(parts)


def _styles(line: Line, headings: tuple[Heading, ...], looks: _Looks) -> list[int]:
    """The formats of the cells of a line."""
    found = []
    for heading in headings:
        style = looks.cell
        if heading.kind == "place" and line.to is not None:
            style = looks.link
        elif line.follows:  # it is answered with the row above
            style = looks.muted_center if heading.kind in ("center", "level") else looks.muted
        elif heading.kind == "level":
            style = looks.levels[line.level]
        elif heading.kind == "date":
            style = looks.date
        elif heading.kind in _PLACES:
            style = looks.answer
        elif heading.kind == "center":
            style = looks.center
        found.append(style)
    return found


def _links(listing: Listing, head: int) -> bytes:
    column = next((n for n, heading in enumerate(listing.headings, start=1) if heading.kind == "place"), 0)
    links: list[bytes] = []
    for row, line in enumerate(listing.lines, start=head + 1):
        if line.to is not None and column and len(links) < _LINKS:
            sheet, to_row, to_column = line.to
            target = attribute(f"{quoted(sheet)}!{column_letters(to_column)}{to_row}")
            links.append(b'<hyperlink ref="%s%d" location="%s"/>' % (column_letters(column).encode(), row, target))
    return b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""


def _asked(listing: Listing, top: int, bottom: int, styles: Styles) -> list[bytes]:
    """The choice of an answer; a reason that is asked for must be one, and is marked while it is missing."""
    asking = listing.asking
    kinds = [heading.kind for heading in listing.headings]
    if "choice" not in kinds or "reason" not in kinds:
        return []
    choice, reason = (column_letters(kinds.index(kind) + 1) for kind in ("choice", "reason"))
    said = f"UPPER(TRIM({reason}{top}))"
    none = "OR(" + ",".join(f'{said}="{word}"' for word in asking.no_reasons) + ")"
    words = '"' + ",".join(asking.words) + '"'
    missing = f'AND(${choice}{top}="{asking.needs_reason}",OR({said}="",{none}))'
    condition = (
        b'<conditionalFormatting sqref="%s%d:%s%d"><cfRule type="expression" dxfId="%d" priority="1"><formula>%s'
        b"</formula></cfRule></conditionalFormatting>"
        % (
            reason.encode(),
            top,
            reason.encode(),
            bottom,
            styles.laid_over(FILLS["error"], INKS["error"]),
            text(missing),
        )
    )
    rule = (
        b'<dataValidation type="%s" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="%s" error="%s"'
        b' promptTitle="%s" prompt="%s" sqref="%s%d:%s%d"><formula1>%s</formula1></dataValidation>'
    )
    chosen = rule % (
        b"list", attribute(asking.answer_title), attribute(asking.answer_wrong), attribute(asking.answer_title),
        attribute(asking.answer_help), choice.encode(), top, choice.encode(), bottom, text(words),
    )  # fmt: skip
    because = rule % (
        b"custom", attribute(asking.reason_title), attribute(asking.reason_wrong), attribute(asking.reason_title),
        attribute(asking.answer_help), reason.encode(), top, reason.encode(), bottom, text(f"NOT({none})"),
    )  # fmt: skip
    return [condition, b'<dataValidations count="2">' + chosen + because + b"</dataValidations>"]
