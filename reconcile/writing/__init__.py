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
    again: bool = False,
) -> Path | None:
    """Writes all outputs of a run into the folder ``out``.

    Args:
        run: what was read and found.
        out: the folder.
        lang: the language of everything a person reads.
        progress: told of each step.
        sources: the returns as they came, for the marked copies; without them none are made.
        again: copies and lines of an earlier output there may be taken over where they would be the same.

    Returns:
        Where an earlier output was kept because somebody had changed it, else None.

    Raises:
        OutputError: when the folder cannot be written; what stood there before is then as it was.
        NotConserved: when a figure was lost or doubled on the way, which is a bug; likewise.
    """
    from reconcile.writing import annotated, conservation, facts_csv, findings_jsonl, master, run_json
    from reconcile.writing.answers import earlier_answers
    from reconcile.writing.earlier_lines import Block
    from reconcile.writing.output import output_folder
    from reconcile.writing.voice import Voice

    voice = Voice(run.pack, lang)
    answers = earlier_answers(out, run)
    with output_folder(out) as building:
        folder = building.folder
        written: list[master.Written] = []
        copies: dict[str, annotated.Copy] = {}
        lines: list[Block] = []
        before = out if again else None
        steps: list[Callable[[], None]] = [
            lambda: copies.update(
                annotated.write(folder, run, sources, voice, answers.known, before) if sources else {}
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
            lambda: lines.extend(facts_csv.write(folder / "facts.csv", run, before / "facts.csv" if before else None)),
            lambda: conservation.check(folder, run, voice, written[0].places, written[0].tidy),
            lambda: run_json.write(folder, run, answers, copies.values(), lines),
        ]
        for number, step in enumerate(steps):
            progress("write", number, len(steps))
            step()
        progress("write", len(steps), len(steps))
    return building.kept
