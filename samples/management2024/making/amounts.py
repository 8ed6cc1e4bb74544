"""Splits the printed amounts of each goal (百万円) among its items (千円): illustrative, the sums are the printed ones.

The document prints money by goal only. About a third of the items need none (―). Run once; the result is committed:

    python -m management2024.making.amounts      (in samples/)
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from .terms import MONEY, NIL

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PRINTED = {"budget.FY2024": "Ｒ６予算額", "settled.FY2024": "Ｒ６決算額", "budget.FY2025": "Ｒ７予算額"}


def split() -> Iterator[dict[str, str]]:
    """Rows of item_amounts.csv: 項目番号 and the three amounts in 千円. The same every time."""
    chance = random.Random(2024)
    goals = {row["到達点"]: row for row in rows("goals.csv")}
    for goal, printed in goals.items():
        numbers = [row["項目番号"] for row in rows("items.csv") if row["到達点"] == goal and not row["duplicate"]]
        costing = [number for number in numbers if chance.random() > 1 / 3]
        weights = {number: 0.2 + chance.random() for number in costing}
        over = sorted((int(chance.random() * 800) - 400 for _ in range(2)), reverse=True)
        columns: dict[str, dict[str, int]] = {}
        for field, label in PRINTED.items():
            printed_amount = int(printed[f"{label}_百万円"]) * 1000
            if field == "settled.FY2024":  # what was spent of the budget, item by item
                total = printed_amount + over[1]
                shares = {number: float(amount) for number, amount in columns["budget.FY2024"].items()}
            else:
                total = printed_amount + over[0]
                shares = {number: weight * (0.8 + 0.4 * chance.random()) for number, weight in weights.items()}
            scale = total / sum(shares.values())
            amounts = {number: int(share * scale) for number, share in shares.items()}
            amounts[max(amounts, key=lambda number: amounts[number])] += total - sum(amounts.values())
            columns[field] = amounts
        for number in numbers:
            yield {"項目番号": number} | {field: str(columns[field].get(number, NIL)) for field in MONEY}


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a table of the figures."""
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    with (FIGURES / "item_amounts.csv").open("w", encoding="utf-8-sig", newline="") as written:
        table = csv.DictWriter(written, ["項目番号", *MONEY])
        table.writeheader()
        table.writerows(split())
