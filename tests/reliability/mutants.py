"""Mutants of workbooks: bytes changed, members of the zip exchanged, XML elements removed, doubled, moved, their values
exchanged for what no program writes."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

Members = dict[str, bytes]
_ELEMENT = re.compile(rb"<(?:[a-z]+:)?([A-Za-z]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</(?:[a-z]+:)?\1>)")
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)="([^"<>]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_WICKED = [
    *(b"", b" ", b"0", b"-1", b"1e999", b"4294967295", b"99999999999999999999", b"NaN", b"A0", b"XFD1048576", b"ZZZZ1"),
    *(b"A1:XFD1048576", b"=1+1", b"../../x", b"_x0000_", b"_xD800_", b"&#x1F600;", b"&#0;", b"&lt;b&gt;", b"#REF!"),
    *(
        "１２３".encode(),
        "約３".encode(),
        "▲5".encode(),
        "令和4年度".encode(),
        "千円".encode(),
        "集計中".encode(),
        "―".encode(),
    ),
    *(b"9.99E+307", b"1E30", b"5.55E-17", b"2958465.999998", b"-0", b"1,234", b"true"),
    b"9" * 400,
    ("長" * 40_000).encode(),
]
_SHARDS = (b"<", b">", b"&", b'"', b"]]>", b"\0", b"<!--", b"<c>", b"</row>", b"9" * 12, b"\xff", b"<!DOCTYPE x>")


def members_of(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: list[tuple[str, bytes]], level: int = 1) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 30)]
            case 2:
                changed[at:at] = chance.choice(_SHARDS)
            case 3:
                del changed[at:]
            case 4:
                changed[at : at + 40] = bytes(min(40, len(changed) - at))
            case _:
                changed[at:at] = changed[at : at + chance.randrange(60)]
    return bytes(changed)


def members_changed(members: Members, chance: random.Random) -> list[tuple[str, bytes]]:
    """One member missing, empty, cut, doubled, renamed or in the place of another; or the order of all another."""
    items = list(members.items())
    at, other = chance.randrange(len(items)), chance.randrange(len(items))
    name, content = items[at]
    match chance.randrange(8):
        case 0:
            del items[at]
        case 1:
            items[at] = (name, b"")
        case 2:
            items[at] = (name, content[: chance.randrange(len(content) or 1)])
        case 3:
            items.append((name.upper(), content))
        case 4:
            items[at] = (chance.choice(("../", "/", "\\", "x/", "")) + name[chance.randrange(3) :], content)
        case 5:
            items[at] = (name, items[other][1])
        case 6:
            items.append((f"{name}\u202e{chance.randrange(9)}", content))
        case _:
            chance.shuffle(items)
    return items


def elements_changed(content: bytes, chance: random.Random) -> bytes:
    """Some elements or values of a part changed, which stays XML that can be parsed more often than not."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        changing: Callable[[bytes, random.Random], bytes] = chance.choice(
            (_element, _attribute, _attribute, _text, _text)
        )
        content = changing(content, chance)
    return content


def _one(pattern: re.Pattern[bytes], content: bytes, chance: random.Random) -> re.Match[bytes] | None:
    start = chance.randrange(len(content) or 1)
    return pattern.search(content, start) or pattern.search(content)


def _element(content: bytes, chance: random.Random) -> bytes:
    found = _one(_ELEMENT, content, chance)
    if found is None:
        return content
    rest = content[: found.start()] + content[found.end() :]
    match chance.randrange(4):
        case 0:
            return rest
        case 1:
            return content[: found.end()] + found[0] * chance.choice((1, 1, 2, 300)) + content[found.end() :]
        case 2:
            other = _one(_ELEMENT, rest, chance)
            return rest[: other.end()] + found[0] + rest[other.end() :] if other else rest
        case _:
            name = chance.choice((b"c", b"v", b"f", b"is", b"t", b"row", b"mergeCell", b"xf", b"si", b"r"))
            return content[: found.start()] + found[0].replace(found[1], name) + content[found.end() :]


def _attribute(content: bytes, chance: random.Random) -> bytes:
    found = _one(_ATTRIBUTE, content, chance)
    if found is None:
        return content
    if chance.randrange(5) == 0:
        return content[: found.start()] + content[found.end() :]
    value = chance.choice(_WICKED) if chance.randrange(2) else _another(_ATTRIBUTE, 2, content, chance)
    return content[: found.start(2)] + value.replace(b"<", b"") + content[found.end(2) :]


def _text(content: bytes, chance: random.Random) -> bytes:
    found = _one(_TEXT, content, chance)
    if found is None:
        return content
    value = chance.choice(_WICKED) if chance.randrange(2) else _another(_TEXT, 1, content, chance)
    return content[: found.start(1)] + value + content[found.end(1) :]


def _another(pattern: re.Pattern[bytes], group: int, content: bytes, chance: random.Random) -> bytes:
    found = _one(pattern, content, chance)
    return found[group] if found else b""


def mutant(data: bytes, members: Members, chance: random.Random) -> bytes:
    """One mutant of a workbook, `members` being its members."""
    if not members:  # no zip
        return bytes_changed(data, chance)
    match chance.randrange(10):
        case 0:
            return bytes_changed(data, chance)
        case 1:
            return packed(members_changed(members, chance))
        case 2 | 3:
            name = chance.choice([each for each in members if not each.startswith("docProps")])
            return packed(list({**members, name: bytes_changed(members[name], chance)}.items()))
        case _:
            likely = [each for each in members if "sheet" in each.lower() or "workbook" in each or "styles" in each]
            name = chance.choice(likely or list(members))
            return packed(list({**members, name: elements_changed(members[name], chance)}.items()))
