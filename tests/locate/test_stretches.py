"""Long stretches of rows alike are read as the same rows told one by one are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from benchmarks.performance.workloads import COLUMNS, KEYS, WORKLOADS, write_pack
from reconcile.extract import extract_answers
from reconcile.extract.workbook import Extracted
from reconcile.facts import FACT_FIELDS
from reconcile.locate import Grid, Vocabulary
from reconcile.package import Formula, Range, Sheet, Spans, Stretch, Workbook
from reconcile.packs import load
from reconcile.packs.model import Pack

FORMATS = ["General", "#,##0", "0%", '@"様"', "yyyy/m/d"]
HEADER = (KEYS["alpha"], *COLUMNS)
FIGURES = ("5", "1234", "-12", "0.5", "69.900000000000006", "0", "")
WORDS = ("防災事業", "継続", "道路課", "済", "", "", " ", "施策１", "事業名", "推進合計", "合計", "※注")
ODD = ("５人", "―", "集計中", "#N/A")
KEY = ("1-1", "１－２", "3-14", "2-7", "4-4", "9-9")
Cell = tuple[str, str, int]  # kind, text, style


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("pack")
    write_pack(folder, WORKLOADS["W1"], 3)
    return load(str(folder))


def is_figure(place: int) -> bool:
    return 4 <= place <= 11


@st.composite
def stretches(draw: st.DrawFn, top: int) -> tuple[Stretch, list[int]]:
    """Rows alike, mostly plain; some places have no cell in any row."""
    size = draw(st.integers(2, 9))
    numbers = sorted(draw(st.sets(st.integers(top, top + 14), min_size=size, max_size=size)))
    places = [n for n in range(len(HEADER)) if n < 3 or draw(st.integers(0, 9))]
    odd = draw(st.integers(0, 19)) == 0
    kinds, styles, texts = list[str](), list[int](), list[list[str]]()
    formulas: dict[int, list[str]] = {}
    for number, place in enumerate(places):
        pool = (
            KEY
            if place == 0
            else FIGURES
            if is_figure(place)
            else WORDS[:1]
            if place == 1
            else WORDS[: 12 if odd else 6]
        )
        if odd and place > 0 and draw(st.integers(0, 5)) == 0:
            pool = (*pool, *ODD)
        kinds.append("n" if is_figure(place) and not set(pool) & set(ODD) else "s")
        styles.append(draw(st.sampled_from([0, 0, 1, 2, 3, 4] if odd else [0, 1] if is_figure(place) else [0])))
        texts.append(draw(st.lists(st.sampled_from(pool), min_size=size, max_size=size)))
        if is_figure(place) and draw(st.integers(0, 2)) == 0:
            text = "[1]A!A1" if odd and draw(st.booleans()) else "A1+1"
            texts[-1] = [own or "7" for own in texts[-1]]
            formulas[number] = [text] * size
    return Stretch(0, numbers, tuple(n + 1 for n in places), tuple(kinds), tuple(styles), texts, formulas), numbers


ANY = st.one_of(
    st.none(),
    st.tuples(
        st.just("s"), st.sampled_from([text for text in (*WORDS, *ODD, *KEY, *HEADER) if text]), st.integers(0, 4)
    ),
    st.tuples(st.just("n"), st.sampled_from(FIGURES[:-1]), st.integers(0, 4)),
)
OTHERS = st.one_of(
    st.tuples(*([ANY] * len(HEADER))),
    st.sampled_from(["合計", "小計", "", "防災"]).map(
        lambda word: (("s", word, 0) if word else None, None, None, None, *[("n", "5", 1)] * 8, None, None)
    ),
)


SIGNED = (("s", "作成者", 0), ("s", "政策係", 0), *[None] * 12)
TOTAL = (("s", "合計", 0), None, None, None, *[("n", "15", 1)] * 6, None, None, None, None)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A header, rows of its own below it, a stretch, others again, another stretch perhaps."""
    sheet = Sheet("様式1")

    def put(row: int, cells: tuple[Cell | None, ...]) -> None:
        for column, cell in enumerate(cells, start=1):
            if cell is not None:
                sheet.extend([row], [column], [cell[0]], [cell[1]], [cell[2]], {})

    if draw(st.booleans()):
        put(1, (("s", "様式1 年間の計画", 0),))
    put(3, tuple(("s", text, 0) for text in HEADER))
    row, found = 4, list[Stretch]()
    for _ in range(draw(st.integers(1, 2))):
        for _ in range(draw(st.integers(0, 2))):
            put(row, draw(OTHERS) if draw(st.integers(0, 9)) == 0 else _record(row))
            row += 1
        stretch, numbers = draw(stretches(row))
        stretch.before = len(sheet.row)
        found.append(stretch)
        row = numbers[-1] + 1
    row += draw(st.integers(0, 4)) == 0
    for _ in range(draw(st.integers(0, 2))):
        put(row, draw(OTHERS) if draw(st.integers(0, 4)) == 0 else draw(st.sampled_from([TOTAL, SIGNED])))
        row += 1
    if draw(st.integers(0, 4)) == 0:
        sheet.merged = [draw(st.sampled_from([Range(1, 1, 1, 14), Range(5, 1, 6, 1), Range(3, 1, 4, 1)]))]
    if draw(st.integers(0, 9)) == 0:
        sheet.hidden_rows = Spans([(6, 7)])
    sheet.set_aside(found)
    return sheet


