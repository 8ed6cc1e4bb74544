"""Every finding of the sample returns has all that its sentence names, and says it in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reconcile.consolidate import Consolidated
from reconcile.messages import missing, render, why_text
from reconcile.packs import load
from reconcile.pipeline import check

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"


@pytest.fixture(scope="module", params=["returns", "returns-with-errors"])
def run(request: pytest.FixtureRequest) -> Consolidated:
    return check(load("plan2022"), [SAMPLES / str(request.param)])


def test_no_sentence_lacks_its_data(run: Consolidated) -> None:
    lacking = {(f.code, f.variant, tuple(sorted(missing(f)))) for f in run.findings if missing(f)}
    assert lacking == set()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_sentences_are_whole(run: Consolidated, lang: str) -> None:
    for finding in run.findings:
        said = render(finding, run.pack, lang)
        assert not re.search(r"\{\w+\}|「」|\"\"|<U\+|None|CellRef|Decimal", said), said
        assert "  " not in said, said
        assert said.endswith(("。", "）") if lang == "ja" else (".", ")", "?")), said


def test_numbers_of_four_digits_have_their_commas(run: Consolidated) -> None:
    """What the program computes has commas; what a department typed stays as typed."""
    for finding in run.findings:
        said = render(finding, run.pack, "ja")
        for typed in {finding.found, *map(str, (v for v in finding.data.values() if isinstance(v, str)))}:
            said = said.replace(typed, "")
        own = re.sub(r"「[^」]*」|（[^（）]*）|\d+/\d{2}-\d{3}|\d{2}-\d{3}", "", said)
        assert not re.search(r"(?<![\d,.A-Z-])\d{4,}(?!年)", own), (finding.code, said)


def test_what_could_not_be_judged_says_why(run: Consolidated) -> None:
    assert {why_text(item.why, "ja")[-2:] for item in run.unjudged} <= {"ため"}
