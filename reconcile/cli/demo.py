"""``reconcile demo``: the main job on the sample returns that come along."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from reconcile.cli.console import console, said
from reconcile.cli.outcome import print_answers, print_counts, print_finding
from reconcile.cli.progress import shown_progress
from reconcile.cli.run import own_findings, print_outputs
from reconcile.cli.settings import find_pack
from reconcile.findings import Finding

EXAMPLES = 5


def samples_folder() -> Path:
    """Where the samples lie: inside the wheel, or beside the package in a checkout.

    Raises:
        CannotRun: when they are not installed.
    """
    from reconcile.pipeline import CannotRun

    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data" / "samples", package.parent / "samples"):
        if (folder / "demo.yaml").is_file():
            return folder
    raise CannotRun("no_demo")


def demo_command(out: Path, lang: str) -> None:
    """Consolidates the samples into ``out`` and says in a few lines what it found and where the workbooks are."""
    from ruamel.yaml import YAML

    from reconcile import pipeline

    samples = samples_folder()
    settings = YAML(typ="safe").load((samples / "demo.yaml").read_text(encoding="utf-8"))
    pack = find_pack(settings["pack"])
    with shown_progress(lang) as progress:
        options = pipeline.Options(lang=lang, progress=progress)
        run = pipeline.run(pack, [samples / settings["returns"]], out, options)
    with (samples / settings["planted"]).open(encoding="utf-8-sig", newline="") as planted:
        faults = sum(1 for _ in csv.DictReader(planted))
    screen = console()
    screen.print(said("said", "demo", lang, returns=len(run.submissions), planted=faults))
    print_answers(run, lang)
    print_counts(own_findings(run), run.tallies.values(), lang)
    screen.print(said("said", "examples", lang))
    for finding in _examples(own_findings(run)):
        print_finding(finding, pack, lang)
    print_outputs(out, lang)


def _examples(findings: list[Finding]) -> Iterator[Finding]:
    """A few errors of different kinds, each of another department; those that say what was meant come first."""
    codes: set[str] = set()
    departments: set[str] = set()
    for finding in sorted(findings, key=lambda finding: finding.suggestion is None):
        if finding.severity == "error" and finding.code not in codes and finding.department not in departments:
            codes.add(finding.code)
            departments.add(finding.department)
            yield finding
        if len(codes) == EXAMPLES:
            return
