"""The words of the forms of districts2022."""

from __future__ import annotations

POPULATION, CASES, COMMENTS, SURVEY, MEASURES = "population", "cases", "comments", "survey", "measures"
# Field → label of 様式D1, as printed.
COLUMNS = {
    "households": "世帯数",
    "population": "人口",
    "area_km2": "面積(K㎡)",
    "density": "人口密度(1K㎡あたり)",
}
MONTHS = {
    **{f"2021-{month:02}": f"{month}月" for month in range(4, 13)},
    **{f"2022-{month:02}": f"{month}月" for month in range(1, 4)},
}
COUNTS = {"month": "当月", "running": "累計"}
SERVICES = {
    "certificate": "証明書取次発行サービス",
    "handbook": "母子健康手帳等の交付",
    "lending": "高枝切ばさみ・車いすの貸出し",
}
WARD = "全区"
OFFICE = "地域行政部"
COMMENT_TABLES = {"method": "提出方法別", "category": "分類別"}
