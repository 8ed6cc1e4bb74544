"""``reconcile check``: a department's own look at its return before it submits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reconcile.cli.console import console, said
from reconcile.cli.exits import Exit
from reconcile.cli.outcome import exit_of, print_counts, print_finding, print_hanging, print_own_code
from reconcile.cli.progress import shown_progress
from reconcile.cli.run import own_findings
from reconcile.cli.settings import Settings, find_pack, options_of
from reconcile.consolidate import Consolidated
from reconcile.findings import SEVERITIES, CellRef, Finding, Tally, Unjudged
from reconcile.messages import clean, place_ref, why_text
from reconcile.messages.values import written
from reconcile.packs import Pack

# So many equal findings of a sheet are printed in full, and so many places of the others are named.
IN_FULL = 3
PLACES = 3


def check_command(
    pack_name: str, files: Sequence[Path], given: Settings, strict: bool, show_all: bool, as_json: bool
) -> Exit:
    """Checks the files, prints what it found and writes nothing."""
    from reconcile import pipeline

    lang = given.lang
    pack = find_pack(pack_name)
    with shown_progress(lang) as progress:
        run = pipeline.check(pack, files, options_of(given, progress))
    findings, tallies, unjudged = about_these(run)
    if as_json:
        print_json(pack, findings, unjudged, lang)
    else:
        for group in by_sheet(findings):
            print_sheet(group, pack, lang, show_all)
        print_unjudged(unjudged, sum(tally.unjudged for tally in tallies.values()), lang)
        print_counts(findings, tallies.values(), lang)
        print_own_code(pack, lang, ran=given.allow_code)
    return exit_of(findings, strict)


def about_these(run: Consolidated) -> tuple[list[Finding], Mapping[str, Tally], list[Unjudged]]:
    """What concerns the files given. That others have not answered yet is no business of who checks his own."""
    here = {s.department for s in run.submissions if s.department}
    findings = [f for f in own_findings(run) if f.ref.file or f.department in here]
    elsewhere = Counter(f.code for f in run.findings if not f.ref.file and f.department not in here)
    unjudged = [u for u in run.unjudged if u.ref.file and u.department in {"", *here}]
    unknown = Counter(u.code for u in run.unjudged) - Counter(u.code for u in unjudged)
    tallies = {
        code: Tally(tally.passed, max(0, tally.failed - elsewhere[code]), max(0, tally.unjudged - unknown[code]))
        for code, tally in run.tallies.items()
    }
    return findings, tallies, unjudged


def by_sheet(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings sheet by sheet, in the order they come in; in each what blocks first, then by row and column."""
    sheets: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        sheets.setdefault((finding.department, finding.ref.file, finding.ref.sheet), []).append(finding)

    def urgency(finding: Finding) -> tuple[int, int, int]:
        ref = place_ref(finding)
        return SEVERITIES.index(finding.severity), ref.row, ref.column

    return [sorted(group, key=urgency) for group in sheets.values()]


def print_sheet(findings: Sequence[Finding], pack: Pack, lang: str, show_all: bool) -> None:
    """One sheet's findings under its heading; of many equal ones the first in full and where the others are."""
    from rich.text import Text

    screen = console()
    first = findings[0]
    parts = (
        first.department or said("said", "unknown_department", lang),
        first.ref.file,
        first.ref.sheet or said("said", "whole_file", lang),
    )
    screen.print("　".join(clean(part) for part in parts if part), style="bold")
    equal: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        equal.setdefault((finding.code, finding.variant), []).append(finding)
    for group in equal.values():
        shown = group if show_all or len(group) <= IN_FULL + 1 else group[:IN_FULL]
        for finding in shown:
            print_finding(finding, pack, lang)
        if len(shown) < len(group):
            rest = [place_ref(finding) for finding in group[len(shown) :]]
            more = said("said", "and_more", lang, count=len(rest), places=_places(rest, rest[0], lang))
            print_hanging(Text("    "), more)
    screen.print()


def print_unjudged(unjudged: Sequence[Unjudged], total: int, lang: str) -> None:
    """What could not be checked, and why; one line a reason. ``total`` counts unreadable cells as well."""
    if not total:
        return
    from rich.text import Text

    screen = console()
    screen.print(said("said", "unjudged_title", lang, count=total), style="bold")
    reasons: dict[tuple[str, str, str], list[CellRef]] = {}
    for item in unjudged:
        places = reasons.setdefault((item.why, item.ref.file, item.ref.sheet), [])
        if item.ref not in places:
            places.append(item.ref)
    for (why, _, _), places in sorted(reasons.items()):
        where = _places(places, CellRef(places[0].file), lang)
        print_hanging(Text("  "), said("said", "unjudged", lang, places=where, why=why_text(why, lang)))
    if total > len(unjudged):
        print_hanging(Text("  "), said("said", "unjudged_cells", lang, count=total - len(unjudged)))
    screen.print()


def _places(places: Sequence[CellRef], near: CellRef, lang: str) -> str:
    """The first few places, and how many more there are."""
    named = written(tuple(places[:PLACES]), near, lang)
    if len(places) <= PLACES:
        return named
    comma = "、" if lang == "ja" else ", "
    return named + comma + said("said", "more_places", lang, count=len(places) - PLACES)


def print_json(pack: Pack, findings: Sequence[Finding], unjudged: Sequence[Unjudged], lang: str) -> None:
    """The findings as in findings.jsonl, and what could not be judged."""
    from reconcile.writing.findings_jsonl import as_object
    from reconcile.writing.plain_text import plain_json
    from reconcile.writing.voice import Voice

    voice = Voice(pack, lang)
    missing = [
        {"code": u.code, "file": u.ref.file, "sheet": u.ref.sheet, "cell": u.ref.a1, "record": u.record, "why": u.why}
        for u in unjudged
    ]
    record = {"findings": [as_object(finding, voice) for finding in findings], "unjudged": missing}
    print(plain_json(record, indent=2))
