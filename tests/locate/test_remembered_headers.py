"""Headers found before are found again without a search: the same, wherever and under whatever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_sheets import plan
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.locate import Band, Grid, Vocabulary
from reconcile.locate.bands import bands_of, labels_on
from reconcile.locate.header_paths import paths, view
from reconcile.locate.header_words import HeaderWords, is_unit
from reconcile.normalise import fold_label, fold_label_core
from reconcile.package import Range, Sheet, Workbook, open_workbook
from reconcile.packs import load

SAMPLES = Path(__file__).parents[2] / "samples"
LABELS = sorted({text for columns in Vocabulary(plan().forms).wanted.values() for c in columns for text in c.paths[0]})
OTHERS = ["", " ", "道路課", "1", "12", "2023", "計画", "年度", "（千円）", "※１", "当初計画", "\ue000", "x" * 61]
TEXT = st.sampled_from(LABELS) | st.sampled_from(OTHERS) | st.text(max_size=4)
WARM = Vocabulary(plan().forms, plan().tables)


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_a_path_of_header_words_stands_for_the_same_columns(texts: list[str]) -> None:
    """Whatever a text says that is part of no label, it makes no difference."""
    words = WARM.header_words
    read = [words.of("s", text)[0] for text in texts]
    if None in read:
        assert max(map(len, texts)) > 60
        return
    for form, headings in WARM.headings.items():
        said = [(w.key, exact, strength) for w, exact, strength in headings.of(tuple(map(fold_label, texts)))]
        assert [(w.key, *more) for w, *more in headings.of(tuple(map(str, read)))] == said, form


UNITS = ("千円", "百万円", "人", "世帯", "単位：件", "単位：㍻株", "注1", "%", "道路", "㎡", "人/km2", "か所")


@given(
    st.lists(st.sampled_from([*UNITS, "（", "）", "[", "］", " ", "\n", "※"]) | st.characters(), max_size=4).map(
        "".join
    )
)
def test_a_unit_is_never_any_other_text(text: str) -> None:
    words = HeaderWords(["実績", "2023"])
    if is_unit(text):
        assert words.of("s", text)[0] != words.other


@given(
    st.sampled_from("1９２"),
    st.lists(st.sampled_from([*UNITS, "）", "-", "※"]) | st.characters(), max_size=3).map("".join),
)
def test_what_begins_with_a_digit_is_no_unit(digit: str, text: str) -> None:
    assert fold_label_core(f"x({digit}{text})") != "x"


@given(st.from_regex("-?[0-9]{1,20}([.][0-9]{1,20})?", fullmatch=True))
def test_figures_fold_to_themselves_and_are_no_units(figure: str) -> None:
    assert fold_label(figure) == fold_label_core(figure) == figure
    assert not is_unit(figure)
    assert WARM.header_words.of("n", figure)[1] == (len(figure) == 4 and figure.isdigit())


def test_years_can_head_a_column_and_other_figures_cannot() -> None:
    words = HeaderWords(["実績", "2023"])
    assert words.of("n", "2023") == ("2023", True)
    assert words.of("n", "2024") == (words.other, True)
    assert words.of("n", "20235") == (words.other, False)
    assert words.of("n", "-12.5") == (words.other, False)
    assert words.of("s", "12") == (words.other, True)


def as_plain(band: Band) -> tuple[object, ...]:
    def match(m: object) -> tuple[object, ...]:
        return (m.wanted.key, m.column, m.exact, m.seen, m.entry, m.strength)  # type: ignore[attr-defined]

    return (
        *(band.form, band.top, band.bottom, band.rivals, list(map(match, band.matched))),
        [wanted.key for wanted in band.missing],
        [(wanted.key, list(map(match, found))) for wanted, found in band.ambiguous],
    )


def bands(grid: Grid, vocabulary: Vocabulary) -> list[tuple[object, ...]]:
    return [as_plain(band) for band in bands_of(grid, vocabulary, labels_on(grid, vocabulary, None), sure=False)]


CELL = st.tuples(st.integers(1, 7), st.integers(1, 12))
CHANGES = st.lists(st.tuples(CELL, TEXT), max_size=6)
MERGES = st.lists(
    st.tuples(CELL, st.integers(0, 3), st.integers(0, 3)).map(lambda m: Range(*m[0], m[0][0] + m[1], m[0][1] + m[2])),
    max_size=3,
)


def sheet_of(header: list[str], down: int, changes: list[tuple[tuple[int, int], str]], merges: list[Range]) -> Grid:
    cells = {(1 + down, column): text for column, text in enumerate(header, start=1)}
    cells |= {(row, 1): "1-1" for row in range(2 + down, 8)}
    cells |= dict(changes)
    sheet = Sheet("様式1", merged=merges)
    for (row, column), text in sorted(cells.items()):
        if text:
            sheet.row.append(row)
            sheet.column.append(column)
            sheet.kind.append("n" if text.isdigit() else "s")
            sheet.text.append(text)
            sheet.style.append(0)
    return Grid(Workbook("xlsx", [sheet], ["General"]), sheet)


HEADERS = [[c.paths[0][-1] for c in columns] for columns in WARM.wanted.values()]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADERS), st.integers(0, 3), CHANGES, MERGES)
def test_what_is_remembered_is_what_is_found(
    header: list[str], down: int, changes: list[tuple[tuple[int, int], str]], merges: list[Range]
) -> None:
    """``WARM`` remembers the headers of all examples before; a fresh vocabulary remembers none."""
    grid = sheet_of(header, down, changes, merges)
    found = bands(grid, Vocabulary(plan().forms, plan().tables))
    assert bands(sheet_of(header, down, changes, merges), WARM) == found
    assert bands(sheet_of(header, down, changes, merges), WARM) == found


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(HEADERS), st.integers(0, 3), CHANGES, MERGES)
def test_sheets_that_look_the_same_have_the_same_paths(
    header: list[str], down: int, changes: list[tuple[tuple[int, int], str]], merges: list[Range]
) -> None:
    """Moved down by a row, the rows look the same, and so do their columns."""
    grid = sheet_of(header, down, changes, merges)
    moved = sheet_of(
        header,
        down + 1,
        [((row + 1, column), text) for (row, column), text in changes],
        [Range(m.top + 1, m.left, m.bottom + 1, m.right) for m in merges],
    )
    words = WARM.header_words
    for top, bottom in ((1, 1), (2, 3), (3, 5)):
        if view(grid, words, top, top, bottom) == view(moved, words, top + 1, top + 1, bottom + 1):
            here, there = (paths(g, words, top + step, bottom + step) for step, g in enumerate((grid, moved)))
            assert [(column, path) for column, path, _ in here] == [(column, path) for column, path, _ in there]


@pytest.mark.parametrize("name", ["plan2022", "welfare2024", "management2024", "districts2022", "council2023"])
def test_samples_have_their_headers_whatever_was_read_before(name: str) -> None:
    pack = load(name)
    warm = Vocabulary(pack.forms, pack.tables)
    returns = [path for path in sorted((SAMPLES / name / "returns-with-errors").iterdir()) if path.suffix == ".xlsx"]
    for path in returns[:6]:
        workbook = open_workbook(path)
        for sheet in workbook.sheets:
            expected = bands(Grid(workbook, sheet), Vocabulary(pack.forms, pack.tables))
            assert bands(Grid(workbook, sheet), warm) == expected, (path.name, sheet.name)
