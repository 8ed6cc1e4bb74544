"""How many checks cover a value of a form, before any return is there."""

from __future__ import annotations

import json

import pytest

from reconcile.coverage import SlotCoverage, pack_coverage
from reconcile.packs import load
from tests.cli.commands import command


@pytest.fixture(scope="module")
def districts() -> dict[tuple[str, str], SlotCoverage]:
    return {(entry.form, entry.slot): entry for entry in pack_coverage(load("districts2022"))}


def test_a_figure_in_region_ward_and_density_is_told_from_all_others(
    districts: dict[tuple[str, str], SlotCoverage],
) -> None:
    population = districts["population", "population"]
    assert (population.checks, population.alike) == ((3, 3), 1)


def test_households_of_a_region_cannot_be_told_apart(districts: dict[tuple[str, str], SlotCoverage]) -> None:
    # No row goes over them: the seven districts of the largest region answer to the same two totals.
    households = districts["population", "households"]
    assert (households.checks, households.alike) == ((2, 2), 7)


def test_a_running_total_has_its_neighbours_as_checks(districts: dict[tuple[str, str], SlotCoverage]) -> None:
    assert districts["cases", "cases.running.2021-05"].checks > districts["cases", "cases.month.2021-05"].checks


def test_values_without_a_check_are_said_and_counted() -> None:
    told = command("packs", "council2023", "--coverage")
    assert told.code == 0
    entries = json.loads(command("packs", "plan2022", "--coverage", "--json").out)
    assert {(e["form"], e["field"], e["version"], e["period"]) for e in entries if not e["checks"]["most"]} >= {
        ("outcome", "value", "target", ""), ("outcome", "value", "baseline", ""),
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "said"), [("ja", "点検がありません"), ("en", "not checked")])
def test_it_is_told_in_both_languages(lang: str, said: str) -> None:
    lines = command("packs", "welfare2024", "--coverage", "--lang", lang).out
    assert ("点検 " if lang == "ja" else "checks ") in lines
    assert said in command("packs", "management2024", "--coverage", "--lang", lang).out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "目標 令和6年度、実績 令和6年度、達成状況 令和6年度（各項目）：点検 1～2、同じ行では互いに区別できません"),
        ("en", "target FY2024, actual FY2024, degree of achievement FY2024 (records): checks 1 to 2, "
               "cannot be told from one another in a row"),
    ],
)  # fmt: skip
def test_the_values_of_a_row_that_one_check_goes_over_are_one_line(lang: str, said: str) -> None:
    lines = command("packs", "welfare2024", "--coverage", "--lang", lang).out.splitlines()
    assert [line.strip() for line in lines].count(said) == 1
