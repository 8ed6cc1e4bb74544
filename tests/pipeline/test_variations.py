"""Whatever way a department lays its forms out, the same is read and the same is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan2022.making.collections import write_returns
from plan2022.making.layouts import VARIATIONS

from reconcile.consolidate import Consolidated
from reconcile.facts import BLANK
from reconcile.packs import Pack
from reconcile.pipeline import Options, run

# Fields that only some templates have a column for.
OF_THE_TEMPLATE = ("unit", "basis")

Told = set[tuple[str, ...]]


def figures(result: Consolidated) -> Told:
    """What is read: file, sheet, cell and raw text aside; figures without trailing zeros."""
    facts = result.facts
    told: Told = set()
    for n in range(len(facts)):
        name, version, period = facts.parts(n)
        if name in OF_THE_TEMPLATE or facts.state[n] == BLANK:
            continue
        value = facts.value[n]
        told.add(
            (
                str(facts.department[n]),
                str(facts.form[n]),
                str(facts.record[n]),
                str(facts.level[n]),
                name,
                version,
                period,
                str(facts.component[n]),
                "" if value is None else str(value.normalize()),
                str(facts.unit[n]),
                str(facts.state[n]),
            )
        )
    return told


def errors(result: Consolidated) -> Told:
    """Errors by code, form, record and field."""
    return {(f.department, f.code, f.form, f.record, f.field) for f in result.findings if f.severity == "error"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, plan: Pack) -> dict[bool, Consolidated]:
    return {faults: made("plain", faults, tmp_path_factory.mktemp("plain"), plan) for faults in (False, True)}


def made(variation: str, faults: bool, folder: Path, plan: Pack) -> Consolidated:
    write_returns(folder, variation, faults)
    return run(plan, [folder], None, Options(jobs=1))


@pytest.mark.parametrize("variation", [name for name in VARIATIONS if name != "plain"])
def test_the_same_figures_and_the_same_errors(
    variation: str, plain: dict[bool, Consolidated], tmp_path: Path, plan: Pack
) -> None:
    honest = made(variation, False, tmp_path / "honest", plan)
    assert figures(honest) == figures(plain[False])
    assert errors(honest) == errors(plain[False])
    spoilt = made(variation, True, tmp_path / "spoilt", plan)
    assert errors(spoilt) == errors(plain[True])
