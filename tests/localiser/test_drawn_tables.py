"""Over the drawn tables of the benchmark: true ones are never flagged, and what is proposed satisfies every edit."""

from random import Random

import pytest

from benchmarks.localisation.faults import FAULTS, VALUE, put
from benchmarks.localisation.outside import OUTSIDE
from benchmarks.localisation.plain import recompute
from benchmarks.localisation.tables import WEAK, drawn
from benchmarks.localisation.templates import KINDS
from reconcile.localiser import Result, localise
from reconcile.localiser.confrontation import Confrontation
from tests.localiser.drawing import first

SEEDS = range(900, 903)


def mended(table, result: Result) -> list[int | None]:
    """The values with the first candidate of every finding accepted."""
    values = list(table.values)
    for finding in result.findings:
        best = finding.candidates[0]
        for cell, value in zip(best.cells, best.proposed, strict=True):
            values[cell] = value
    return values


@pytest.mark.parametrize("kind", KINDS)
def test_true_tables_are_never_flagged(kind: str):
    for seed in SEEDS:
        table = drawn(kind, seed)
        assert localise(table.template.plan, table.values, states=table.states).status in ("clean", "rounding_only")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("wide")])
def test_every_proposal_satisfies_every_edit(kind: str):
    for name in (*FAULTS, *OUTSIDE):
        table = drawn(kind, 910)
        if put(table, name, Random(name), faults=FAULTS | OUTSIDE) is None:
            continue
        result = localise(table.template.plan, table.values, states=table.states)
        for finding in result.findings if len(result.findings) == 1 else ():
            for candidate in finding.candidates:
                values = list(table.values)
                for cell, value in zip(candidate.cells, candidate.proposed, strict=True):
                    values[cell] = value
                at = Confrontation(table.template.plan, values, table.states)
                # The regime is read again from the mended table; what it was judged by before must hold.
                judged = Confrontation(table.template.plan, table.values, table.states)
                low_high = zip(at.residuals, judged.tolerance, judged.active, strict=True)
                assert all(low <= r <= high for r, (low, high), active in low_high if active)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WEAK])
def test_a_zero_too_many_is_always_found(kind: str):
    for seed in SEEDS:
        table = drawn(kind, seed)
        fault = put(table, "extra_zero", Random(f"{kind}{seed}"))
        assert fault is not None
        cells, proposed, cause = first(localise(table.template.plan, table.values, states=table.states))
        assert (dict(zip(cells, proposed, strict=True)), cause) == (fault.right, "extra_zero")


@pytest.mark.parametrize("kind", WEAK)
def test_weak_tables_claim_nothing(kind: str):
    for name in VALUE:
        for seed in SEEDS:
            table = drawn(kind, seed)
            if put(table, name, Random(f"{name}{seed}")):
                result = localise(table.template.plan, table.values, states=table.states)
                assert all(finding.status != "localised" for finding in result.findings)


@pytest.mark.parametrize("kind", ["cost_exact", "cost_half", "population", "plan", "wide_exact", "wide_half"])
def test_five_faults_are_mended_together(kind: str):
    table, random, faults = drawn(kind, 930), Random(kind), []
    while len(faults) < 5:
        fault = put(table, random.choice(["extra_zero", "thousandfold", "sign", "blanked"]), random, faults)
        faults += list(fault.right) if fault else []
    result = localise(table.template.plan, table.values, states=table.states)
    assert sorted(cell for f in result.findings for cell in f.candidates[0].cells) == sorted(faults)
    assert recompute(table.template.constraints, [v or 0 for v in mended(table, result)]) <= (
        0 if "half" not in kind else len(table.template.constraints)
    )


@pytest.mark.parametrize("name", [*FAULTS, *OUTSIDE])
def test_a_fault_knows_what_would_be_right(name: str):
    """Putting back what a fault tells satisfies the table again; otherwise the benchmark would measure nothing."""
    tried = 0
    for kind in ("cost_exact", "plan", "cumulative", "population"):
        table = drawn(kind, 940)
        fault = put(table, name, Random(name), faults=FAULTS | OUTSIDE)
        if fault is None:
            continue
        tried += 1
        assert all(table.values[cell] != value for cell, value in fault.right.items())
        for cell, value in fault.right.items():
            table.values[cell], table.states[cell] = value, "number"
        assert recompute(table.template.constraints, table.numbers()) == 0
    assert tried
