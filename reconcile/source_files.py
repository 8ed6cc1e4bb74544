"""The returns as they came: opened again where a finding or a copy needs more of a file than its values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reconcile.package import Limits, Refused, Sheet, open_bytes
from reconcile.submissions import Submission

# The formats whose own parts are read.
_PACKAGES = ("xlsx", "xlsm")


class SourceFiles:
    """Files of the returns, by the names of these; two may have the same name.

    Args:
        returns: path and name of each file.
        limits: how much of a file is unpacked.
    """

    def __init__(self, returns: Iterable[tuple[Path, str]] = (), limits: Limits | None = None) -> None:
        self._paths: dict[str, list[Path]] = {}
        for path, name in returns:
            self._paths.setdefault(name, []).append(path)
        self.limits = limits
        self._opened: tuple[str, Mapping[str, Sheet]] = ("", {})

    def content(self, submission: Submission) -> bytes | None:
        """The bytes that were read, when they are a package with parts of its own and have not changed since."""
        if submission.kind not in _PACKAGES or submission.refused not in ("", "no_form"):
            return None
        for path in self._paths.get(submission.file, ()):
            try:
                content = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest() == submission.digest:
                return content if content.startswith(b"PK") else None
        return None

    def sheets(self, submission: Submission) -> Mapping[str, Sheet]:
        """The sheets by name, of the file that was asked for last without reading it again; none where it cannot be."""
        if self._opened[0] != submission.digest:
            content = self.content(submission)
            sheets: Sequence[Sheet] = ()
            if content is not None:
                with suppress(Refused):
                    sheets = open_bytes(content, submission.file, self.limits or Limits()).sheets
            self._opened = (submission.digest, {sheet.name: sheet for sheet in sheets})
        return self._opened[1]
