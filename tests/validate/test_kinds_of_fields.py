"""Whole numbers, shares, days within bounds, words and named patterns, lists of which one column counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drawn_sheets import drawn
from writing_packs import small_pack

from reconcile.extract import extract
from reconcile.facts import collect
from reconcile.findings import Finding
from reconcile.locate import Vocabulary
from reconcile.messages import missing, render
from reconcile.normalise import NAMED, read_date, words_in
from reconcile.packs import Pack
from reconcile.rules.context import Confrontation
from reconcile.rules.fld005 import judge as judge_units
from reconcile.validate import validate

FORM = """
form: people
name: {ja: 様式1, en: Form 1}
title: {ja: 事業, en: Projects}
layout: table
key: [name]
fields:
  name: {type: key, label: Name, required: true}
  posts: {type: integer, label: Posts, minimum: 0}
  share: {type: percent, label: Share, maximum: 100}
  rate: {type: decimal, label: Rate, unit: km}
  start: {type: date, label: Start, order: dmy, earliest: "2023-04-01", latest: "2024-03-31"}
  mail: {type: text, label: E-mail, like: email}
  code: {type: text, label: Postcode, like: postcode_uk}
  story: {type: text, label: Story, words: 5}
  theme: {type: code, label: Theme, list: themes.csv, column: theme}
"""
HEAD = "Name | Posts | Share | Rate | Start | E-mail | Postcode | Story | Theme\n"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    lists = {"themes.csv": "theme,output\nGreen,Trees\nGreen,Parks\n"}
    return small_pack(tmp_path_factory.mktemp("small"), {"people": FORM}, lists)


def found(pack: Pack, line: str) -> Iterator[Finding]:
    """The findings over one record, drawn below the header."""
    grid = drawn(HEAD + line)
    read = extract([grid], pack, Vocabulary(pack.forms, pack.tables), "a.xlsx")
    facts = collect([("道路部", "a.xlsx", read.columns)])
    units = judge_units(Confrontation(pack, facts, (), facts.stored, ~facts.stored))
    yield from (*read.findings, *validate(pack, facts).findings, *units.findings)


def told(pack: Pack, line: str) -> list[tuple[str, str, str | None]]:
    findings = list(found(pack, line))
    for finding in findings:
        assert not missing(finding)
        assert render(finding, pack, "ja").endswith("ください。")
    return [(f.code, f.variant, f.cell) for f in findings]


GOOD = "A | 3 | 40% | 1.5 km | 01/05/2023 | a.b@example.org | SW1A 1AA | five words and no more | Green"


def test_what_fits_passes(pack: Pack) -> None:
    assert told(pack, GOOD) == []


@pytest.mark.parametrize(
    ("was", "entered", "code", "variant", "cell"),
    [
        ("| 3 |", "| 3.5 |", "FLD006", "whole", "B2"),
        ("| 3 |", "| -3 |", "FLD004", "low", "B2"),
        ("| 3 |", "| three |", "FLD002", "milestone", "B2"),
        ("40%", "140%", "FLD004", "high", "C2"),
        ("1.5 km", "1.5 m", "FLD005", "field", "D2"),
        ("01/05/2023", "31/03/2023", "FLD004", "low_day", "E2"),
        ("01/05/2023", "1 April 2024", "FLD004", "high_day", "E2"),
        ("01/05/2023", "05/13/2023", "FLD006", "date", "E2"),
        ("a.b@example.org", "a.b at example.org", "FLD006", "", "F2"),
        ("SW1A 1AA", "SW1A", "FLD006", "", "G2"),
        ("five words", "five words, and", "FLD008", "words", "H2"),
        ("Green", "Trees", "FLD003", "nearest", "I2"),
    ],
)
def test_what_does_not_fit_is_a_finding(pack: Pack, was: str, entered: str, code: str, variant: str, cell: str) -> None:
    assert told(pack, GOOD.replace(was, entered)) == [(code, variant, cell)]


def test_a_day_in_digits_is_kept_as_a_day_that_can_be_read(pack: Pack) -> None:
    columns = extract([drawn(HEAD + GOOD)], pack, Vocabulary(pack.forms, pack.tables), "a.xlsx").columns
    assert columns.raw[columns.slot.index("start")] == "2023-05-01"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("01/04/2023", "dmy", "2023-04-01"),
        ("01/04/2023", "mdy", "2023-01-04"),
        ("1.4.2023", "dmy", "2023-04-01"),
        ("1 April 2023", "ymd", "2023-04-01"),
        ("1st of April 2023", "ymd", "2023-04-01"),
        ("Saturday, 1 Apr 2023", "ymd", "2023-04-01"),
        ("April 1, 2023", "ymd", "2023-04-01"),
        ("3 Sept 2023", "ymd", "2023-09-03"),
        ("2023-04-01", "dmy", "2023-04-01"),
    ],
)
def test_days_as_english_offices_write_them(text: str, order: str, day: str) -> None:
    assert str(read_date("s", text, order=order)) == day  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["01/04/2023", "31 February 2023", "1 Aprilish 2023", "April 2023", "1/2/23"])
def test_what_does_not_say_which_day_is_none(text: str) -> None:
    assert read_date("s", text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("two words", 2),
        ("don't stop-start", 2),
        ("a – b", 2),
        ("防災訓練", 4),
        ("防災訓練、２回。", 6),
        ("ＩＣＴの活用", 4),
        ("第2回 follow-up", 4),
    ],
)
def test_words_are_counted_as_word_processors_do(text: str, count: int) -> None:
    assert words_in(text) == count


@pytest.mark.parametrize("name", NAMED)
def test_the_example_of_a_named_pattern_fits_it(name: str) -> None:
    import re

    assert re.fullmatch(NAMED[name].pattern, NAMED[name].example)


@pytest.mark.parametrize(
    ("name", "fits", "does_not"),
    [
        ("email", "first.last@council.gov.uk", "first.last@council"),
        ("telephone", "+44 (0)20 7946 0000", "extension 5"),
        ("telephone", "０３－１２３４－５６７８", "12345"),
        ("postcode_uk", "ls1 4ap", "LS14 44P"),
        ("postcode_jp", "〒154-8504", "154-850"),
        ("web", "https://example.org/a?b=c", "example.org"),
    ],
)
def test_named_patterns(name: str, fits: str, does_not: str) -> None:
    import re

    assert re.fullmatch(NAMED[name].pattern, fits)
    assert not re.fullmatch(NAMED[name].pattern, does_not)