def _record(row: int) -> tuple[Cell | None, ...]:
    words: tuple[Cell | None, ...] = (("s", f"1-{row}", 0), ("s", "防災事業", 0), ("s", "継続", 0), None)
    return (*words, *[("n", "5", 1)] * 8, None, ("s", "済", 0))


def told(sheet: Sheet) -> Sheet:
    """The same sheet, its cells told one by one."""
    cells = (list(sheet.row), list(sheet.column), list(sheet.kind), list(sheet.text), list(sheet.style))
    return Sheet(sheet.name, sheet.visibility, *cells, dict(sheet.formulas), sheet.merged, sheet.hidden_rows)


def _in_stretches(sheet: Sheet) -> bool:
    """Whether nobody has asked for its cells one by one."""
    try:
        object.__getattribute__(sheet, "text")
    except AttributeError:
        return True
    return False


def read(sheet: Sheet, pack: Pack) -> Extracted:
    grid = Grid(Workbook("xlsx", [sheet], FORMATS), sheet)
    return extract_answers([grid], pack, Vocabulary(pack.forms, pack.tables), "return.xlsx")[0]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheet=sheets())
def test_stretches_say_what_their_rows_say(sheet: Sheet, pack: Pack) -> None:
    together = read(sheet, pack)
    event("read in stretches" if _in_stretches(sheet) else "told one by one")
    apart = read(told(sheet), pack)
    for name in FACT_FIELDS:
        assert getattr(together.columns, name) == getattr(apart.columns, name), name
    assert together.findings == apart.findings
    assert together.forms == apart.forms
    assert together.widths == apart.widths


def test_plain_rows_are_never_told_one_by_one(pack: Pack) -> None:
    sheet = Sheet("様式1")
    for row, cells in ((3, tuple(("s", text, 0) for text in HEADER)), (4, _record(4)), (30, TOTAL)):
        for column, cell in enumerate(cells, start=1):
            if cell is not None:
                sheet.extend([row], [column], [cell[0]], [cell[1]], [cell[2]], {})
    above, numbers = len(HEADER) + len(list(filter(None, _record(4)))), [*range(5, 30)]
    kinds = ("s", "s", "s", "s", *"n" * 8, "s", "s")
    words = [[f"1-{row}" for row in numbers], *([word] * len(numbers) for word in ("防災事業", "継続", "道路課"))]
    texts = [*words, *([str(row) for row in numbers] for _ in range(8)), [""] * len(numbers), ["済"] * len(numbers)]
    sheet.set_aside([Stretch(above, numbers, tuple(range(1, 15)), kinds, (0,) * 14, texts, {})])
    assert read(sheet, pack).forms[0].records == len(numbers) + 1
    assert _in_stretches(sheet)


@given(sheet=sheets(), count=st.integers(0, 60))
def test_the_first_cells_are_those_that_come_first(sheet: Sheet, count: int) -> None:
    first = sheet.first_cells(count)
    assert first == [*zip(sheet.kind, sheet.text, sheet.row, sheet.column, strict=True)][:count]


def test_a_sheet_of_stretches_is_the_sheet_of_its_cells() -> None:
    sheet = Sheet("a", row=[1, 9], column=[1, 2], kind=["s", "n"], text=["x", "1"], style=[0, 1])
    rows = Stretch(1, [2, 4], (1, 3), ("s", "n"), (5, 6), [["a", ""], ["3", "4"]], {1: ["A1", "[1]B!A2"]})
    sheet.set_aside([rows])
    assert (sheet.last_row, sheet.first_texts(2), sheet.first_texts(3)) == (9, ["x", "a"], ["x", "a", "3"])
    assert rows.count == 3
    assert (sheet.row, sheet.column) == ([1, 2, 2, 4, 9], [1, 1, 3, 3, 2])
    assert (sheet.kind, sheet.text, sheet.style) == (list("ssnnn"), ["x", "a", "3", "4", "1"], [0, 5, 6, 6, 1])
    assert sheet.formulas == {2: Formula("A1", True, False), 3: Formula("[1]B!A2", True, True)}
    assert sheet.first_texts(5) == sheet.text
    assert (sheet.entry_at(4, 3), sheet.entry_at(4, 1)) == (3, -1)
    with pytest.raises(AttributeError):
        sheet.nothing  # noqa: B018
