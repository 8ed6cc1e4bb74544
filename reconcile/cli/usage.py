"""What was wrong with how a command was given, in the reader's language."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from reconcile.cli.exits import Exit

# What typer says in English alone and gives no name to.
NO_COMMAND = re.compile(r"No such command '(?P<given>.*)'\.", re.DOTALL)
EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<given>.*)\)", re.DOTALL)


def explain_usage(error: Any, arguments: Sequence[str]) -> int:
    """Says on stderr what ``error`` (a usage error of typer: with ``format_message``, ``ctx``, ``param``) means and
    how to go on. The exit code."""
    from reconcile.cli.console import said

    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), end="", file=sys.stderr)
        return Exit.COULD_NOT
    key, data = _meaning(error)
    command = error.ctx.command_path if getattr(error, "ctx", None) else "reconcile"
    print(said("usage", key, _language(arguments), command=command, **data), file=sys.stderr)
    return Exit.COULD_NOT


def _meaning(error: Any) -> tuple[str, dict[str, object]]:
    """The entry of ``usage`` in ``ui.yaml``, and what it is filled with."""
    message = str(error.format_message())
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "MissingParameter" and param is not None:
        return "missing", {"what": _name(param)}
    if kind == "NoSuchOption":
        near = sorted(error.possibilities or ())
        return ("no_option_near" if near else "no_option"), {"given": error.option_name, "near": ", ".join(near)}
    if kind == "BadOptionUsage":
        return "no_value", {"given": error.option_name}
    if param is not None:
        return "unreadable", {"what": _name(param), "why": error.message}
    for pattern, key in ((NO_COMMAND, "no_command"), (EXTRA, "extra")):
        if match := pattern.match(message):
            return key, {"given": match["given"]}
    return "other", {"why": message}


def _name(param: Any) -> str:
    """``--out`` or ``RETURNS``."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name).strip("[]").removesuffix("...")


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, found in what could not be understood as a whole; Japanese where none is."""
    given = os.environ.get("RECONCILE_LANG", "")
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang":
            given = following
        elif argument.startswith("--lang="):
            given = argument.removeprefix("--lang=")
    return "en" if given == "en" else "ja"
