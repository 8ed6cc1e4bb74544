"""How far a run is, on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown_progress(lang: str) -> Iterator[Callable[[str, int, int], None]]:
    """Gives the function a run reports to: stage, how many are done, of how many."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    from reconcile.cli.console import console, said

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console(sys.stderr), transient=True
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(said("stage", stage, lang), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report
