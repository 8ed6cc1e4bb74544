"""The zip container: its members, unpacked as a stream within the limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sized
from functools import lru_cache
from typing import IO

from .deflate import checksum
from .limits import Meter
from .refusal import Refused

# Small enough for what becomes of a chunk to stay in the processor's cache: a fifth faster than large ones.
CHUNK = 1 << 15
# Bytes of a member that is unpacked at once.
SHORT_MEMBER = 4 * CHUNK
# A short part of repeated XML packs better than any limit and harms nobody: the ratio counts from here on.
RATIO_FLOOR = 1 << 20
CENTRAL_ENTRY = b"PK\x01\x02"
END_OF_CENTRAL_DIRECTORY = b"PK\x05\x06"
LOCAL_ENTRY = b"PK\x03\x04"
ENCRYPTED_FLAG = 0x1
# How well it is packed, sizes behind the data, names in UTF-8.
_HARMLESS_FLAGS = 0x2 | 0x4 | 0x8 | 0x800
# Of a local entry (APPNOTE.TXT 4.3.7): signature, version, flags, …, sizes of name and extra field.
_LOCAL_HEADER = struct.Struct("<4s2xH18x2H")
# All that zipfile and zlib raise for bytes that are not what they say.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)


class Archive:
    """The members of a zip by their part names (lower case, `/`, no leading slash; ECMA-376 part 2, 6.2.2)."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        """Raises `Refused`: truncated, damaged_zip, duplicate_part, members, unpacked_size."""
        limits = meter.limits
        # Counted in the bytes first: a directory of a million members is itself what must not be built.
        if data.count(CENTRAL_ENTRY) > limits.members:
            raise Refused("members", limit=limits.members)
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS as error:
            reason = "damaged_zip" if END_OF_CENTRAL_DIRECTORY in data else "truncated"
            raise Refused(reason, detail=type(error).__name__) from error
        self._meter = meter
        self._unpacked: dict[str, int] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            name = part_name(info.filename)
            if name.endswith("/"):
                continue
            if name in self._members:
                raise Refused("duplicate_part", part=name)
            self._members[name] = info
        if sum(info.file_size for info in self._members.values()) > limits.unpacked_bytes:
            raise Refused("unpacked_size", limit=limits.unpacked_bytes)

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """The members as the directory lists them, folders among them."""
        return self._zip.infolist()

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes; raises `Refused`: missing_part, encrypted_zip, compression, damaged_part, ratio,
        unpacked_size, time."""
        name = part_name(name)
        info = self._members.get(name)
        if info is None:
            raise Refused("missing_part", part=name)
        if info.flag_bits & ENCRYPTED_FLAG:
            raise Refused("encrypted_zip", part=name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("compression", part=name)
        limits = self._meter.limits
        # What earlier readings of other parts took; reading one part twice counts once.
        others = sum(size for other, size in self._unpacked.items() if other != name)
        size = 0
        try:
            with self._stream(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if others + size > limits.unpacked_bytes:
                        raise Refused("unpacked_size", limit=limits.unpacked_bytes)
                    if size > RATIO_FLOOR and size > limits.member_ratio * info.compress_size:
                        raise Refused("ratio", part=name, limit=limits.member_ratio)
                    self._meter.check_time()
                    yield chunk
        except ZIP_ERRORS as error:
            raise Refused("damaged_part", part=name, detail=type(error).__name__) from error
        self._unpacked[name] = max(size, self._unpacked.get(name, 0))

    def _stream(self, info: zipfile.ZipInfo) -> IO[bytes]:
        """The bytes of a member. Most parts are short, and what the directory says of them: these are unpacked at once,
        which takes a third less time; whatever is not so is left to the stream, which decides."""
        content = self._short(info) if info.file_size <= SHORT_MEMBER else None
        return self._zip.open(info) if content is None else io.BytesIO(content)

    def _short(self, info: zipfile.ZipInfo) -> bytes | None:
        """The bytes of a member that is packed and named as the directory says, and has the size and sum of that."""
        data, at, name = self._data, info.header_offset, info.orig_filename
        begin = at + _LOCAL_HEADER.size
        if info.flag_bits & ~_HARMLESS_FLAGS or not name.isascii() or at < 0 or begin > len(data):
            return None
        signature, flags, names, extra = _LOCAL_HEADER.unpack_from(data, at)
        if signature != LOCAL_ENTRY or flags & ~_HARMLESS_FLAGS or data[begin : begin + names] != name.encode():
            return None
        begin += names + extra
        # Where Python knows where a member must end (3.11.9), it refuses those that lie over others.
        if begin + info.compress_size > (getattr(info, "_end_offset", None) or len(data)):
            return None
        packed = data[begin : begin + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            content, ended = packed, info.compress_size == info.file_size
        else:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = unpacker.decompress(packed, info.file_size + 1)
            except zlib.error:
                return None
            ended = unpacker.eof
        promised = ended and len(content) == info.file_size and checksum(content) == info.CRC
        return content if promised else None

    def read(self, name: str) -> bytes:
        """The whole part; for parts that are small by nature."""
        return b"".join(self.chunks(name))

    def kept(self, name: str, *entries: Sized) -> Iterator[bytes]:
        """The part's bytes, of which a collection of `entries` is made: what they take counts as memory."""
        before = 0
        for chunk in self.chunks(name):
            yield chunk
            after = sum(map(len, entries))
            self._meter.add_entries(after - before, len(chunk))
            before = after

    def unpack_all(self) -> None:
        """Measure every member: before a library that has no limits of its own unpacks them."""
        for name in self._members:
            for _ in self.chunks(name):
                pass


@lru_cache(maxsize=1 << 12)
def part_name(name: str) -> str:
    """Part names compare without case; some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()
