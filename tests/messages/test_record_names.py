"""A record that no register names is called by its name in the return, and not by its number alone."""

from __future__ import annotations

from reconcile.findings import CellRef, Finding
from reconcile.messages import place
from reconcile.packs import Pack, load
from reconcile.record_names import with_record_names
from tests.rules.drawing import Drawn, confront

HEAD = "programme | code | name | amount.initial.FY2023\n"
ITEMS = HEAD + "3 | 03-002 | 居場所支援事業 | 14,155 千円\n3 | 03-003 |  | 5 千円"


def called(items: str, record: str, field: str = "amount") -> str:
    pack: Pack = load("plan2022")
    data = confront(Drawn("budget", items), pack=pack)
    found = Finding("BAL002", CellRef("a.xlsx", "様式3", 2, 4), form="budget", record=record, field=field)
    (named,) = with_record_names(pack, data.facts, [found])
    return place(named, pack, "ja")


def test_a_budget_item_has_its_name() -> None:
    assert called(ITEMS, "3/03-002").startswith("様式3!D2（居場所支援事業 × ")


def test_without_a_name_it_keeps_its_key() -> None:
    assert called(ITEMS, "3/03-003").startswith("様式3!D2（3/03-003 × ")


def test_two_rows_of_one_key_are_not_called_by_either_name() -> None:
    twice = HEAD + "3 | 03-002 | 居場所支援事業 | 1 千円\n3 | 03-002 | 学習支援事業 | 2 千円"
    assert called(twice, "3/03-002").startswith("様式3!D2（3/03-002 × ")


def test_a_total_keeps_its_printed_label() -> None:
    assert called(ITEMS, "3/subtotal").startswith("様式3!D2（3 小計 × ")


def test_what_is_said_of_the_name_itself_does_not_call_it_by_that() -> None:
    assert called(ITEMS, "3/03-002", field="name") == "様式3!D2（3/03-002 × 予算事業名）"
