"""All returns read, each for itself: in this process, in several, or on a cluster, always in the same order.

Which of these it is makes no difference to what comes out. Work travels in parts of several returns, with the pack
packed once a part and opened once a process; what comes back are packed columns.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from reconcile.facts import FactColumns
from reconcile.inputs import passwords_for
from reconcile.kept import Kept
from reconcile.package import Limits, Refused, collector_paused
from reconcile.packs.model import Pack
from reconcile.submissions import Submission
from reconcile.workers import WAITING, each, executor_at, processes

# Below this, reading here takes little longer than processes take to start.
WORTH_BYTES = 3_000_000
# Returns of a part at most, and into how many for each process what is left is divided: the last ones end together.
LARGEST_PART = 16
PARTS_EACH = 8

Given = tuple[Path, str]
# With the passwords to be tried on it.
Unread = tuple[Path, str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class HowToRead:
    """``jobs`` processes (0: as many as there are cores, where that pays), or an ``executor``: one of
    ``concurrent.futures``, or the address of a cluster. ``kept`` is the folder of what was read before (None:
    everything is read)."""

    jobs: int = 0
    passwords: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    kept: Path | None = None
    executor: Executor | str | None = None


def read_returns(
    pack: Pack, returns: Sequence[Given], how: HowToRead, progress: Callable[[int], None] = lambda _: None
) -> list[Submission]:
    """What each return says, in the order given: (path, name) as :func:`reconcile.inputs.gather` has them.

    ``progress`` is told how many have been read. Those read before are looked up here, so that no process is started
    for them. Raises :class:`reconcile.workers.NoExecutor`.
    """
    kept = Kept(how.kept) if how.kept is not None else None
    looked_up = kept is not None and not kept.empty
    known = [kept.find(path, name, pack, how.limits) if kept and looked_up else None for path, name in returns]
    missing = [given for given, found in zip(returns, known, strict=True) if found is None]
    anew: list[Submission] = []
    progress(len(returns) - len(missing))
    for part in _parts_read(pack, missing, how):
        anew += part
        progress(len(returns) - len(missing) + len(anew))
    if kept and missing:
        kept.tidy()
    read = iter(anew)
    return [found or next(read) for found in known]


def _parts_read(pack: Pack, returns: Sequence[Given], how: HowToRead) -> Iterator[Sequence[Submission]]:
    if isinstance(how.executor, str):
        with executor_at(how.executor) as (executor, count):
            yield from _by(executor, count, pack, returns, how)
    elif how.executor is not None:
        yield from _by(how.executor, os.cpu_count() or 1, pack, returns, how)
    elif (jobs := _jobs(how.jobs, returns)) > 1:
        yield from _in_processes(jobs, pack, returns, how)
    else:
        yield from _here(pack, returns, how)


def _here(pack: Pack, returns: Sequence[Given], how: HowToRead) -> Iterator[Sequence[Submission]]:
    for path, name in returns:
        yield [_read(pack, path, name, how.limits, passwords_for(name, how.passwords), how.kept)[0]]


def _in_processes(jobs: int, pack: Pack, returns: Sequence[Given], how: HowToRead) -> Iterator[Sequence[Submission]]:
    """By processes of this machine, of which this is one. When another is ended from outside (for want of memory, by a
    scanner for viruses) that costs time: what was under way is read again, one return after the other, and a return
    that ends its process again is refused."""
    left = list(returns)
    while left:
        done = 0
        try:
            with processes(jobs - 1) as executor:
                for part in _by(executor, jobs - 1, pack, left, how, here=True):
                    done += len(part)
                    yield part
            return
        except BrokenExecutor:
            under_way = done + LARGEST_PART * jobs * WAITING
            yield from _one_by_one(pack, left[done:under_way], how)
            left = left[under_way:]


def _one_by_one(pack: Pack, returns: Sequence[Given], how: HowToRead) -> Iterator[Sequence[Submission]]:
    from reconcile.intake import refused

    parts = _parts(pack, returns, how, [1] * len(returns))
    done = 0
    while done < len(parts):
        try:
            with processes(1) as executor:
                for part in each(_read_part, parts[done:], executor, 1):
                    done += 1
                    yield part.submissions
        except BrokenExecutor:
            path, name = returns[done]
            done += 1
            yield [refused(name, Refused("process_ended"), size=_size(path))]


def _by(
    executor: Executor, count: int, pack: Pack, returns: Sequence[Given], how: HowToRead, *, here: bool = False
) -> Iterator[Sequence[Submission]]:
    """By ``count`` processes, and by this one as well where it is to read ``here``."""
    parts = _parts(pack, returns, how, _sizes(len(returns), count + here))
    read_here = (lambda _, *given: _read_together(pack, *given)) if here else None
    for part in each(_read_part, parts, executor, count * WAITING, read_here):
        yield part.submissions


def _sizes(returns: int, count: int) -> list[int]:
    """How many returns the parts have, of which ``count`` are read at a time: the last ones are done together."""
    sizes: list[int] = []
    while returns:
        sizes.append(max(1, min(LARGEST_PART, returns // (count * PARTS_EACH))))
        returns -= sizes[-1]
    return sizes


def _parts(pack: Pack, returns: Sequence[Given], how: HowToRead, sizes: Sequence[int]) -> list[tuple[Any, ...]]:
    """The work on all returns, so many at a time, as :func:`_read_part` takes it."""
    packed = pickle.dumps(pack)
    given = iter([(path, name, passwords_for(name, how.passwords)) for path, name in returns])
    return [(packed, list(islice(given, size)), how.limits, how.kept) for size in sizes]


def _read_part(packed: bytes, returns: Sequence[Unread], limits: Limits, kept: Path | None) -> Together:
    """What another process does."""
    with collector_paused():
        return _read_together(_opened(packed), returns, limits, kept)


def _read_together(pack: Pack, returns: Sequence[Unread], limits: Limits, kept: Path | None) -> Together:
    """Some returns, one after the other."""
    read = [_read(pack, path, name, limits, words, kept) for path, name, words in returns]
    return Together(*zip(*read, strict=True))


@dataclass(frozen=True, slots=True)
class Together:
    """Returns that were read one after the other. Between processes their values travel ``packed``, as they were packed
    to be kept (None: they were not)."""

    submissions: Sequence[Submission]
    packed: Sequence[bytes | None]

    def __reduce__(self) -> tuple[Any, ...]:
        nothing = FactColumns()
        told = [replace(submission, columns=nothing) for submission in self.submissions]
        pairs = zip(self.submissions, self.packed, strict=True)
        return _opened_again, (told, [packed or submission.columns.packed() for submission, packed in pairs])


def _opened_again(told: Sequence[Submission], packed: Sequence[bytes]) -> Together:
    columns = map(FactColumns.unpacked, packed)
    read = [replace(submission, columns=own) for submission, own in zip(told, columns, strict=True)]
    return Together(read, [None] * len(read))


@lru_cache(maxsize=2)
def _opened(packed: bytes) -> Pack:
    """A pack that came from the process that asks; what is worked out from it is remembered with it."""
    pack: Pack = pickle.loads(packed)
    return pack


def _read(
    pack: Pack, path: Path, name: str, limits: Limits, passwords: Sequence[str], kept: Path | None
) -> tuple[Submission, bytes | None]:
    from reconcile.intake import read_return

    if kept is None:
        return read_return(path, name, pack, limits, passwords), None
    return Kept(kept).read(path, name, pack, limits, passwords)


def _jobs(wanted: int, returns: Sequence[Given]) -> int:
    if wanted == 0:
        wanted = (os.cpu_count() or 1) if sum(_size(path) for path, _ in returns) >= WORTH_BYTES else 1
    return max(1, min(wanted, len(returns)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # what cannot be read is said when it is its turn
