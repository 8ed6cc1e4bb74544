"""How far a run is, on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SECONDS = 0.1  # between two pictures of the bars


@contextmanager
def shown_progress(lang: str) -> Iterator[Callable[[str, int, int], None]]:
    """Gives the function a run reports to: stage, how many are done, of how many."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    from reconcile.cli.console import console, said

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Only what is reported moves, so no thread is needed to show it: a process with a single one can be copied.
    with Progress(*columns, console=console(sys.stderr), transient=True, auto_refresh=False) as bar:
        tasks: dict[str, TaskID] = {}
        due = 0.0

        def report(stage: str, done: int, total: int) -> None:
            nonlocal due
            if stage not in tasks:
                tasks[stage] = bar.add_task(said("stage", stage, lang), total=total)
            elif done < total and time.monotonic() < due:
                return
            bar.update(tasks[stage], completed=done, total=total, refresh=True)
            due = time.monotonic() + _SECONDS

        yield report
