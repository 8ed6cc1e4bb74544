"""Text of ours in XML."""

from __future__ import annotations

import re

_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x000D_ as a character; what only looks like it has its first underline written so.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\t": "&#9;"}
_SPECIAL = re.compile('[&<>"\r\t]')
# Most texts have nothing of all this: one look tells.
_ODD = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff_&<>"\r\t]')


def attribute(value: str) -> bytes:
    """A value between double quotes, in ASCII."""
    text = _SPECIAL.sub(lambda match: _ENTITIES[match[0]], _UNUSABLE.sub("\ufffd", value)).replace("\n", "&#10;")
    return text.encode("ascii", "xmlcharrefreplace")


def text(value: str) -> bytes:
    """The text of a cell or note, in ASCII; nothing in it can be read as markup or as an escape of Excel's."""
    if _ODD.search(value) is None:
        return value.encode("ascii", "xmlcharrefreplace")
    kept = _LOOKS_ESCAPED.sub("_x005F_", _UNUSABLE.sub("\ufffd", value))
    return _SPECIAL.sub(lambda match: _ENTITIES[match[0]], kept).encode("ascii", "xmlcharrefreplace")
