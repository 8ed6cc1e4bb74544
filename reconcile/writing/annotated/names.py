"""What a marked return is called: by its department, and never by anything that leads out of the folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from reconcile.submissions import Submission

# What Windows allows in no name; a path cannot be made of what is left.
_BARRED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
_LONGEST = 180  # bytes of UTF-8; most file systems end at 255
_ENDINGS = {"xlsx": (".xlsx", ".xltx"), "xlsm": (".xlsm", ".xltm")}


class Names:
    """Gives each return a name of its own, whatever the case of letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def stem(self, submission: Submission) -> str:
        """The department, numbered from its second file on; the file's own name where nobody is known to answer."""
        wanted = safe(submission.department or PurePosixPath(submission.file).stem)
        stem, number = wanted, 2
        while _folded(stem) in self._taken:
            stem, number = f"{wanted}-{number}", number + 1
        self._taken.add(_folded(stem))
        return stem


def ending(submission: Submission) -> str:
    """The return's own ending where it says what the file is; else the right one, for Excel opens nothing else."""
    own = PurePosixPath(submission.file).suffix
    return own if own.lower() in _ENDINGS.get(submission.kind, ()) else f".{submission.kind}"


def safe(name: str) -> str:
    """A name without a path in it, that every system accepts."""
    kept = "".join(c if c.isprintable() or c == "\u3000" else "_" for c in unicodedata.normalize("NFC", name))
    kept = _BARRED.sub("_", kept).strip(" .\u3000")
    while len(kept.encode("utf-8", "replace")) > _LONGEST:
        kept = kept[:-1]
    kept = kept.rstrip(" .\u3000") or "_"
    return f"_{kept}" if _DEVICES.fullmatch(kept) else kept


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFKC", stem).casefold()
