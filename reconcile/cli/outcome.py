"""What a run comes to, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from reconcile.cli.console import STYLES, console, said
from reconcile.cli.exits import Exit
from reconcile.consolidate import Consolidated
from reconcile.findings import SEVERITIES, Finding, Tally
from reconcile.messages import render, severity_meaning, severity_name
from reconcile.packs import Pack


def exit_of(findings: Iterable[Finding], strict: bool) -> Exit:
    """1 where something is at error, or with ``strict`` a warning; else 0."""
    severities = {finding.severity for finding in findings}
    failed = "error" in severities or (strict and "warning" in severities)
    return Exit.FINDINGS if failed else Exit.GOOD


def print_counts(findings: Iterable[Finding], tallies: Iterable[Tally], lang: str) -> None:
    """How many findings of each severity and what they ask; how many points were checked. A good end says so."""
    from rich.text import Text

    screen = console()
    counts = Counter(finding.severity for finding in findings)
    for severity in SEVERITIES:
        if counts[severity]:
            name, meaning = severity_name(severity, lang), severity_meaning(severity, lang)
            line = said("said", "counts", lang, name=name, count=counts[severity], meaning=meaning)
            screen.print(Text(line, style=STYLES[severity]))
    total = Tally()
    for tally in tallies:
        total.add(tally)
    numbers = {
        "checked": total.passed + total.failed + total.unjudged,
        "passed": total.passed,
        "failed": total.failed,
        "unjudged": total.unjudged,
    }
    key = "checked" if counts["error"] else "good" if total.failed else "all_good"
    screen.print(Text(said("said", key, lang, **numbers), style="" if counts["error"] else "green"))


def print_finding(finding: Finding, pack: Pack, lang: str) -> None:
    """Severity, code and sentence; what was probably meant; how many findings go away with it."""
    from rich.padding import Padding
    from rich.text import Text

    from reconcile.writing.voice import Voice

    line = Text(severity_name(finding.severity, lang), style=STYLES[finding.severity])
    line.append(f" {finding.code} ", style="not bold dim")
    line.append(render(finding, pack, lang), style="default not bold")
    likely = Voice(pack, lang).cause(finding)
    if likely:
        line.append(said("said", "likely", lang, cause=likely), style="default not bold")
    if finding.effects:
        line.append(said("said", "effects", lang, count=len(finding.effects)), style="default not bold dim")
    screen = console()
    screen.print(Padding(line, (0, 0, 0, 2)) if screen.is_terminal else Text("  ") + line)


def print_answers(run: Consolidated, lang: str) -> None:
    """Who has answered, and what among the files was not taken for a return."""
    screen = console()
    expected = run.pack.expected_departments()
    answered = {answer.department for answer in run.answers if answer.files}
    absent = tuple(department for department in expected if department not in answered)
    screen.print(said("said", "answered", lang, expected=len(expected), answered=len(expected) - len(absent)))
    if absent:
        screen.print(said("said", "not_answered", lang, departments=absent))
    if run.skipped:
        screen.print(said("said", "skipped", lang, count=len(run.skipped), reasons=_reasons(run.skipped, lang)))


def _reasons(skipped: Iterable[tuple[str, str]], lang: str) -> str:
    from reconcile.catalogue import term

    counts: Mapping[str, int] = Counter(why for _, why in skipped)
    parts = [said("said", "skipped_reason", lang, why=term("skipped", why, lang), count=n) for why, n in counts.items()]
    return ("、" if lang == "ja" else ", ").join(parts)
