"""The zip of a workbook: parts are read from it, and all but the changed ones are copied as they are packed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sized
from functools import lru_cache
from io import BytesIO

from reconcile.annotate.refusal import CannotMark
from reconcile.package.archive import ENCRYPTED_FLAG, ZIP_ERRORS, Archive, part_name
from reconcile.package.deflate import packer
from reconcile.package.limits import Limits, Meter
from reconcile.package.refusal import Refused

_LOCAL, _CENTRAL, _END = 0x04034B50, 0x02014B50, 0x06054B50
_UTF8, _DESCRIPTOR = 0x800, 0x8
_EPOCH = 0x21  # 1980-01-01 as DOS writes dates: new parts carry no time of their own
_ZIP64 = 0x0001
_LARGEST = 0xFFFFFFFE
# What departments fill in is one template: its small parts are the same in many returns, and are unpacked and packed
# once. Bytes of a part that is small; how many such parts are remembered.
_SMALL = 1 << 16
_REMEMBERED = 256
_HEAD = 1 << 10  # bytes unpacked at a time of a part whose beginning is wanted


class Package:
    """The parts of a workbook by their names, which are compared without case."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises `CannotMark` for what is no zip, or one over the limits."""
        self._data = data
        try:
            self.archive = Archive(data, Meter(limits))
        except (Refused, *ZIP_ERRORS) as wrong:
            raise CannotMark("no_zip", detail=str(wrong)[:80]) from wrong
        self._infos = self.archive.entries
        self._members = {part_name(info.filename): info for info in self._infos}

    def __contains__(self, part: str) -> bool:
        return part in self.archive

    def read(self, part: str) -> bytes:
        info = self._members.get(part_name(part))
        try:
            if info is not None and info.file_size <= _SMALL and _is_deflated(info):
                found = _unpacked(self._packed(info), info.file_size, info.CRC)
                if found is not None:
                    return found
            whole = BytesIO()  # gives what it holds, and no copy of it
            for chunk in self.archive.chunks(part):
                whole.write(chunk)
            return whole.getvalue()
        except Refused as wrong:
            raise CannotMark("unreadable_part", part=part) from wrong

    def kept(self, part: str, *_: Sized) -> Iterable[bytes]:
        """The whole part at once."""
        return (self.read(part),)

    def beginning(self, part: str, until: bytes) -> bytes:
        """A part from its beginning to where ``until`` comes first, and some of what follows; all of it where that
        comes nowhere, or where it takes another way to unpack it."""
        info = self._members.get(part_name(part))
        if info is None or not _is_deflated(info):
            return self.read(part)
        unpacking, found = zlib.decompressobj(-15), b""
        rest = self._packed(info)
        try:
            while until not in found:
                piece = unpacking.decompress(rest, _HEAD)
                rest = unpacking.unconsumed_tail
                if not piece or len(found) > _SMALL:
                    return self.read(part)
                found += piece
        except zlib.error as wrong:
            raise CannotMark("unreadable_part", part=part) from wrong
        return found

    def unused(self, pattern: str) -> str:
        """A name no part has: ``pattern`` with nothing or the first free number in place of ``{}``."""
        if pattern.format("") not in self.archive:
            return pattern.format("")
        number = 1
        while pattern.format(number) in self.archive:
            number += 1
        return pattern.format(number)

    def rebuilt(self, parts: Mapping[str, bytes]) -> bytes:
        """The zip with these parts in place of, or behind, what it has.

        Every other member keeps its name, its date and its packed bytes; the members keep their order.
        """
        changed = {part_name(name): content for name, content in parts.items()}
        body, directory, count = BytesIO(), BytesIO(), 0
        for info in self._infos:
            raw = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "surrogateescape")
            content = changed.pop(part_name(info.filename), None)
            if content is None:
                packed, method, flags = self._packed(info), info.compress_type, info.flag_bits & ~_DESCRIPTOR
                sizes = (info.CRC, len(packed), info.file_size)
            else:
                packed, sizes = _deflated(content)
                method, flags = zipfile.ZIP_DEFLATED, info.flag_bits & _UTF8
            date = (info.date_time[0] - 1980) << 9 | info.date_time[1] << 5 | info.date_time[2]
            time = info.date_time[3] << 11 | info.date_time[4] << 5 | info.date_time[5] // 2
            attributes = (info.create_system << 8 | info.create_version, info.internal_attr, info.external_attr)
            stamp = (time & 0xFFFF, date & 0xFFFF)
            _add(body, directory, raw, packed, (flags, method, *stamp, *sizes), attributes, _own_extra(info.extra))
            count += 1
        for name in parts:
            if part_name(name) in changed:
                packed, sizes = _deflated(changed[part_name(name)])
                fixed = (_UTF8 if not name.isascii() else 0, zipfile.ZIP_DEFLATED, 0, _EPOCH, *sizes)
                _add(body, directory, name.encode(), packed, fixed, (20, 0, 0), b"")
                count += 1
        if body.tell() + directory.tell() > _LARGEST or count >= 0xFFFF:
            raise CannotMark("too_large")
        end = struct.pack("<IHHHHIIH", _END, 0, 0, count, count, directory.tell(), body.tell(), 0)
        return body.getvalue() + directory.getvalue() + end

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """The packed bytes of a member, as they stand behind its local header."""
        at = info.header_offset
        header = self._data[at : at + 30]
        if len(header) < 30 or struct.unpack_from("<I", header)[0] != _LOCAL:
            raise CannotMark("no_zip", detail="local header")
        name, extra = struct.unpack_from("<HH", header, 26)
        start = at + 30 + name + extra
        return self._data[start : start + info.compress_size]


def _is_deflated(info: zipfile.ZipInfo) -> bool:
    return info.compress_type == zipfile.ZIP_DEFLATED and not info.flag_bits & ENCRYPTED_FLAG


@lru_cache(maxsize=_REMEMBERED)
def _unpacked(packed: bytes, size: int, checksum: int) -> bytes | None:
    """A small part; None where it is not as large as stated, or not what was packed."""
    try:
        content = zlib.decompressobj(-15).decompress(packed, size + 1)
    except zlib.error:
        return None
    return content if len(content) == size and zlib.crc32(content) == checksum else None


def _deflated(content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    return _deflated_once(content) if len(content) <= _SMALL else _deflated_anew(content)


def _deflated_anew(content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    packing = packer()
    packed = packing.compress(content) + packing.flush()
    return packed, (zlib.crc32(content), len(packed), len(content))


_deflated_once = lru_cache(maxsize=_REMEMBERED)(_deflated_anew)


def _add(
    body: BytesIO,
    directory: BytesIO,
    name: bytes,
    packed: bytes,
    fixed: tuple[int, ...],
    attributes: tuple[int, int, int],
    extra: bytes,
) -> None:
    """Writes a member; ``fixed``: flags, method, time, date, checksum, packed and unpacked size."""
    made_by, internal, external = attributes
    offset = body.tell()
    body.write(struct.pack("<IHHHHHIIIHH", _LOCAL, 20, *fixed, len(name), 0) + name + packed)
    head = struct.pack("<IHHHHHHIIIHHHHHII", _CENTRAL, made_by, 20, *fixed, len(name), len(extra), 0, 0, internal,
                       external, offset)  # fmt: skip
    directory.write(head + name + extra)


def _own_extra(extra: bytes) -> bytes:
    """The extra field without sizes for very large files, which are written anew."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept
