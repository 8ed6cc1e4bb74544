"""Short parts, known by their bytes: the returns of a round have the same styles and relations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from functools import lru_cache, partial
from typing import Generic, Protocol, TypeVar

SHORT = 1 << 16
REMEMBERED = 64

T = TypeVar("T")
Kept = Callable[..., Iterable[bytes]]  # the bytes of a part, given the collections that are made of them


class Parts(Protocol):
    """What holds parts by their names: an archive, or what stands for one."""

    def __contains__(self, name: str) -> bool: ...

    def kept(self, name: str, *entries: Sized) -> Iterable[bytes]: ...


class Once(Generic[T]):
    """Reads a part, chunk by chunk where it is long; what a short one says is remembered by its name and bytes.

    ``read`` is given the name and what gives the bytes; what it makes of them must not be changed.
    """

    def __init__(self, read: Callable[[str, Kept], T]) -> None:
        self._read = read
        self._known = lru_cache(maxsize=REMEMBERED)(self._of_bytes)

    def __call__(self, parts: Parts, name: str) -> T:
        head = b""
        for chunk in parts.kept(name):
            head += chunk
            if len(head) > SHORT:
                return self._read(name, partial(parts.kept, name))
        return self._known(name, head)

    def _of_bytes(self, name: str, content: bytes) -> T:
        return self._read(name, lambda *_: (content,))
