"""Printing: to people on a terminal, to files and pipes, and in words when a command cannot do its work."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from reconcile.cli.exits import Exit

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def prepare_streams() -> None:
    """Lets no character stop the output: a Windows console (cp932) knows neither ₂ nor 𠮷 and shows ? for them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def console(stream: TextIO | None = None) -> Console:
    """Where to print. Lines wrap on a terminal only; what a text says is never taken for markup."""
    from rich import console as rich

    class Console(rich.Console):
        def on_broken_pipe(self) -> None:
            # rich would end the program with 1, which here means findings.
            raise BrokenPipeError

    stream = stream or sys.stdout
    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())


def said(group: str, key: str, lang: str, **data: object) -> str:
    """A sentence of ``ui.yaml``. What is put in comes from the user or a file, and is made safe to print."""
    from reconcile.catalogue import words
    from reconcile.messages import filled

    return filled(words("ui")[group][key].get(lang), data, lang)


def complain(key: str, lang: str, **data: object) -> None:
    """One clear sentence on stderr: why nothing was done."""
    print(said("cannot", key, lang, **data), file=sys.stderr)


@contextmanager
def answering(lang: str) -> Iterator[None]:
    """Turns whatever ends a command early into a sentence and its exit code; a traceback is for our own bugs only."""
    import typer

    from reconcile.packs import PackError
    from reconcile.pipeline import CannotRun

    try:
        yield
        # A pipe that was closed says so here, not when the interpreter ends.
        sys.stdout.flush()
    except typer.Exit:
        raise
    except CannotRun as why:
        complain(why.key, lang, **why.data)
        raise typer.Exit(Exit.COULD_NOT) from None
    except PackError as wrong:
        if wrong.pack:
            complain("pack_error", lang, pack=wrong.pack)
        print(wrong.text(lang), file=sys.stderr)
        raise typer.Exit(Exit.COULD_NOT) from None
    except KeyboardInterrupt:
        complain("interrupted", lang)
        # One that came while Python evaluated a text (of a named tuple or dataclass that is imported) would end the
        # process by that signal after all; the next text that is evaluated lets it be forgotten.
        eval("None")
        raise typer.Exit(Exit.INTERRUPTED) from None
    except BrokenPipeError:
        # Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(Exit.PIPE_CLOSED) from None
    except Exception as bug:
        if isinstance(bug, OSError) and bug.errno == errno.ENAMETOOLONG:
            # Whichever name it was that a command asked the system about.
            complain("name_too_long", lang, path=str(bug.filename or ""))
            raise typer.Exit(Exit.COULD_NOT) from None
        import traceback

        traceback.print_exc()
        complain("crashed", lang, what=type(bug).__name__)
        raise typer.Exit(Exit.COULD_NOT) from None
