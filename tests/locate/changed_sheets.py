"""Copies of a sheet in which one thing is different."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from reconcile.package import Formula, Range, Sheet, Spans, Stretch

TEXTS = (
    *("事業名", "項目番号", "指標", "第１四半期", "計画値（千円）", "年度", "部署名"),
    *(
        "合計",
        "小計",
        "施策１ 計",
        "1-1",
        "9-9",
        "2",
        "",
        " ",
        "〃",
        "―",
        "道路課",
        "集計中",
        "※注",
        "（千円）",
        "単位：円",
    ),
    *("記入例", "見本", "(1)", "ア", "実績", "当初計画", "reconcile:id", "未定", "様式1 年間の計画", "様式2", "x" * 90),
)
FIGURES = ("0", "12", "2022", "2023", "-3.5", "0.8", "44927")


def copied(sheet: Sheet, change: Callable[[Sheet, list[Stretch]], None] = lambda *_: None) -> Sheet:
    """A copy with one thing changed; what is changed is given with its stretches, before these are set aside."""
    own = sheet if sheet.others is None else sheet.others
    cells = ([*own.row], [*own.column], [*own.kind], [*own.text], [*own.style])
    around = ([*sheet.merged], Spans(sheet.hidden_rows.spans), Spans(sheet.hidden_columns.spans))
    made = Sheet(sheet.name, sheet.visibility, *cells, dict(own.formulas), *around)
    stretches = [
        Stretch(
            *(s.before, [*s.numbers], s.columns, s.kinds, s.styles, [[*texts] for texts in s.texts]),
            {place: [*texts] for place, texts in s.formulas.items()},
        )
        for s in sheet.stretches
    ]
    change(made, stretches)
    made.set_aside(stretches)
    return made


def _entry(random: Random, sheet: Sheet) -> int:
    """A cell of a sheet, one at its beginning more often."""
    many = len(sheet.row) if random.random() < 0.5 else min(len(sheet.row), 45)
    return random.randrange(many)


def text(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    at = _entry(random, sheet)
    new = random.choice(FIGURES if sheet.kind[at] == "n" else TEXTS)
    sheet.text[at] = new or sheet.text[at] + "等"


def other_text(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    at = _entry(random, sheet)
    sheet.text[at] = sheet.text[random.randrange(len(sheet.row))]


def kind(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    at = _entry(random, sheet)
    sheet.kind[at] = random.choice("snbed")


def style(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    sheet.style[_entry(random, sheet)] = random.randrange(5)


def cell_gone(random: Random, sheet: Sheet, stretches: list[Stretch]) -> None:
    at = _entry(random, sheet)
    for values in (sheet.row, sheet.column, sheet.kind, sheet.text, sheet.style):
        del values[at]  # type: ignore[attr-defined]
    sheet.formulas = {other - (other > at): own for other, own in sheet.formulas.items() if other != at}
    for stretch in stretches:
        stretch.before -= at < stretch.before


def moved(random: Random, sheet: Sheet, stretches: list[Stretch]) -> None:
    begin, step = random.choice((0, 0, _entry(random, sheet))), random.choice((1, 2))
    top = sheet.row[begin]
    for at, row in enumerate(sheet.row):
        sheet.row[at] = row + step * (row >= top)
    sheet.merged = [
        Range(m.top + step * (m.top >= top), m.left, m.bottom + step * (m.top >= top), m.right) for m in sheet.merged
    ]
    for stretch in stretches:
        stretch.numbers = [row + step * (row >= top) for row in stretch.numbers]


def to_the_right(random: Random, sheet: Sheet, stretches: list[Stretch]) -> None:
    """All from a column on, or a row's cells from one of them on."""
    at = _entry(random, sheet)
    everywhere, begin, row = random.random() < 0.5, sheet.column[at], sheet.row[at]
    for other, column in enumerate(sheet.column):
        sheet.column[other] = column + (column >= begin and (everywhere or sheet.row[other] == row))
    for stretch in stretches if everywhere else ():
        stretch.columns = tuple([column + (column >= begin) for column in stretch.columns])


def cell_more(random: Random, sheet: Sheet, stretches: list[Stretch]) -> None:
    """At the end of a row."""
    at = _entry(random, sheet)
    row = sheet.row[at]
    end = max(other for other, own in enumerate(sheet.row) if own == row) + 1
    for values, value in (
        *((sheet.row, row), (sheet.column, sheet.column[end - 1] + random.choice((1, 2))), (sheet.style, 0)),
        *((sheet.kind, "s"), (sheet.text, random.choice(TEXTS) or "等")),
    ):
        values.insert(end, value)  # type: ignore[attr-defined]
    sheet.formulas = {other + (other >= end): own for other, own in sheet.formulas.items()}
    for stretch in stretches:
        stretch.before += end <= stretch.before


def merged(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    at = _entry(random, sheet)
    row, column = sheet.row[at], sheet.column[at]
    sheet.merged.append(Range(row, column, row + random.randrange(3), column + random.randrange(3)))


def merge_gone(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    if sheet.merged:
        del sheet.merged[random.randrange(len(sheet.merged))]


def hidden_row(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    row = sheet.row[_entry(random, sheet)]
    sheet.hidden_rows = Spans([(row, row)])


def hidden_column(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    column = sheet.column[_entry(random, sheet)]
    sheet.hidden_columns = Spans([(column, column)])


def hidden(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    sheet.visibility = random.choice(("hidden", "veryHidden"))


def named(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    sheet.name = random.choice(("様式2", "様式1 記入例", "集計"))


def formula(random: Random, sheet: Sheet, _: list[Stretch]) -> None:
    sheet.formulas[_entry(random, sheet)] = Formula(
        "[1]A!A1" if random.random() < 0.5 else "A1", random.random() < 0.5, False
    )


def stretch_text(random: Random, _: Sheet, stretches: list[Stretch]) -> None:
    if stretches:
        stretch = random.choice(stretches)
        texts = random.choice(stretch.texts)
        assert isinstance(texts, list)
        texts[random.randrange(len(texts))] = random.choice((*TEXTS, *FIGURES))


def stretch_looks(random: Random, _: Sheet, stretches: list[Stretch]) -> None:
    if stretches:
        stretch = random.choice(stretches)
        at = random.randrange(len(stretch.columns))
        stretch.kinds = (*stretch.kinds[:at], random.choice("sne"), *stretch.kinds[at + 1 :])
        stretch.styles = (*stretch.styles[:at], random.randrange(5), *stretch.styles[at + 1 :])


def stretch_row_gone(random: Random, _: Sheet, stretches: list[Stretch]) -> None:
    for stretch in stretches[:1]:
        at = random.randrange(len(stretch.numbers))
        if len(stretch.numbers) > 1:
            for values in (stretch.numbers, *stretch.texts, *stretch.formulas.values()):
                del values[at]  # type: ignore[union-attr]


CHANGES = (
    *(
        text,
        text,
        other_text,
        kind,
        style,
        cell_gone,
        moved,
        to_the_right,
        cell_more,
        merged,
        merge_gone,
        hidden_row,
        hidden_column,
    ),
    *(hidden, named, formula, stretch_text, stretch_looks, stretch_row_gone),
)


def changes(random: Random) -> dict[str, Callable[[Sheet, list[Stretch]], None]]:
    """What can be changed of a sheet that has cells, by name; where is drawn."""
    return {change.__name__: partial(change, random) for change in CHANGES}
