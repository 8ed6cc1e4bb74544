"""The printed figures (`figures/*.csv`) as returns. The texts are those of the document.

Source: 世田谷区「地域行政推進計画」, October 2022. The counts of 様式D2 are illustrative (`illustrate.py`).
The row 全区 of 様式D1 is the sum of the areas: the document prints districts and areas only.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from making.model import Form, Record, Return, Value

from .office import comments, measures, survey
from .terms import CASES, COMMENTS, COUNTS, MEASURES, MONTHS, OFFICE, POPULATION, SERVICES, SURVEY, WARD

FIGURES = Path(__file__).resolve().parent.parent / "figures"
PLAN = "地域行政推進計画"
ROUND = "令和4年9月"
TEMPLATE = "1"
NOT_OFFERED = "―"
# Who answers, the section that would fill the form in, and the day as it writes days.
CARDS: dict[str, tuple[str, Value]] = {
    "世田谷総合支所": ("地域振興課", "令和4年9月20日"),
    "北沢総合支所": ("地域振興課", datetime.date(2022, 9, 21)),
    "玉川総合支所": ("地域振興課", "R4.9.20"),
    "砧総合支所": ("地域振興課", "2022/9/16"),
    "烏山総合支所": ("地域振興課", "令和４年９月２２日（木）"),
    OFFICE: ("地域行政課", datetime.date(2022, 9, 26)),
}


def read_returns() -> dict[str, Return]:
    """Department → its return: each 総合支所 its area and districts, the office the areas and the ward."""
    found: dict[str, Return] = {}
    keys = {row["name"]: key for key, row in areas().items()}
    for number, department in enumerate(CARDS, 1):
        if department == OFFICE:
            own = {WARD: "0", **{name: key for name, key in keys.items() if name.endswith("地域")}}
        else:
            region = department.removesuffix("総合支所") + "地域"
            own = {name: key for name, key in keys.items() if key.partition("-")[0] == keys[region]}
        forms = {
            POPULATION: Form(POPULATION, list(_population(own)), {}),
            CASES: Form(CASES, list(_cases(own)), SERVICES),
        }
        if department == OFFICE:
            forms |= {COMMENTS: comments(), SURVEY: survey(), MEASURES: measures()}
        section, day = CARDS[department]
        cover: dict[str, Value] = {
            "計画名": PLAN,
            "提出部署": department,
            "担当課": section,
            "担当者": "（担当）",
            "内線": "（内線）",
            "提出日": day,
            "回": ROUND,
            "様式版": TEMPLATE,
        }
        found[department] = Return(number, department, cover, forms)
    return found


def areas() -> dict[str, dict[str, str]]:
    """Key (`1`, `1-3`) → the printed line of an area or district."""
    found: dict[str, dict[str, str]] = {}
    region = district = 0
    for row in rows("population.csv"):
        if row["level"] == "地域":
            region, district = region + 1, 0
            found[str(region)] = row
        else:
            district += 1
            found[f"{region}-{district}"] = row
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _population(own: dict[str, str]) -> Iterator[Record]:
    printed = areas()
    for name, key in own.items():
        figures = _ward() if name == WARD else printed[key]
        yield Record(
            key,
            "",
            {
                "area_name": name,
                "households": int(figures["households"]),
                "population": int(figures["population"]),
                "area_km2": Decimal(figures["area_km2"]),
                "density": int(figures["density"]),
            },
        )


def _ward() -> dict[str, str]:
    """The sums of the five areas, and the density they make."""
    lines = [row for row in rows("population.csv") if row["level"] == "地域"]
    sums = {name: sum(Decimal(row[name]) for row in lines) for name in ("households", "population", "area_km2")}
    density = (sums["population"] / sums["area_km2"]).quantize(Decimal(1), ROUND_HALF_UP)
    return {name: str(value) for name, value in {**sums, "density": density}.items()}


def _cases(own: dict[str, str]) -> Iterator[Record]:
    """Every service of every row; what no district below a row offers is ―."""
    counts: dict[tuple[str, str, str], int] = {}
    keys = {row["name"]: key for key, row in areas().items()}
    for row in rows("cases.csv"):
        key = keys[row["district"]]
        for level in (key, key.partition("-")[0], "0"):
            place = (row["service"], level, row["month"])
            counts[place] = counts.get(place, 0) + int(row["count"])
    for service in SERVICES:
        for name, key in own.items():
            fields: dict[str, Value] = {"area_name": name}
            running = 0
            for month in MONTHS:
                count = counts.get((service, key, month))
                running += count or 0
                for version, value in zip(COUNTS, (count, running), strict=True):
                    fields[f"{version}.{month}"] = NOT_OFFERED if count is None else value
            yield Record(f"{service}/{key}", service, fields)
