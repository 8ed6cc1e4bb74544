"""Tables read column by column say what is said of them record by record, whatever stands in their cells."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.bulk import read_all
from reconcile.extract.plain_tables import PlainTable
from reconcile.extract.table import read as read_table
from reconcile.extract.values import Reader
from reconcile.extract.weaving import everything, woven
from reconcile.facts import FACT_FIELDS, FactColumns
from reconcile.locate import Grid, Vocabulary, find_placements
from reconcile.package import Range, Sheet, Workbook
from reconcile.package.sheet import Formula
from reconcile.packs.model import Form

FORM = Form.model_validate(
    {
        "form": "costs",
        "name": {"ja": "様式1", "en": "Form 1"},
        "title": {"ja": "事業の費用", "en": "Costs"},
        "layout": "table",
        "key": ["number"],
        "group": "section",
        "unit": "千円",
        "fields": {
            "section": {"type": "key", "label": "区分番号", "fill": "down"},
            "number": {"type": "key", "label": "事業番号", "number": "^([0-9-]+)", "instead": "name"},
            "name": {"type": "text", "label": "事業名"},
            "done": {"type": "flag", "label": "完了"},
            "remark": {"type": "text", "label": "備考", "nil": True},
            "day": {"type": "date", "label": "実施日"},
            "size": {"type": "unit", "label": "単位"},
            "cost": {
                "type": "money",
                "columns": [{"label": "予算額", "version": "plan"}, {"label": "決算額", "version": "actual"}],
                "pending": ["actual"],
            },
            "result": {"type": "measure", "label": "成果", "milestones": ["検討"], "texts": True},
        },
        "totals": [{"level": "total", "label": "合計"}, {"level": "subtotal", "label": "小計"}],
    }
)
HEADER = ("区分番号", "事業番号", "事業名", "完了", "備考", "実施日", "単位", "予算額", "決算額", "成果")
FORMATS = ["General", "#,##0", "yyyy/m/d", "0%", '"約"0', "@", '@"様"', ""]
FIGURES = (
    [
        ("n", text)
        for text in ("0", "5", "-12", "1234", "0.5", "69.900000000000006", "44927", "1e20", "1 2", "999999", "-1000000")
    ]
    + [
        ("s", text)
        for text in ("―", "集計中", "5人", "a）5件\nb）6枚", "１２", "約3", "検討", "▲5", "12,34", " ", "未定")
    ]
    + [("e", "#N/A"), ("b", "TRUE"), ("d", "2022-04-01")]
)
TEXTS = [
    ("s", text) for text in ("1-1", "１－２", "防災塾", "―", "○", "なし", " ", "合計", "施策１ 小計", "人", "人\n件")
] + [("n", "3"), ("n", "44927"), ("e", "#REF!"), ("d", "2022-01-02")]
CELL = st.tuples(st.integers(0, len(FORMATS) - 1), st.sampled_from(["", "", "", "", "stored", "unstored", "external"]))
ROW = st.tuples(*(st.tuples(st.none() | st.sampled_from(TEXTS), CELL) for _ in range(7))) | st.tuples(
    *(st.tuples(st.none() | st.sampled_from(FIGURES if n > 6 else TEXTS[:3]), CELL) for n in range(10))
)
FORMULAS = {"stored": Formula("A1", True, False), "unstored": Formula("A1", False, False)}


def sheet_of(rows: list[tuple[tuple[tuple[str, str] | None, tuple[int, str]], ...]], merges: list[Range]) -> Grid:
    sheet = Sheet("様式1")

    def put(row: int, column: int, kind: str, text: str, style: int, formula: str = "") -> None:
        if formula:
            sheet.formulas[len(sheet.row)] = FORMULAS.get(formula, Formula("[1]A!A1", True, True))
        if formula == "unstored":
            kind, text = "", ""
        for values, value in ((sheet.row, row), (sheet.column, column), (sheet.style, style)):
            values.append(value)
        sheet.kind.append(kind)
        sheet.text.append(text)

    for column, label in enumerate(HEADER, start=1):
        put(1, column, "s", label, 0)
    for row, cells in enumerate(rows, start=2):
        for column, (cell, (style, formula)) in enumerate(cells, start=1):
            if cell is not None:
                put(row, column, *cell, style, formula)
    sheet.merged = merges
    return Grid(Workbook("xlsx", [sheet], FORMATS), sheet)


MERGES = st.lists(
    st.sampled_from([Range(2, 1, 4, 1), Range(3, 8, 3, 10), Range(2, 1, 2, 10), Range(4, 2, 5, 2)]), max_size=1
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROW, max_size=7), MERGES)
def test_columns_say_what_records_say(rows: list[object], merges: list[Range]) -> None:
    grid = sheet_of(rows, merges)  # type: ignore[arg-type]
    vocabulary = Vocabulary({"costs": FORM}, {})
    (placement,) = find_placements(grid, vocabulary)
    together, apart = Reader(FORM, "return.xlsx"), Reader(FORM, "return.xlsx")
    keys = read_all(together, grid, read_table(placement, FORM), 7)
    own = [apart.read(grid, record, 7 + n) for n, record in enumerate(read_table(placement, FORM).records)]
    assert keys == own
    for name in FACT_FIELDS:
        assert getattr(everything(together), name) == getattr(apart.columns, name), name
    assert together.findings == apart.findings
    assert together.widths == apart.widths


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(ROW, max_size=5), max_size=3))
def test_tables_woven_together_say_what_each_says(sheets: list[list[object]]) -> None:
    tables: list[PlainTable] = []
    for number, rows in enumerate(sheets):
        grid = sheet_of(rows, [Range(2, 1, 4, 1)] if number == 1 else [])  # type: ignore[arg-type]
        grid.name = f"様式{number % 2}"
        (placement,) = find_placements(grid, Vocabulary({"costs": FORM}, {}))
        reader = Reader(FORM, "return.xlsx")
        read_all(reader, grid, read_table(placement, FORM), 100 * number)
        tables += reader.tables
    together, apart = FactColumns([woven(tables)]), FactColumns([woven([table]) for table in tables])
    for name in FACT_FIELDS:
        assert getattr(together, name) == getattr(apart, name), name
