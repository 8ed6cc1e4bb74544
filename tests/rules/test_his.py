"""HIS001 to HIS004: this round against the facts.csv of the one before."""

from __future__ import annotations

import csv
import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from reconcile.rules.context import Confrontation
from reconcile.rules.his003 import magnitude
from reconcile.rules.previous import NEEDED, NoPrevious, read_previous
from tests.rules.drawing import Drawn, confront, outcome_of

HEAD = "number | name | amount.initial.FY2022 | amount.initial.FY2023 | amount.actual.FY2022\n"


def rounds(folder: Path, before: list[str], now: str, name: str = "参加人数") -> Confrontation:
    """Earlier lines as ``initial.FY2022=1,000 人``; the record is 1-1①."""
    with (folder / "facts.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NEEDED)
        for line in before:
            place, _, raw = line.partition("=")
            version, _, period = place.partition(".")
            digits = raw.split(" ")[0].replace(",", "")
            number = digits if digits.replace(".", "").isdigit() else ""
            state = "number" if number else {"―": "nil", "": "blank", "集計中": "pending"}.get(raw, "milestone")
            writer.writerow(["危機管理部", "activity", "1-1①", "amount", version, period, "", number, state, raw])
    data = confront(Drawn("activity", HEAD + f"1-1① | {name} | {now}"))
    return dataclasses.replace(data, previous=read_previous(folder))


@pytest.mark.parametrize(("before", "passed"), [("1,000 人", 1), ("1,000.0 人", 1)])
def test_a_plan_that_stayed_passes(tmp_path: Path, before: str, passed: int) -> None:
    outcome = outcome_of("HIS001", rounds(tmp_path, [f"initial.FY2022={before}"], "1,000 人 | ~ | ~"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (passed, [], [])


@pytest.mark.parametrize(
    ("before", "now", "variant"),
    [("1,000 人", "1,100 人", ""), ("―", "5 人", ""), ("検討", "実施", ""), ("1,000 人", "", "blank")],
)
def test_a_plan_that_changed_is_found(tmp_path: Path, before: str, now: str, variant: str) -> None:
    (finding,) = outcome_of("HIS001", rounds(tmp_path, [f"initial.FY2022={before}"], f"{now} | ~ | ~")).findings
    assert (finding.cell, finding.data["previous"], finding.variant) == ("C2", before, variant)


def test_what_was_not_there_or_is_pending_is_not_judged(tmp_path: Path) -> None:
    data = rounds(tmp_path, ["initial.FY2022=集計中"], "1,100 人 | 5 人 | ~")
    assert [i.why for i in outcome_of("HIS001", data).unjudged] == ["round_not_comparable", "not_in_earlier_round"]


def test_an_actual_that_was_altered_is_found(tmp_path: Path) -> None:
    data = rounds(tmp_path, ["actual.FY2022=950 人"], "~ | ~ | 990 人")
    (finding,) = outcome_of("HIS002", data).findings
    assert (finding.cell, finding.data) == ("E2", {"previous": "950 人", "difference": Decimal(40)})
    assert outcome_of("HIS001", data).findings == []
    assert outcome_of("HIS002", rounds(tmp_path, ["actual.FY2022=990 人"], "~ | ~ | 990 人")).passed == 1
    assert len(outcome_of("HIS002", rounds(tmp_path, [], "~ | ~ | 990 人")).unjudged) == 1


@pytest.mark.parametrize(
    ("now", "before", "times"),
    [
        ("3500000", "3420", 1000),
        ("3420", "3500000", -1000),
        ("100", "10", 10),
        ("1", "100", -100),
        ("20", "10", 0),
        ("50", "10", 0),
        ("0", "10", 0),
        ("-100", "10", 0),
    ],
)
def test_magnitudes(now: str, before: str, times: int) -> None:
    assert magnitude(Decimal(now), Decimal(before)) == times


def test_an_implausible_change_says_how_often(tmp_path: Path) -> None:
    (finding,) = outcome_of("HIS003", rounds(tmp_path, ["initial.FY2022=3,420 人"], "3,500,000 人 | ~ | ~")).findings
    assert (finding.variant, finding.data["times"]) == ("", 1000)
    (finding,) = outcome_of("HIS003", rounds(tmp_path, ["initial.FY2022=3,420 人"], "34 人 | ~ | ~")).findings
    assert (finding.variant, finding.data["times"]) == ("fraction", 100)
    assert outcome_of("HIS003", rounds(tmp_path, ["initial.FY2022=3,420 人"], "3,500 人 | ~ | ~")).passed == 1
    assert len(outcome_of("HIS003", rounds(tmp_path, ["initial.FY2022=検討"], "3,500 人 | ~ | ~")).unjudged) == 1


def test_a_cumulative_count_that_fell_is_found(tmp_path: Path) -> None:
    data = rounds(tmp_path, ["actual.FY2022=19 品目"], "~ | ~ | 2 品目", "資源回収品目数（累計）")
    (finding,) = outcome_of("HIS004", data).findings
    assert (finding.cell, finding.data["difference"]) == ("E2", Decimal(-17))
    same = rounds(tmp_path, ["actual.FY2022=2 品目"], "~ | ~ | 2 品目", "資源回収品目数（累計）")
    assert outcome_of("HIS004", same).passed == 1
    unknown = rounds(tmp_path, ["actual.FY2022=集計中"], "~ | ~ | 2 品目", "資源回収品目数（累計）")
    assert [item.why for item in outcome_of("HIS004", unknown).unjudged] == ["round_not_comparable"]


def test_a_count_of_single_years_may_fall(tmp_path: Path) -> None:
    outcome = outcome_of("HIS004", rounds(tmp_path, ["actual.FY2022=19 人"], "~ | ~ | 2 人"))
    assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_without_an_earlier_round_nothing_is_judged() -> None:
    data = confront(Drawn("activity", HEAD + "1-1① | 参加人数 | 1 人 | 2 人 | 3 人"))
    for code in ("HIS001", "HIS002", "HIS003", "HIS004"):
        outcome = outcome_of(code, data)
        assert (outcome.passed, outcome.findings, outcome.unjudged) == (0, [], [])


def test_two_files_that_said_different_things_say_nothing(tmp_path: Path) -> None:
    data = rounds(tmp_path, ["initial.FY2022=1 人", "initial.FY2022=2 人"], "3 人 | ~ | ~")
    assert [item.why for item in outcome_of("HIS001", data).unjudged] == ["not_in_earlier_round"]


def test_a_folder_without_outputs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPrevious):
        read_previous(tmp_path)
    (tmp_path / "facts.csv").write_bytes(b"\xff\xfe\x00not utf-8")
    with pytest.raises(NoPrevious):
        read_previous(tmp_path)
    (tmp_path / "facts.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(NoPrevious):
        read_previous(tmp_path)
