"""A form as records × slots, against the same made one value at a time."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.facts import ABSENT, FactColumns, Facts, FormTable, collect

VALUE = st.tuples(
    st.integers(0, 4), st.sampled_from(["", "", "a", "b"]), st.sampled_from(["name", "cost.plan", "goal"])
)


def facts_of(values: list[tuple[int, str, str]]) -> Facts:
    columns = FactColumns()
    for row, (entry, component, slot) in enumerate(sorted(values, key=lambda value: value[0])):
        columns.append(
            *(
                "様式1",
                row,
                1,
                "form",
                entry,
                f"r{entry}",
                "record",
                "",
                slot,
                component,
                Decimal(row),
                "",
                0,
                str(row),
            ),
            *("", "", False),
        )
    return collect([("部", "return.xlsx", columns)])


def lines_of(facts: Facts) -> list[tuple[int, str, dict[str, int]]]:
    """Record, component, slot → position of its value: a component's own, else the one stated for all."""
    found: list[tuple[int, str, dict[str, int]]] = []
    for entry in dict.fromkeys(facts.entry.tolist()):
        own = [n for n in range(len(facts)) if facts.entry[n] == entry]
        components = list(dict.fromkeys(str(facts.component[n]) for n in own if facts.component[n])) or [""]
        for component in components:
            slots = {str(facts.slot[n]): n for n in own if facts.component[n] == ""}
            slots |= {str(facts.slot[n]): n for n in own if facts.component[n] == component}
            found.append((entry, component, slots))
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(VALUE, max_size=12))
def test_lines_and_slots_are_those_of_each_record(values: list[tuple[int, str, str]]) -> None:
    facts = facts_of(values)
    table = FormTable.of(facts, "form")
    expected = lines_of(facts)
    assert table.entry.tolist() == [entry for entry, _, _ in expected]
    assert list(table.component) == [component for _, component, _ in expected]
    assert list(table.record) == [f"r{entry}" for entry, _, _ in expected]
    for slot in ("name", "cost.plan", "goal"):
        assert table.at(slot).tolist() == [slots.get(slot, ABSENT) for _, _, slots in expected]


@settings(deadline=None)
@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=3) | st.integers(-(10**30), 10**30).map(Decimal)))
def test_figures_are_whole_numbers_of_one_scale(figures: list[Decimal | None]) -> None:
    columns = FactColumns()
    for row, figure in enumerate(figures):
        columns.append(*("s", row, 1, "form", row, "", "record", "", "cost", "", figure, "", 0, "", "", "", False))
    facts = collect([("部", "return.xlsx", columns)])
    for number, figure in enumerate(figures):
        assert facts.decimal(facts.number[number]) == (figure or 0)
