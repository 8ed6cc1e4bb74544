"""``reconcile run``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconcile.cli.console import console, said
from reconcile.cli.exits import Exit
from reconcile.cli.outcome import exit_of, print_answers, print_counts, print_own_code
from reconcile.cli.progress import shown_progress
from reconcile.cli.settings import Settings, find_pack, options_of
from reconcile.consolidate import Consolidated
from reconcile.findings import Finding

# The outputs in the order in which one opens them, and the words of ui.yaml that say what they are.
OUTPUTS = (
    ("master.xlsx", "master"),
    ("annotated", "annotated"),
    ("findings.jsonl", "findings"),
    ("facts.csv", "facts"),
    ("run.json", "run"),
)


def run_command(
    pack_name: str, returns: Sequence[Path], out: Path, given: Settings, strict: bool, as_json: bool
) -> Exit:
    """Runs, and says what came of it."""
    from reconcile import pipeline

    lang = given.lang
    pack = find_pack(pack_name)
    with shown_progress(lang) as progress:
        run = pipeline.run(pack, returns, out, options_of(given, progress))
    if as_json:
        from reconcile.writing.plain_text import plain_json
        from reconcile.writing.run_json import summary

        kept = str(run.kept) if run.kept else None
        print(plain_json({"out": str(out), "kept": kept, **summary(run)}, indent=2))
    else:
        print_answers(run, lang)
        print_counts(own_findings(run), run.tallies.values(), lang)
        print_own_code(pack, lang, ran=given.allow_code)
        print_outputs(out, lang, run.kept)
    return exit_of(own_findings(run), strict)


def own_findings(run: Consolidated) -> list[Finding]:
    """The findings with a line of their own; what follows from another is gone when that is corrected."""
    return [finding for finding in run.findings if not finding.root]


def print_outputs(out: Path, lang: str, kept: Path | None = None) -> None:
    """Where the workbooks are, and where an earlier output is that somebody had changed."""
    screen = console()
    screen.print(said("said", "written", lang, folder=str(out)))
    for name, key in OUTPUTS:
        if (out / name).exists():
            screen.print(f"  {out / name}  {said('said', key, lang)}")
    if kept is not None:
        screen.print(said("said", "kept", lang, folder=str(kept)))
