"""What a command's exit code says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The codes, named once."""

    GOOD = 0  # nothing at error; a demo that did its job
    FINDINGS = 1  # findings at error (with --strict, warnings too)
    COULD_NOT = 2  # nothing was done: usage, pack, input, output
    INTERRUPTED = 130  # Ctrl-C, as shells have it: 128 + SIGINT
    PIPE_CLOSED = 141  # the reader of a pipe went away: 128 + SIGPIPE
