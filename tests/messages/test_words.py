"""The tables of words are complete for what the program really says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import reconcile
from reconcile import catalogue, messages
from reconcile.balances import VERDICTS
from reconcile.consolidate import FormStatus
from reconcile.facts import STATES
from reconcile.findings import SEVERITIES

SOURCES = Path(reconcile.__file__).parent


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_severity_has_its_name_and_says_what_it_asks(severity: str) -> None:
    assert messages.severity_name(severity, "ja") in ("エラー", "要確認", "参考")
    assert messages.severity_meaning(severity, "ja") != messages.severity_meaning(severity, "en")


def test_verdicts_states_and_form_statuses_have_words() -> None:
    terms = catalogue.words("terms")
    assert set(terms["verdict"]) == set(VERDICTS)
    assert set(terms["state"]) == set(STATES)
    assert set(terms["form_status"]) == set(get_args(FormStatus))


def reasons_in_the_code() -> set[str]:
    """The reasons that rules give for not judging, as they stand in the sources."""
    found: set[str] = set()
    for path in [*SOURCES.glob("rules/*.py"), SOURCES / "balances.py", *SOURCES.glob("localise/*.py")]:
        text = path.read_text(encoding="utf-8")
        for pattern in (
            r"(?:\bwhy|\bhold)\s*[:=]\s*(?:str\s*=\s*)?([^\n]*)",
            r"(?:unjudged_at|Unjudged)\(((?:[^()]|\([^()]*\))*)\)",
        ):
            for match in re.findall(pattern, text):
                found.update(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', match))
    return found


def test_every_reason_for_not_judging_has_words() -> None:
    known = set(catalogue.words("why")["why"])
    assert "plan_not_a_number" in reasons_in_the_code()
    assert reasons_in_the_code() - known == set()


def test_a_reason_ends_in_because_in_japanese() -> None:
    for key, text in catalogue.words("why")["why"].items():
        assert text.ja.endswith("ため"), key


def test_an_unknown_reason_is_a_bug() -> None:
    with pytest.raises(KeyError):
        messages.why_text("no_such_reason", "ja")
