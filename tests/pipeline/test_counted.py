"""Nothing passes by being unreadable: with every figure gone, what was judged is counted as not judged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reconcile.balances import judge as judge_balances
from reconcile.consolidate import Consolidated
from reconcile.facts import ERROR, NUMBER, Facts
from reconcile.findings import Tally
from reconcile.packs import load
from reconcile.pipeline import Options, check
from reconcile.rules import declared
from reconcile.rules.balance_findings import balance_findings
from reconcile.rules.basis import find_bases
from reconcile.rules.context import Confrontation

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# What compares figures with figures, and nothing else.
OF_FIGURES = {
    "plan2022": ("BAL001", "BAL002", "BAL003", "BAL004", "CUM001", "CUM002", "CUM005", "PRG001", "PRG002", "PRG003", "DUP002"),
    "welfare2024": ("CUM005", "RAT001", "RAT004"),
    "districts2022": ("BAL003", "BAL007", "CUM003", "RAT003"),
}  # fmt: skip


def tallies(run: Consolidated, facts: Facts) -> dict[str, Tally]:
    """Per code of figures, what its checks come to over these facts."""
    required = {(form.form, slot) for form in run.pack.forms.values() for slot in form.required_slots()}
    due = [(f, s) in required and at == "record" for f, s, at in zip(facts.form, facts.slot, facts.level, strict=True)]
    # On what totals rest is told by labels and units, which are still there.
    data = Confrontation(
        run.pack,
        facts,
        run.submissions,
        np.array(due, dtype=bool),
        np.ones(len(facts), dtype=bool),
        find_bases(run.pack, run.facts).basis,
    )
    found: dict[str, Tally] = {}
    for form in run.pack.forms.values():
        for own in form.checks:
            if own.code not in OF_FIGURES[run.pack.name]:
                continue
            outcome = declared(own.code)(own, form, data)
            tally = found.setdefault(own.code, Tally())
            tally.add(outcome.tally(own.code))
            judged = judge_balances(outcome.balances, facts, data.due)
            for code, more in balance_findings(data, outcome.balances, judged).tallies.items():
                if code == own.code:
                    tally.add(more)
    return found


@pytest.fixture(scope="module", params=OF_FIGURES)
def counted(request: pytest.FixtureRequest) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """The tallies over the honest returns of a pack, and over the same with an Excel error for every figure."""
    run = check(load(request.param), [SAMPLES / request.param / "returns"], Options(jobs=1))
    facts = run.facts
    gone = replace(facts, state=np.where(facts.state == NUMBER, ERROR, facts.state).astype(np.int8))
    return tallies(run, facts), tallies(run, gone)


def test_what_cannot_be_read_does_not_pass(counted: tuple[dict[str, Tally], dict[str, Tally]]) -> None:
    before, after = counted
    for code, there in before.items():
        gone = after[code]
        assert there.passed + there.failed > 0, code
        assert (gone.passed, gone.failed) == (0, 0), code
        assert gone.unjudged >= there.passed + there.failed + there.unjudged, code
