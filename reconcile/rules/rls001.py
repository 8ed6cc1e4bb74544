"""RLS001: a re-listed item (再掲) differs from its original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from reconcile.edits import equal
from reconcile.facts import ABSENT, BLANK, ERROR, MILESTONE, NUMBER, TEXT, Facts
from reconcile.findings import Finding
from reconcile.normalise import fold_name, fold_unit
from reconcile.packs.checks import RelistedCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.originals import Relisting, relistings
from reconcile.rules.relisted import without_mark

Comparison = Literal["same", "differs", "unknown"]
# How many characters around a difference are shown, so that its place in a long text is recognised.
AROUND = 6
# A text that is shorter is shown as a whole.
SHORT = 40


def judge(check: RelistedCheck, form: Form, data: Confrontation) -> Outcome:
    """The marked records that have an original: one finding a record, at the first cell that differs.

    Figures are compared as numbers with their units, names and descriptions folded and without the mark. What one
    of the templates has no cell for is not compared; an Excel error leaves the record unjudged.
    """
    outcome = Outcome()
    facts = data.facts
    for relisting in relistings(check, form, data):
        if not relisting.original:
            continue  # RLS002
        pairs = dict.fromkeys(_pairs(check, form, data, relisting))
        verdicts = {pair: compare(form, facts, *pair) for pair in pairs}
        figures = [pair for pair in pairs if facts.state[pair[0]] == facts.state[pair[1]] == NUMBER]
        outcome.edits += [equal(check.code, here, there) for here, there in figures]
        outcome.asking += [equal(check.code, *pair) for pair in pairs if _one_known(facts, *pair)]
        differ = [pair for pair, verdict in verdicts.items() if verdict == "differs"]
        unknown = [pair for pair, verdict in verdicts.items() if verdict == "unknown"]
        if not differ and unknown:
            outcome.unjudged.append(unjudged_at(facts, unknown[0][0], check.code, "relisted_not_readable"))
        elif not differ:
            outcome.passed += 1
        else:
            outcome.findings.append(_finding(check, form, facts, differ))
    return outcome


def _pairs(check: RelistedCheck, form: Form, data: Confrontation, relisting: Relisting) -> Iterator[tuple[int, int]]:
    """Positions of a value and of the original's value, for each slot of the fields compared."""
    table = data.table(form.form)
    assert table is not None
    for slot in form.slots():
        if slot.partition(".")[0] not in check.compare:
            continue
        cells = table.at(slot)
        for component, line in relisting.lines.items():
            other = relisting.original.get(component, relisting.original.get(""))
            if other is not None and ABSENT not in (cells[line], cells[other]):
                yield int(cells[line]), int(cells[other])


def _one_known(facts: Facts, here: int, there: int) -> bool:
    """Whether one of two is a figure, and of the other it is not known."""
    states = {int(facts.state[here]), int(facts.state[there])}
    return NUMBER in states and len(states) == 2 and bool(states & {BLANK, TEXT, ERROR})


def compare(form: Form, facts: Facts, here: int, there: int) -> Comparison:
    """A value against the original's. A state (―, 集計中, blank) is the same only as itself."""
    one, other = int(facts.state[here]), int(facts.state[there])
    if ERROR in (one, other):
        return "unknown"
    words = (TEXT, MILESTONE)
    if one in words and other in words:
        same = _bare(form, str(facts.raw[here])) == _bare(form, str(facts.raw[there]))
    elif one == NUMBER == other:
        units = [fold_unit(str(facts.unit[position])) for position in (here, there)]
        same = facts.number[here] == facts.number[there] and ("" in units or units[0] == units[1])
    else:
        same = one == other
    return "same" if same else "differs"


def _bare(form: Form, text: str) -> str:
    """A text without the mark, which stands in the headings of a re-listed record, too."""
    return fold_name(without_mark(form, form.relisted.field, text)) if form.relisted else fold_name(text)


def _finding(check: RelistedCheck, form: Form, facts: Facts, differ: list[tuple[int, int]]) -> Finding:
    here, there = differ[0]
    found, original = (str(facts.raw[position]) for position in (here, there))
    if facts.state[here] == BLANK:
        variant = "blank"
    elif max(len(found), len(original)) > SHORT:
        variant = "text"
        mark = form.relisted.mark if form.relisted else "(?!)"
        found, original = parted(*(re.sub(mark, "", text) for text in (found, original)))
    else:
        variant = ""
    return finding_at(
        facts,
        here,
        check.code,
        variant=variant,
        data={"part": found, "original": original, "original_cell": facts.ref(there), "count": len(differ)},
        cells=involved(facts, [one for one, _ in differ], "value")
        + involved(facts, [other for _, other in differ], "original"),
    )


def parted(one: str, other: str) -> tuple[str, str]:
    """The part in which two long texts differ, with a few characters around it; white space left out."""
    texts = ["".join(text.split()) for text in (one, other)]
    shorter = min(map(len, texts))
    start = next((n for n in range(shorter) if texts[0][n] != texts[1][n]), shorter)
    end = next((n for n in range(shorter - start) if texts[0][-1 - n] != texts[1][-1 - n]), shorter - start)
    here, there = (_cut(text, start, len(text) - end) for text in texts)
    return here, there


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
