"""What a run comes to, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reconcile.cli.console import STYLES, console, said
from reconcile.cli.exits import Exit
from reconcile.cli.flow import columns, flowed
from reconcile.consolidate import Consolidated
from reconcile.findings import SEVERITIES, Finding, Tally
from reconcile.messages import render, severity_meaning, severity_name
from reconcile.packs import Pack

if TYPE_CHECKING:
    from rich.text import Text


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
    """Severity and code in narrow columns of their own, then the sentence; what was probably meant; what follows."""
    from rich.text import Text

    from reconcile.writing.voice import Voice

    sentences = [render(finding, pack, lang)]
    likely = Voice(pack, lang).cause(finding)
    if likely:
        sentences.append(said("said", "likely", lang, cause=likely))
    if finding.effects:
        sentences.append(said("said", "effects", lang, count=len(finding.effects)))
    names = {severity: severity_name(severity, lang) for severity in SEVERITIES}
    name = names[finding.severity]
    line = Text("  ")
    line.append(name, style=STYLES[finding.severity])
    line.append(" " * (max(map(columns, names.values())) - columns(name) + 2))
    line.append(f"{finding.code}  ", style="dim")
    print_hanging(line, ("" if lang == "ja" else " ").join(sentences))


def print_hanging(head: Text, sentence: str) -> None:
    """A sentence behind its head; on a terminal its further lines begin where the first did."""
    screen = console()
    indent = columns(head.plain)
    lines = flowed(sentence, max(screen.width - indent, 20)) if screen.is_terminal else [sentence]
    for number, text in enumerate(lines):
        screen.print(head + text if number == 0 else " " * indent + text)


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


def print_own_code(pack: Pack, lang: str, *, ran: bool) -> None:
    """That the pack has checks of its own which were not run, for want of ``--allow-code``."""
    from reconcile.rules.own import own_code

    path = own_code(pack.folder)
    if path is not None and not ran:
        console().print(said("said", "own_code", lang, path=str(path)))
