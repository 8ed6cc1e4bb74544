"""BAL006: the control total against all returns, each item counted once."""

import dataclasses
from decimal import Decimal
from types import MappingProxyType

import pytest

from reconcile.balances import FAIL, PASS, UNJUDGED
from reconcile.packs import Pack, Table
from reconcile.rules.context import Confrontation
from tests.rules.drawing import Drawn, confront, judged, outcome_of, plan

HEAD = "programme | code | amount.initial.FY2022\n"
ONE = Drawn("budget", HEAD + "8 | 08-001 | 1,000\n8 | 99-007 | 5,684\n小計 8 | | 6,684", file="a.xlsx")
TWO = Drawn("budget", HEAD + "10 | 10-001 | 300\n10 | 99-007 | 5,684", file="b.xlsx", department="経済産業部")


def pack_with(control: str) -> Pack:
    """A pack with one control total, whose form two departments owe."""
    pack = plan()
    programmes = pack.tables["registers/programmes.csv"]
    two = tuple(row for row in programmes.rows if row["department"] in (ONE.department, TWO.department))
    tables = {
        **pack.tables,
        "lists/control_totals.csv": Table(
            pack.folder, ("slot", "value"), ({"slot": "amount.initial.FY2022", "value": control},)
        ),
        "registers/programmes.csv": dataclasses.replace(programmes, rows=two),
    }
    return dataclasses.replace(pack, tables=MappingProxyType(tables))


def verdict(data: Confrontation) -> tuple[int, str, Decimal, Decimal]:
    outcome = outcome_of("BAL006", data)
    result = judged(outcome, data)
    assert list(outcome.balances.total) == [-1]
    excluded = data.facts.decimal(outcome.balances.excluded[0])
    return int(result.verdict[0]), result.why[0], data.facts.decimal(int(result.computed[0])), excluded


@pytest.mark.parametrize(("control", "expected"), [("6984", PASS), ("6985", FAIL), ("12668", FAIL)])
def test_each_item_counts_once(control: str, expected: int) -> None:
    data = confront(ONE, TWO, pack=pack_with(control), everybody=True)
    assert verdict(data) == (expected, "", Decimal(6984), Decimal(5684))


def test_held_until_everybody_has_answered() -> None:
    data = confront(ONE, pack=pack_with("6684"))
    assert verdict(data)[:2] == (UNJUDGED, "returns_missing")


def test_held_where_the_records_of_one_item_differ() -> None:
    other = dataclasses.replace(TWO, text=TWO.text.replace("5,684", "5,648"))
    data = confront(ONE, other, pack=pack_with("6984"), everybody=True)
    assert verdict(data)[:2] == (UNJUDGED, "duplicates_differ")


def test_what_is_set_aside_does_not_count_and_holds_the_verdict() -> None:
    data = confront(ONE, TWO, pack=pack_with("6684"), set_aside=["b.xlsx"], everybody=True)
    assert verdict(data) == (UNJUDGED, "records_set_aside", Decimal(6684), Decimal(0))


def test_held_where_the_form_of_a_department_was_not_read() -> None:
    data = confront(ONE, pack=pack_with("6684"), everybody=True)
    assert verdict(data)[:2] == (UNJUDGED, "records_set_aside")


def test_an_unknown_amount_of_an_item_is_taken_from_the_record_that_states_it() -> None:
    pending = dataclasses.replace(ONE, text=ONE.text.replace("5,684", "集計中"))
    data = confront(pending, TWO, pack=pack_with("6984"), everybody=True)
    assert verdict(data)[:3] == (PASS, "", Decimal(6984))


def test_an_unknown_amount_that_nobody_states_leaves_it_unjudged() -> None:
    pending = dataclasses.replace(TWO, text=TWO.text.replace("300", "集計中"))
    data = confront(ONE, pending, pack=pack_with("6984"), everybody=True)
    assert verdict(data)[:2] == (UNJUDGED, "part_not_a_number")


def test_a_control_total_finer_than_every_figure_is_not_rounded() -> None:
    data = confront(ONE, TWO, pack=pack_with("6984.5"), everybody=True)
    assert verdict(data)[:2] == (UNJUDGED, "control_too_fine")


def test_figures_beyond_64_bits_are_exact() -> None:
    huge = 10**30
    one = dataclasses.replace(ONE, text=ONE.text.replace("1,000", str(huge)))
    data = confront(one, TWO, pack=pack_with(str(huge + 5984)), everybody=True)
    assert verdict(data)[:3] == (PASS, "", Decimal(huge + 5984))
    data = confront(one, TWO, pack=pack_with(str(huge + 5985)), everybody=True)
    assert verdict(data)[0] == FAIL
