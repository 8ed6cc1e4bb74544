"""Returns as other programs write them, and as people leave them, say the same as those of Excel."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reconcile.intake import read_return
from reconcile.messages import render
from reconcile.packs import Pack, load
from reconcile.submissions import Submission
from tests.reliability import rewriting

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023")
Rewriting = Callable[[bytes], bytes]
WRITERS: list[Rewriting] = [
    rewriting.strict,
    rewriting.with_prefix,
    rewriting.in_utf16,
    rewriting.with_inline_strings,
    rewriting.with_phonetics,
    rewriting.without_numbers,
    rewriting.in_sections,
    rewriting.absolute,
    rewriting.with_backslashes,
    rewriting.with_extras,
    rewriting.with_cell_in_the_last_corner,
    rewriting.with_styled_rows,
]


def first_return(pack: str) -> Path:
    return sorted((SAMPLES / pack / "returns").glob("*.xlsx"))[0]


def read(data: bytes, pack: str, folder: Path, name: str = "道路課.xlsx") -> Submission:
    path = folder / name
    path.write_bytes(data)
    return read_return(path, name, loaded(pack))


def loaded(name: str, packs: dict[str, Pack] = {}) -> Pack:  # noqa: B006 - loaded once for all tests
    if name not in packs:
        packs[name] = load(name)
    return packs[name]


def said(submission: Submission) -> list[tuple[object, ...]]:
    columns = submission.columns
    names = ("form", "record", "slot", "component", "state", "value", "raw", "sheet", "row", "column")
    return list(zip(*(getattr(columns, name) for name in names), strict=True))


def told(submission: Submission, pack: str = "plan2022") -> list[str]:
    """Code and variant of each finding, which is said in both languages."""
    for finding in submission.findings:
        for lang in ("ja", "en"):
            assert render(finding, loaded(pack), lang)
    return [f"{finding.code} {finding.variant}".strip() for finding in submission.findings]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_a_return_says_the_same_whatever_program_wrote_it(writer: Rewriting, pack: str, tmp_path: Path) -> None:
    data = first_return(pack).read_bytes()
    expected = read(data, pack, tmp_path)
    assert expected.columns.raw
    written = writer(data)
    assert written != data
    started = time.process_time()
    found = read(written, pack, tmp_path)
    assert time.process_time() - started < 10
    assert said(found) == said(expected)
    assert told(found, pack) == told(expected, pack)
    assert found.cover == expected.cover


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_read_out_of_a_merge_over_the_whole_sheet(pack: str, tmp_path: Path) -> None:
    """Blank cells stay blank, and it is said that what was read stands beneath a merged cell."""
    data = first_return(pack).read_bytes()
    expected, found = read(data, pack, tmp_path), read(rewriting.merged_whole(data), pack, tmp_path)
    assert said(found) == said(expected)
    forms = {form.sheet for form in found.forms}
    assert {f.ref.sheet for f in found.findings if (f.code, f.variant) == ("FIL008", "merged")} == forms


def test_a_value_beneath_a_merged_cell_is_named(tmp_path: Path) -> None:
    """Painting the format of a merged cell over others keeps their values, which nobody sees any more."""

    def change(text: str) -> str:
        return text.replace('<mergeCell ref="B3:B5"/>', '<mergeCell ref="B3:B5"/><mergeCell ref="E3:F3"/>')

    data = rewriting.parts_changed(first_return("plan2022").read_bytes(), r"xl/worksheets/sheet2\.xml", change)
    found = read(data, "plan2022", tmp_path)
    assert told(found) == ["FIL008 merged"]
    (finding,) = found.findings
    assert finding.ref.a1 == "F3"
    assert "結合" in render(finding, loaded("plan2022"), "ja")
    assert "merged" in render(finding, loaded("plan2022"), "en")


def test_every_sheet_hidden_is_read_and_told(tmp_path: Path) -> None:
    data = first_return("plan2022").read_bytes()
    expected = read(data, "plan2022", tmp_path)
    for state in ("hidden", "veryHidden"):
        hidden = rewriting.workbook_changed(data, lambda text, s=state: text.replace("<sheet ", f'<sheet state="{s}" '))
        found = read(hidden, "plan2022", tmp_path)
        assert said(found) == said(expected)
        assert set(told(found)) == {"FIL008 sheet"}


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "a.xlsx", ["FIL003 macros"]),
        (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "a.xlsm", ["FIL003 macros"]),
        (b"application/vnd.ms-excel.addin.macroEnabled.main+xml", "a.xlam", ["FIL003 macros"]),
        (b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", "a.xltx", []),
        (rewriting.WORKBOOK_TYPE, "a.xlsm", ["FIL003 renamed"]),
        (rewriting.WORKBOOK_TYPE, "a.xls", ["FIL003 renamed"]),
        (rewriting.WORKBOOK_TYPE, "a.xlsx ", ["FIL003 renamed"]),
    ],
)
def test_what_kind_of_workbook_it_is(kind: bytes, name: str, expected: list[str], tmp_path: Path) -> None:
    data = rewriting.of_type(first_return("plan2022").read_bytes(), kind)
    assert told(read(data, "plan2022", tmp_path, name)) == expected


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet", "xlMacrosheet"])
def test_a_workbook_of_other_sheets_alone_is_refused(kind: str, tmp_path: Path) -> None:
    data = rewriting.relations_changed(
        first_return("plan2022").read_bytes(), lambda text: text.replace('/worksheet"', f'/{kind}"')
    )
    found = read(data, "plan2022", tmp_path)
    assert told(found) == ["FIL001 no_sheets_others"]
    assert "グラフ" in render(found.findings[0], loaded("plan2022"), "ja")


@pytest.mark.parametrize("name", ["様式1", "cover", "Ａ"])
def test_two_sheets_of_one_name_are_refused(name: str, tmp_path: Path) -> None:
    """A finding names its cell by the sheet: with two of one name nobody could tell which is meant."""

    def change(text: str) -> str:
        names = iter((name, name.upper()))
        return re.sub(r'(<sheet name=")[^"]*', lambda found: found[1] + next(names, "") or found[0], text, count=2)

    found = read(rewriting.workbook_changed(first_return("plan2022").read_bytes(), change), "plan2022", tmp_path)
    assert told(found) == ["FIL001 duplicate_sheet"]


def test_figures_of_another_workbook_and_errors_are_told(tmp_path: Path) -> None:
    data = first_return("plan2022").read_bytes()
    cell = r'(<c r="[A-Z]+\d+"(?: s="\d+")?)><v>'
    linked = rewriting.sheets_changed(data, lambda text: re.sub(cell, r"\1><f>[1]Sheet1!A1</f><v>", text))
    broken = rewriting.sheets_changed(data, lambda text: re.sub(rf"{cell}[^<]*", r'\1 t="e"><v>#REF!', text))
    assert set(told(read(linked, "plan2022", tmp_path))) == {"FIL007"}
    assert set(told(read(broken, "plan2022", tmp_path))) == {"FIL010"}


def test_far_cells_on_many_sheets_end_in_time(tmp_path: Path) -> None:
    """Copies of a form whose last row is the last there is: read or refused, but not for minutes."""
    data = rewriting.with_cell_in_the_last_corner(first_return("plan2022").read_bytes())
    count = 100
    entries = "".join(f'<sheet name="写し{n}" sheetId="{n + 100}" r:id="rIdCopy"/>' for n in range(count))
    link = f'<Relationship Id="rIdCopy" Type="{rewriting.RELATIONSHIPS}/worksheet" Target="worksheets/sheet2.xml"/>'
    data = rewriting.workbook_changed(data, lambda text: text.replace("</sheets>", f"{entries}</sheets>"))
    data = rewriting.relations_changed(data, lambda text: text.replace("</Relationships>", f"{link}</Relationships>"))
    started = time.process_time()
    found = read(data, "plan2022", tmp_path)
    assert time.process_time() - started < 21
    assert not found.refused
