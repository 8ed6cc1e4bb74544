"""Writes what a run comes to: the master workbook, findings.jsonl, facts.csv and run.json, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reconcile.consolidate import Consolidated
from reconcile.source_files import SourceFiles

Progress = Callable[[str, int, int], None]


def write(
    run: Consolidated,
    out: Path,
    lang: str,
    progress: Progress = lambda *_: None,
    sources: SourceFiles | None = None,
    kept: Path | None = None,
) -> Path | None:
    """Writes all outputs of a run into the folder ``out``.

    Args:
        run: what was read and found.
        out: the folder.
        lang: the language of everything a person reads.
        progress: told of each step.
        sources: the returns as they came, for the marked copies; without them none are made.
        kept: the folder of what is kept from run to run; from an earlier output that is remembered there copies are
            taken over where they would be the same.

    Returns:
        Where an earlier output was kept because somebody had changed it, else None.

    Raises:
        OutputError: when the folder cannot be written; what stood there before is then as it was.
        NotConserved: when a figure was lost or doubled on the way, which is a bug; likewise.
    """
    from reconcile.writing import annotated, conservation, facts_csv, findings_jsonl, master, run_json
    from reconcile.writing.annotated.earlier_copies import EarlierCopies
    from reconcile.writing.answers import earlier_answers
    from reconcile.writing.output import output_folder
    from reconcile.writing.remembered import remember, remembered
    from reconcile.writing.voice import Voice

    voice = Voice(run.pack, lang)
    before = remembered(kept, out)
    earlier = EarlierCopies(out, before.copies)
    answers = earlier_answers(out, run, before.seal)
    with output_folder(out, before.seal) as building:
        folder = building.folder
        written: list[master.Written] = []
        copies: dict[str, annotated.Copy] = {}
        steps: list[Callable[[], None]] = [
            lambda: copies.update(
                annotated.write(folder, run, sources, voice, answers.known, earlier) if sources else {}
            ),
            lambda: written.append(
                master.write(
                    folder / "master.xlsx",
                    run,
                    voice,
                    {file: copy.path for file, copy in copies.items()},
                    answers=answers.known,
                )
            ),
            lambda: findings_jsonl.write(folder / "findings.jsonl", run.findings, voice),
            lambda: facts_csv.write(folder / "facts.csv", run),
            lambda: conservation.check(folder, run, voice, written[0].places, written[0].tidy),
            lambda: run_json.write(folder, run, answers, copies.values()),
        ]
        for number, step in enumerate(steps):
            progress("write", number, len(steps))
            step()
        progress("write", len(steps), len(steps))
    if kept is not None:
        remember(kept, out, {copy.made_of: copy.path for copy in copies.values() if copy.made_of})
    return building.kept
