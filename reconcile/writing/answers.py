"""What was answered to findings in the rounds before this run, so that no answer has to be given twice.

Departments answer in the list that their marked copy brings back, the office in the error sheet of the master. Both are
carried over by the id of the finding, which is the same for the same fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reconcile.annotate.answers import Answer, answers_in, answers_of
from reconcile.consolidate import Consolidated
from reconcile.package import Limits, Refused, open_workbook
from reconcile.writing.earlier import changed, recorded
from reconcile.writing.voice import Voice
from reconcile.writing.words import words

MASTER = "master.xlsx"
_CHOICES = ("corrected", "stands")


@dataclass(frozen=True, slots=True)
class Answers:
    """``known`` are the answers by finding, ``replies`` those among them that the lists of the returns say."""

    known: Mapping[str, Answer] = field(default_factory=dict)
    replies: Mapping[str, Answer] = field(default_factory=dict)


def earlier_answers(out: Path, run: Consolidated, seal: str = "") -> Answers:
    """The answers known before this run: those of the earlier output in the folder ``out`` and those that the returns
    bring back. ``seal`` is that of the earlier output, where one was set.

    The newest goes before the others: what somebody has changed in the master since it was written, then what a list
    says for the first time, then what earlier runs knew. Answers to findings that are no longer there are kept, for
    these may come back.
    """
    before, replies, typed = _recorded(out), _returned(run), _typed(out, seal)
    found = {**before.known, **{key: own for key, own in replies.items() if before.replies.get(key) != own}}
    if typed is not None:
        listed = {finding.id for finding in run.findings}
        found |= {key: answer for key, answer in typed.items() if before.known.get(key) != answer}
        cleared = (before.known.keys() - typed.keys()) & listed
        found = {key: own for key, own in found.items() if key not in cleared or before.known[key] != own}
    return Answers(dict(sorted(found.items())), dict(sorted(replies.items())))


def in_words(answer: Answer, voice: Voice) -> Answer:
    """The answer with its choice in the language of the run, whichever it was made in."""
    for key in _CHOICES:
        if answer[0] in (words()[key].ja, words()[key].en):
            return voice.word(key), *answer[1:]
    return answer


def _returned(run: Consolidated) -> dict[str, Answer]:
    """Those in the lists that came back with the returns; a department answers for what it was told of."""
    findings = {finding.id: finding for finding in run.findings}
    found: dict[str, Answer] = {}
    for submission in run.submissions:
        for key, answer in submission.replies.items():
            finding = findings.get(key)
            files = {part.ref.file for part in finding.cells} if finding else set()
            strange = finding and submission.department and finding.department != submission.department
            if not strange or submission.file in files:
                found[key] = answer
    return found


def _recorded(out: Path) -> Answers:
    """Those that the earlier run knew, as its run.json has them."""
    record = recorded(out)
    return Answers(answers_of(record.get("answers")), answers_of(record.get("replies")))


def _typed(out: Path, seal: str) -> dict[str, Answer] | None:
    """Those on the error sheet of the earlier master, where somebody has changed it since; None where nobody has, or it
    cannot be read (the changed output is then kept beside the new one)."""
    if not changed(out, seal, (MASTER,)):
        return None
    try:
        workbook = open_workbook(out / MASTER, Limits())
    except (Refused, OSError):
        return None
    found: dict[str, Answer] = {}
    for sheet in workbook.sheets:
        found |= answers_in(sheet, (words()["answer"].ja, words()["answer"].en), date1904=workbook.date1904)
    return found
