"""Options of the commands turned into what the pipeline takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.pipeline import CannotRun, Options, Progress

if TYPE_CHECKING:
    from reconcile.package import Limits
    from reconcile.packs import Pack

_SCALES = {"": 1, "K": 10**3, "KB": 10**3, "M": 10**6, "MB": 10**6, "G": 10**9, "GB": 10**9}


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of ``reconcile run`` as they were given."""

    lang: str
    jobs: int = 0
    password_file: Path | None = None
    limits: Sequence[str] = ()
    previous: Path | None = None
    as_of: str = ""
    cache: bool = True
    executor: str = ""
    allow_code: bool = False


def options_of(given: Settings, progress: Progress) -> Options:
    """What the pipeline takes. Raises CannotRun: a password file, limit or day that is none."""
    from reconcile.kept import usual_folder

    return Options(
        lang=given.lang,
        jobs=given.jobs,
        passwords=read_passwords(given.password_file),
        limits=read_limits(given.limits),
        progress=progress,
        previous=given.previous,
        as_of=read_day(given.as_of),
        kept=usual_folder() if given.cache else None,
        executor=given.executor or None,
        allow_code=given.allow_code,
    )


def find_pack(name: str) -> Pack:
    """A pack by name or folder.

    Raises:
        CannotRun: when there is none.
        PackError: when its files have mistakes (each with file and line).
    """
    from reconcile.packs.load import available, load

    packs = available()
    if name not in packs and not (Path(name) / "pack.yaml").is_file():
        raise CannotRun("no_pack", pack=name, known=tuple(packs) or "―")
    return load(name)


def read_passwords(path: Path | None) -> Mapping[str, Sequence[str]]:
    """Passwords by department or file, those of nobody in particular under "": one a line, after the name and a tab,
    or alone.

    Raises:
        CannotRun: when the file cannot be read as text.
    """
    if path is None:
        return {}
    try:
        lines = _decoded(path.read_bytes()).splitlines()
    except (OSError, UnicodeDecodeError):
        raise CannotRun("password_file", path=str(path)) from None
    passwords: dict[str, list[str]] = {}
    for line in lines:
        owner, tab, password = line.partition("\t")
        if line.strip():
            passwords.setdefault(owner.strip() if tab else "", []).append(password if tab else line)
    return passwords


def _decoded(content: bytes) -> str:
    """The text of a list as offices keep it: UTF-8, or as Notepad and Excel on Windows write it (UTF-16, Shift_JIS)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932")


def read_limits(given: Sequence[str]) -> Limits:
    """Limits from ``name=value``: ``file_bytes=200MB``, ``seconds=60``.

    Raises:
        CannotRun: for a name or value that is none.
    """
    from reconcile.package import Limits

    limits = Limits()
    known = {part.name for part in fields(Limits)}
    for setting in given:
        name, _, value = setting.partition("=")
        amount = _amount(value.strip())
        if name.strip() not in known or amount is None:
            raise CannotRun("limit", given=setting, known=tuple(sorted(known)))
        limits = replace(limits, **{name.strip(): amount})
    return limits


def read_day(given: str) -> date | None:
    """A day as people write it (2023-01-20, 令和5年1月20日); None where none is given.

    Raises:
        CannotRun: for what is no day.
    """
    from reconcile.normalise import read_date

    if not given.strip():
        return None
    day = read_date("s", given, "", False)
    if day is None:
        raise CannotRun("as_of", given=given)
    return day


def _amount(text: str) -> int | None:
    digits = text.rstrip("KMGBkmgb")
    scale = _SCALES.get(text[len(digits) :].upper())
    return int(digits) * scale if scale and digits.isascii() and digits.isdigit() and int(digits) > 0 else None
