"""Sums of money: what the 小計 and 合計 rows say unless somebody typed over them."""

from __future__ import annotations

from making.model import Form, Formula, Owner, Record, Value


def amount(value: Value) -> int:
    """An amount in 千円 as it counts in a sum; what is no number counts nothing, as in Excel's SUM."""
    if isinstance(value, Formula):
        value = value.stored
    return value if isinstance(value, int) else 0


def total_value(form: Form, level: str, slot: str, records: list[Record], parts: list[Owner]) -> Value:
    """The typed total if there is one, else the sum of the records: as a formula over `parts` unless it is empty."""
    if (level, slot) in form.typed_totals:
        return form.typed_totals[level, slot]
    total = sum(amount(record.fields[slot]) for record in records)
    return Formula(total, tuple(parts)) if parts else total
