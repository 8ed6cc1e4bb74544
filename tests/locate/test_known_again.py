"""A sheet that is like one seen before, but for one thing, is read as if nothing had been seen before."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from changed_sheets import changes, copied
from drawn_sheets import drawn, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_stretches import FORMATS, HEADER, TOTAL, sheets

from benchmarks.performance.workloads import WORKLOADS, write_pack
from reconcile.extract import Extracted, extract_answers
from reconcile.facts import FACT_FIELDS
from reconcile.intake import sign_of_words
from reconcile.locate import CardLabels, Grid, Vocabulary, find_cards
from reconcile.package import Refused, Sheet, Stretch, Workbook, open_workbook
from reconcile.packs import load
from reconcile.packs.model import Pack

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("pack")
    write_pack(folder, WORKLOADS["W1"], 3)
    return load(str(folder))


@cache
def warm(pack: Pack) -> Vocabulary:
    """Has seen every sheet before."""
    return Vocabulary(pack.forms, pack.tables)


def said(sheet: Sheet, workbook: Workbook, pack: Pack, vocabulary: Vocabulary, *, sign: bool) -> tuple[object, ...]:
    """All that is read of a sheet, and the cards on it."""
    grid = Grid(workbook, sheet, sign_of_words(pack) if sign else None)
    found: Extracted = extract_answers([grid], pack, vocabulary, "return.xlsx")[0]
    cards = [(card.labels, card.values) for card in find_cards([grid], CardLabels(pack.cover))]
    columns = [list(getattr(found.columns, name)) for name in FACT_FIELDS]
    return found.findings, found.forms, found.widths, found.entries, cards, columns


def is_read_anew(sheet: Sheet, seen: Sheet, workbook: Workbook, pack: Pack) -> bool:
    """Whether a sheet is read the same after another was seen and with nothing seen before; also when seen itself."""
    fresh = said(copied(sheet), workbook, pack, Vocabulary(pack.forms, pack.tables), sign=False)
    said(copied(seen), workbook, pack, warm(pack), sign=True)
    once = said(copied(sheet), workbook, pack, warm(pack), sign=True)
    return fresh == once == said(copied(sheet), workbook, pack, warm(pack), sign=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheet=sheets(), seed=st.integers(0, 1 << 30))
def test_drawn_sheets_with_stretches(sheet: Sheet, seed: int, pack: Pack) -> None:
    random = Random(seed)
    for name, change in changes(random).items():
        assert is_read_anew(copied(sheet, change), sheet, Workbook("xlsx", [sheet], FORMATS), pack), name


def template(rows: int) -> Sheet:
    """A sheet as every return of a template has it: header, a row, many alike, a total."""
    sheet = Sheet("様式1")
    record = ("1-1", "防災事業", "継続", "道路課", *["5"] * 8, "", "済")
    for row, texts in ((1, ("様式1 年間の計画 alpha",)), (3, HEADER), (4, record)):
        for column, text in enumerate(texts, start=1):
            if text:
                sheet.extend([row], [column], ["n" if text == "5" else "s"], [text], [0], {})
    before = len(sheet.row)
    for column, cell in enumerate(TOTAL, start=1):
        if cell is not None:
            sheet.extend([5 + rows], [column], [cell[0]], [cell[1]], [cell[2]], {})
    texts: list[list[str]] = [[f"{n}-2" for n in range(rows)], *([text] * rows for text in record[1:])]
    kinds = tuple("n" if text == "5" else "s" for text in record)
    numbers = list(range(5, 5 + rows))
    sheet.set_aside([Stretch(before, numbers, tuple(range(1, 15)), kinds, (0,) * 14, texts, {})])  # type: ignore[arg-type]
    return sheet


@pytest.mark.parametrize("seed", range(12))
def test_sheets_of_a_template(pack: Pack, seed: int) -> None:
    sheet = template(12)
    workbook = Workbook("xlsx", [sheet], FORMATS)
    for name, change in changes(Random(seed)).items():
        assert is_read_anew(copied(sheet, change), sheet, workbook, pack), name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A second line of the header below the last one with a label, and at the end of that.
        ("目標値変更 |\n1-1 | a | 40% | 80% | ―", "目標値変更 |\n | | | | 理由等\n1-1 | a | 40% | 80% | ―"),
        ("|\n1-1 | a | 40% | 80% | ―", "目標値変更理由等 |\n1-1 | a | 40% | 80% | ―"),
    ],
)
@pytest.mark.parametrize("above", ["", " | | | | 目標値\n"])
def test_a_label_of_two_lines(before: str, after: str, above: str) -> None:
    seen, sheet = (
        drawn(above + "事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | " + end) for end in (before, after)
    )
    for sheet_again, other in ((sheet, seen), (seen, sheet)):
        assert is_read_anew(sheet_again.sheet, other.sheet, seen.workbook, plan())


# The second end is no label: that it stands in the last row of the header is all that tells of it.
@pytest.mark.parametrize(("above", "below"), [("目標値", "変更理由等"), ("目標値変更", "理由等")])
def test_the_end_of_a_label_beside_the_others(above: str, below: str) -> None:
    head = f" | | | | {above}\n事業番号 | 指標 | 策定時 | 目標値（令和5年度末）"
    seen, sheet = (drawn(f"{head}{end}\n1-1 | a | 40% | 80% | ―") for end in ("", f" | {below}"))
    assert is_read_anew(sheet.sheet, seen.sheet, seen.workbook, plan())


BESIDE = """
様式２ | | | | | | 様式３
事業番号 | 指標 | 策定時 | 目標値（令和5年度末） | 目標値変更理由等 | | 項目番号 | 取組み | 変更前 | 変更後 | 理由
1-1 | 参加した人の割合 | 40% | 80% | ― | | 1-1 | 訓練 | 前 | 後 | ―
1-2 | 参加した人の数 | 40 | 80 | ― | | 1-2 | 訓練 | 前 | 後 | ―
"""


@pytest.mark.parametrize("seed", range(12))
def test_forms_side_by_side(seed: int) -> None:
    grid = drawn(BESIDE)
    for name, change in changes(Random(seed)).items():
        assert is_read_anew(copied(grid.sheet, change), grid.sheet, grid.workbook, plan()), name


@pytest.mark.parametrize("folder", ["returns", "returns-with-errors"])
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if (path / "returns").is_dir()))
def test_sheets_of_samples(name: str, folder: str) -> None:
    pack = load(name)
    returns = sorted(path for path in (SAMPLES / name / folder).rglob("*.xlsx") if path.is_file())
    for path in returns[:: max(1, len(returns) // 4)]:
        random = Random(path.name)
        try:
            workbook = open_workbook(path)
        except Refused:
            continue
        for sheet in workbook.sheets:
            if len(sheet):
                for what, change in random.sample([*changes(random).items()], 6):
                    assert is_read_anew(copied(sheet, change), sheet, workbook, pack), (path.name, sheet.name, what)


def test_a_number_in_the_place_of_a_text_is_no_line_of_the_header() -> None:
    seen, sheet = (
        drawn(
            """
            事業番号 | 指標 | 策定時 | 目標値（令和5年度末） |
            | | | 5 | 目標値変更理由等
            1-1 | a | 40% | 80% | ―
            """
        )
        for _ in range(2)
    )
    seen.sheet.kind[seen.sheet.text.index("5")] = "s"
    for sheet_again, other in ((sheet, seen), (seen, sheet)):
        assert is_read_anew(sheet_again.sheet, other.sheet, seen.workbook, plan())
