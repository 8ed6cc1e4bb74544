"""Write figures/cases.csv: the counts of form D2. They are illustrative: the plan prints 別表２ as a picture.

Which centre offers which service is real (the plan's list of まちづくりセンター): eight of the 28 stand beside a branch
office and hand neither certificates nor handbooks out. Everything else is drawn at random, by population; the same seed
gives the same figures.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

FIGURES = Path(__file__).resolve().parent / "figures"
SEED = 202204
MONTHS = [*(f"2021-{month:02}" for month in range(4, 13)), *(f"2022-{month:02}" for month in range(1, 4))]
# Cases a year for a thousand inhabitants, and how busy each month is, from April on.
SERVICES = {
    "certificate": (110, (14, 10, 9, 8, 8, 8, 8, 7, 7, 8, 9, 14)),
    "handbook": (9, (9, 8, 9, 8, 8, 9, 8, 8, 8, 8, 8, 9)),
    "lending": (6, (8, 10, 11, 9, 7, 10, 12, 9, 6, 5, 6, 7)),
}
# 「◆は…を除く20ヵ所で取扱っている」
BESIDE_A_BRANCH_OFFICE = ("太子堂", "経堂", "北沢", "等々力", "用賀", "二子玉川", "成城", "烏山")


def main() -> None:
    """Draw the counts of every district; a service that is not offered has no line."""
    chance = random.Random(SEED)
    with (FIGURES / "population.csv").open(encoding="utf-8-sig", newline="") as file:
        districts = [row for row in csv.DictReader(file) if row["level"] == "地区"]
    lines = []
    for service, (rate, busy) in SERVICES.items():
        for row in districts:
            if service != "lending" and row["name"].removesuffix("地区") in BESIDE_A_BRANCH_OFFICE:
                continue
            year = int(row["population"]) * rate / 1000 * chance.uniform(0.8, 1.25)
            for month, share in zip(MONTHS, busy, strict=True):
                lines.append((service, row["name"], month, round(year * share / sum(busy) * chance.uniform(0.9, 1.1))))
    with (FIGURES / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("service", "district", "month", "count"))
        table.writerows(lines)


if __name__ == "__main__":
    main()
