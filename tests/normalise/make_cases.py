"""Writes cases.csv: every distinct cell of the printed documents with the figure their transcription states beside it.

    python tests/normalise/make_cases.py DATA

DATA is the folder with the transcribed documents (plan2022, welfare2024, management2024, districts2022). The
expectation comes from the transcription alone, never from the reader under test. cases.csv is committed; the tests
need nothing else.
"""

import csv
import re
import sys
import unicodedata
from pathlib import Path

#: (file, columns of typed text, value and unit; a unit that is no column is the unit itself; column of the component)
COLUMNS = [
    *(
        ("plan2022/activity.csv", f"{cell}_raw", cell, "unit", "component")
        for cell in (
            *("当初_R4", "当初_R5", "当初_総量", "修正_R4", "修正_R5"),
            *("修正_総量", "実績_R4", "実績_R5", "実績_総量"),
        )
    ),
    ("plan2022/outcome.csv", "策定時_raw", "策定時_value", "策定時_unit", "component"),
    ("plan2022/outcome.csv", "目標値_raw", "目標値_value", "目標値_unit", "component"),
    *(("plan2022/cost.csv", f"{cell}_raw", cell, "", "") for cell in ("当初R4", "当初R5", "修正R5", "実績R4")),
    *(("plan2022/effect.csv", f"{cell}_raw", cell, "", "") for cell in ("R4", "R5", "合計")),
    ("plan2022/facilities.csv", "R4見込み_raw", "R4見込み", "unit", ""),
    ("plan2022/facilities.csv", "R5計画_raw", "R5計画", "unit", ""),
    ("plan2022/changes.csv", "旧_raw", "旧", "unit", ""),
    ("plan2022/changes.csv", "新_raw", "新", "unit", ""),
    *(
        ("welfare2024/indicators.csv", f"{cell}_raw", f"{cell}_value", f"{cell}_unit", "component")
        for cell in (
            *("行動量_現況値", "行動量_当初計画", "行動量_実績"),
            *("成果指標_現況値", "成果指標_目標", "成果指標_実績"),
        )
    ),
    ("welfare2024/indicators.csv", "達成状況_raw", "達成状況_value", "%", "component"),
    ("management2024/goals.csv", "削減時間_計画R6-R9_raw", "削減時間_計画_h", "時間", ""),
    ("management2024/goals.csv", "R6削減時間_raw", "R6削減時間_h", "時間", ""),
    *(
        ("management2024/goals.csv", f"Ｒ{y}額_raw", f"Ｒ{y}額_百万円", "百万円", "")
        for y in ("６予算", "６決算", "７予算")
    ),
    ("management2024/items.csv", "削減時間_raw", "削減時間_h", "時間", ""),
    *(
        ("districts2022/population.csv", f"{c}_raw", c, "", "")
        for c in ("households", "population", "area_km2", "density")
    ),
    ("districts2022/public_comments.csv", "count_raw", "count", "unit", ""),
    ("districts2022/survey.csv", "percent_raw", "percent", "%", ""),
]
#: Cells whose transcription holds less, or something else, than what is printed; table tests read them.
ELSEWHERE = re.compile(
    r".*\|.*|.*比.*|(修了人数|受講者数|整備数).*累計.*|５地区での実施|区内.*始動.*|各地区の四者連携.*"
)


def state_of(raw: str, value: str) -> str:
    """The state that the transcription tells: a number where it has one."""
    if value:
        return "number"
    if unicodedata.normalize("NFKC", raw).strip(" -―ー") == "":
        return "nil"
    return "pending" if "集計中" in raw else "milestone"


def cases(data: Path) -> set[tuple[str, ...]]:
    """(typed text, component, state, value, unit) of every distinct cell; the unit only where it is printed in it."""
    found = set()
    for file, raw_column, value_column, unit_column, component_column in COLUMNS:
        with (data / file).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                raw = row[raw_column]
                if not raw.strip() or ELSEWHERE.fullmatch(raw):
                    continue
                state = state_of(raw, row[value_column])
                unit = row.get(unit_column, unit_column) or ""
                printed = unicodedata.normalize("NFKC", raw).replace(" ", "")
                if unicodedata.normalize("NFKC", unit) not in printed or state in ("nil", "milestone"):
                    unit = ""
                component = row.get(component_column, "")
                if file.startswith("welfare"):
                    mark = re.match(r"([a-z])\)", raw)
                    component = mark[1] if mark else ""
                if component not in raw or state in ("nil", "milestone"):
                    component = ""
                if label := re.match("([^０-９0-9：]+)：", raw):
                    component = component or label[1]
                found.add((raw, component, state, row[value_column], unit))
    return found


def main() -> None:
    target = Path(__file__).with_name("cases.csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("typed", "component", "state", "value", "unit"))
        writer.writerows(sorted(cases(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
