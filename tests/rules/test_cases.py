"""Every rule is shown by three cases: one that fails, the corrected one that passes, one that cannot be judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice import judged, pack_of

from reconcile import catalogue
from reconcile.catalogue.cases import FOLDER, Cases, Outcome, cases
from reconcile.consolidate import Consolidated
from reconcile.findings import Finding
from reconcile.messages import render

CODES = catalogue.codes()
WHOLE = sorted(path.stem for path in (Path(catalogue.__file__).parent / FOLDER).glob("*.yaml"))


def test_no_rule_is_without_cases_and_no_case_without_a_rule() -> None:
    assert set(WHOLE) == set(CODES)


def shown(run: Consolidated, code: str) -> list[Finding]:
    """The findings of a code that follow from no other one."""
    return [finding for finding in run.findings if finding.code == code and not finding.root]


def others(run: Consolidated, code: str) -> set[str]:
    return {finding.code for finding in run.findings if not finding.root} - {code}


def cells(run: Consolidated, given: Cases) -> list[str]:
    """The cells that findings name, with their sheet where it is not that of the first form."""
    return [
        f.cell if f.ref.sheet in ("", given.sheet) else f"{f.ref.sheet}!{f.cell}"
        for f in shown(run, given.code)
        if f.cell
    ]


@pytest.fixture
def run(code: str, outcome: Outcome, tmp_path: Path) -> Consolidated:
    given = cases(code)
    return judged(pack_of(given, tmp_path / "pack"), given, outcome, tmp_path)


@pytest.mark.parametrize("outcome", ["fail"])
def test_fails(code: str, run: Consolidated) -> None:
    """At the cells drawn; and the example of the catalogue is what the finding says."""
    given = cases(code)
    assert shown(run, code), [(f.code, f.cell) for f in run.findings]
    assert cells(run, given) == given.fail.at
    assert others(run, code) == set(given.fail.with_it)
    assert run.tallies[code].failed >= 1
    for lang in ("ja", "en"):
        assert render(shown(run, code)[0], run.pack, lang) == catalogue.entry(code).example.get(lang)


@pytest.mark.parametrize("outcome", ["pass"])
def test_passes(code: str, run: Consolidated) -> None:
    assert [(f.code, f.cell) for f in run.findings if f.code == code] == []
    assert others(run, code) == set(cases(code).passes.with_it)
    tally = run.tallies[code]
    assert (tally.passed > 0, tally.failed, tally.unjudged) == (True, 0, 0)


@pytest.mark.parametrize("outcome", ["unjudged"])
def test_cannot_be_judged(code: str, run: Consolidated) -> None:
    """It neither fails nor passes for want of a figure: it is counted apart."""
    given = cases(code).unjudged
    assert [(f.code, f.cell) for f in run.findings if f.code == code] == []
    assert others(run, code) == set(given.with_it)
    tally = run.tallies[code]
    assert (tally.failed, tally.unjudged > 0) == (0, True)
    if given.why:
        assert given.why in {item.why for item in run.unjudged if item.code == code}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "code" in metafunc.fixturenames:
        metafunc.parametrize("code", WHOLE)
