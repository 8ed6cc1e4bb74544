"""The master as Excel would read it: its sheets, their order, their links, their figures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import catalogue, pipeline
from reconcile.annotate import MASTER_IDENTITY
from reconcile.consolidate import Consolidated
from reconcile.facts import NUMBER
from reconcile.findings import CellRef, Suggestion
from reconcile.packs import available, load
from reconcile.writing import master
from reconcile.writing.voice import Voice
from reconcile.writing.words import words

SHEETS = {
    "ja": [
        "概要",
        "エラー一覧",
        "突合結果",
        "重複予算",
        "提出状況",
        "保留",
        "様式1",
        "様式2",
        *("様式3", "様式4", "様式5", "様式6", "様式7", "様式8"),
        *("様式9-1", "様式9-2", "様式9-3", "様式9-4"),
        "データ",
        "規則",
        "参考",
        "突合の内訳",
    ],
    "en": [
        "Overview",
        "Errors",
        "Balances",
        "Duplicated budget",
        "Submissions",
        "Set aside",
        "Form 1",
        "Form 2",
        *("Form 3", "Form 4", "Form 5", "Form 6", "Form 7", "Form 8"),
        *("Form 9-1", "Form 9-2", "Form 9-3", "Form 9-4"),
        "Data",
        "Rules",
        "Information",
        "Parts of totals",
    ],
}
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RECORDS = ("LAY007", "FLD007", "DUP003")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def _rows(sheet: Worksheet, head: int) -> list[dict[str, object]]:
    names = [cell.value for cell in sheet[head]]
    return [dict(zip(names, (cell.value for cell in row), strict=False)) for row in sheet.iter_rows(min_row=head + 1)]


def _find(sheet: Worksheet, text: str) -> tuple[int, int]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell.row, cell.column
    raise AssertionError(f"{text} does not stand on {sheet.title}")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sheets_stand_in_their_order(faulty: Consolidated, tmp_path: Path, lang: str) -> None:
    master.write(tmp_path / "m.xlsx", faulty, Voice(faulty.pack, lang))
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames == SHEETS[lang]


def test_headings_in_english_are_english(clean: Consolidated, tmp_path: Path) -> None:
    master.write(tmp_path / "m.xlsx", clean, Voice(clean.pack, "en"))
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    for name, head in (("Errors", 4), ("Balances", 4), ("Rules", 3), ("Submissions", 5), ("Information", 4)):
        assert not [cell.value for cell in book[name][head] if cell.value and JAPANESE.search(cell.value)], name


def test_the_same_run_gives_the_same_bytes(faulty: Consolidated, faulty_master: Path, tmp_path: Path) -> None:
    files = {s.file: f"annotated/{s.file}" for s in faulty.submissions}
    master.write(tmp_path / "again.xlsx", faulty, Voice(faulty.pack, "ja"), files)
    assert (tmp_path / "again.xlsx").read_bytes() == faulty_master.read_bytes()


def test_every_link_leads_to_a_cell_of_a_sheet_there_is(faulty_book: openpyxl.Workbook) -> None:
    seen = 0
    for sheet in faulty_book:
        for row in sheet.iter_rows():
            for cell in row:
                link = cell.hyperlink
                if link is None or not link.location or link.target:
                    continue
                name, _, address = link.location.rpartition("!")
                target = faulty_book[name.strip("'").replace("''", "'")]
                assert re.fullmatch(r"[A-Z]+\d+(:[A-Z]+\d+)?", address)
                assert target[address.partition(":")[0]].row <= target.max_row
                seen += 1
    assert seen > 300


def test_a_finding_leads_to_the_cell_that_shows_what_was_typed(faulty_book: openpyxl.Workbook) -> None:
    """様式1!F… of the master shows the figure of the return that the finding quotes."""
    sheet = faulty_book["エラー一覧"]
    names = [cell.value for cell in sheet[4]]
    column = names.index("集約ブック")
    checked = 0
    for row in sheet.iter_rows(min_row=5):
        record = dict(zip(names, (cell.value for cell in row), strict=False))
        link = row[column].hyperlink
        found = unicodedata.normalize("NFKC", str(record["入力値"] or "")).replace(",", "")
        if link is None or record["コード"] not in ("BAL001", "PRG001") or not found:
            continue
        name, _, address = link.location.rpartition("!")
        value = faulty_book[name.strip("'")][address].value
        if isinstance(value, int | float):
            assert found.startswith(f"{value:g}"), (record, value)
            checked += 1
    assert checked >= 5


def test_errors_have_a_row_each_and_come_before_warnings(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    rows = _rows(faulty_book["エラー一覧"], 4)
    own = [row for row in rows if row["区分"] in ("エラー", "要確認")]
    expected = [f for f in faulty.findings if not f.root and f.severity != "info"]
    assert sorted(str(row[MASTER_IDENTITY]) for row in own) == sorted(f.id for f in expected)
    levels = [row["区分"] == "要確認" for row in own]
    assert levels == sorted(levels)
    codes = [str(row["コード"]) for row in own if row["区分"] == "エラー"]
    # A file that cannot be used, a form that is missing or kept out, a record kept out, everything else.
    blocking = [
        0 if code in ("FIL001", "FIL004") else 1 if code in ("SUB002", "LAY002") else 2 if code in RECORDS else 3
        for code in codes
    ]
    assert blocking == sorted(blocking)
    assert set(blocking) == {0, 1, 2, 3}


def test_what_was_set_aside_is_listed_with_its_reason(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    sheet = faulty_book["保留"]
    rows = _rows(sheet, 4)
    assert sum(int(str(row["項目数"])) for row in rows) == sum(part.set_aside for part in faulty.conserved)
    findings = {str(row["番号"]): row for row in _rows(faulty_book["エラー一覧"], 4)}
    for row, cells in zip(rows, sheet.iter_rows(min_row=5), strict=True):
        told = findings[str(row["エラー一覧"]).removeprefix("番号 ")]
        assert told["コード"] == row["コード"]
        assert told["内容"] == row["集約しなかった理由と、していただくこと"]
        link = cells[-1].hyperlink or cells[8].hyperlink
        assert link is not None
        assert faulty_book["エラー一覧"][link.location.rpartition("!")[2]].value == told["番号"]


def test_effects_stand_under_their_cause(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    rows = _rows(faulty_book["エラー一覧"], 4) + _rows(faulty_book["参考"], 4)
    above = ""
    seen: dict[str, list[str]] = {}
    for row in rows:
        if "-" not in str(row["番号"] or ""):
            above = str(row[MASTER_IDENTITY])
        else:
            seen.setdefault(above, []).append(str(row[MASTER_IDENTITY]))
    order = {finding.id: number for number, finding in enumerate(faulty.findings)}
    causes = [finding for finding in faulty.findings if finding.effects and not finding.root]
    assert seen == {cause.id: sorted(cause.effects, key=order.__getitem__) for cause in causes}
    assert seen


def test_the_error_sheet_is_a_table_with_answers_to_choose(faulty_book: openpyxl.Workbook) -> None:
    sheet = faulty_book["エラー一覧"]
    (table,) = sheet.tables.values()
    assert table.autoFilter is not None
    assert [column.name for column in table.tableColumns][-5:] == ["対応", "理由", "記入者", "記入日", MASTER_IDENTITY]
    chosen, reasoned = sheet.data_validations.dataValidation
    assert chosen.formula1 == '"修正した,このままで正しい"'
    assert str(chosen.sqref).startswith("O5:O")
    # 「OK」 is no reason.
    assert reasoned.formula1 == 'NOT(OR(UPPER(TRIM(P5))="OK",UPPER(TRIM(P5))="OKエラー"))'
    assert sheet.print_title_rows == "$4:$4"


def test_marks_hang_on_the_switch_and_carry_the_message(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    assert "marks_shown" in faulty_book.defined_names
    name, _, address = faulty_book.defined_names["marks_shown"].attr_text.rpartition("!")
    assert faulty_book[name.strip("'")][address].value == "表示する"
    marked = 0
    for form in ("様式1", "様式2", "様式3"):
        sheet = faulty_book[form]
        cells = set()
        for ranges, rules in sheet.conditional_formatting._cf_rules.items():
            assert [rule.formula for rule in rules] == [['marks_shown="表示する"']]
            cells |= {str(part) for part in ranges.sqref.ranges}
        noted = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
        assert cells == noted
        marked += len(noted)
        # No colour of its own: with the switch off the sheet prints clean.
        fills = {str(sheet[cell].fill.fgColor.rgb) for cell in cells if sheet[cell].fill.fill_type}
        assert fills <= {"FFF3F6FA"}
    voice = Voice(faulty.pack, "ja")
    some = next(f for f in faulty.findings if f.code == "BAL001" and not f.root)
    notes = [cell.comment.text for row in faulty_book["様式1"].iter_rows() for cell in row if cell.comment]
    assert any(voice.sentence(some) in note for note in notes)
    assert marked > 30


def test_the_ward_total_counts_duplicates_once(clean_book: openpyxl.Workbook) -> None:
    """The printed totals of 事業費一覧 (令和4年度末見込み): 5,844,086 and so on."""
    sheet = clean_book["様式3"]
    printed = [5844086, 6339428, 6710284, 5139507]
    row, _ = _find(sheet, "合計（重複を除く）")
    assert [sheet.cell(row, column).value for column in range(5, 9)] == printed
    assert [sheet.cell(row + 1, column).value for column in range(5, 9)] == printed
    assert [sheet.cell(row + 2, column).value for column in range(5, 9)] == [0, 0, 0, 0]
    gross = [6128300, 6629403, 7031457, 5361718]
    assert [sheet.cell(row - 2, column).value for column in range(5, 9)] == gross


@pytest.mark.parametrize("made", ["clean_master", "faulty_master", "running_master"])
def test_nothing_stands_between_the_cells_of_a_sheet(made: str, request: pytest.FixtureRequest) -> None:
    with ZipFile(request.getfixturevalue(made)) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    loose = [text for part in parts for row in fromstring(part).iter(f"{MAIN}row") for text in _loose(row) if text]
    assert parts
    assert loose == []


def _loose(row: Element) -> list[str | None]:
    return [row.text, row.tail, *(cell.tail for cell in row), *(cell.text for cell in row)]


def test_totals_are_live_where_the_parts_make_them(clean_master: Path) -> None:
    live = openpyxl.load_workbook(clean_master)
    stored = openpyxl.load_workbook(clean_master, data_only=True)
    row, _ = _find(live["様式1"], "防災塾参加人数")
    total = live["様式1"].cell(row, 6)
    assert total.value == f"=SUM(D{row}:E{row})"
    assert stored["様式1"].cell(row, 6).value == 2500
    assert total.number_format == '#,##0" 人"'
    # 修正計画 = 当初計画 of the closed year + 修正計画 of the open one
    row, _ = _find(live["様式1"], "個別避難計画作成数")
    assert live["様式1"].cell(row + 1, 6).value == f"=SUM(D{row},E{row + 1})"
    assert stored["様式1"].cell(row + 1, 6).value == 4200


def test_a_total_that_does_not_fit_stays_as_typed(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    wrong = [f for f in faulty.findings if f.code == "BAL001" and f.cell and not f.root]
    assert wrong
    rows = {row[MASTER_IDENTITY]: row for row in _rows(faulty_book["エラー一覧"], 4)}
    for finding in wrong:
        name, _, address = str(rows[finding.id]["集約ブック"]).rpartition("!")
        assert not str(faulty_book[name][address].value).startswith("=")


def test_states_stand_as_they_were_meant(clean_book: openpyxl.Workbook) -> None:
    sheet = clean_book["様式1"]
    row, _ = _find(sheet, "防災塾参加人数")
    assert [sheet.cell(row + 1, column).value for column in (4, 5, 6, 7)] == ["―", "―", "―", None]
    assert sheet.cell(row, 7).value == "―"
    assert sheet.cell(row + 2, 5).value is None
    milestone = [cell.value for cell in sheet["D"] if cell.value == "検討・調整"]
    assert len(milestone) == 4


def test_several_measures_stay_one_text(clean_book: openpyxl.Workbook) -> None:
    sheet = clean_book["様式1"]
    texts = [cell.value for cell in sheet["D"] if isinstance(cell.value, str)]
    assert "a）5,500 件\nb）6,000 枚" in texts


def test_each_record_says_where_it_came_from(clean: Consolidated, clean_book: openpyxl.Workbook) -> None:
    sheet = clean_book["様式2"]
    head = next(row for row in sheet.iter_rows(min_row=3, max_row=3))
    start = next(cell.column for cell in head if cell.value == "部署")
    assert sheet.column_dimensions[sheet.cell(3, start).column_letter].hidden
    found = {
        tuple(cell.value for cell in row)
        for row in sheet.iter_rows(min_row=4, min_col=start, max_col=start + 3)
        if row[0].value
    }
    facts = clean.facts
    for department, file, name, cell in found:
        assert any(
            facts.file[p] == file and facts.sheet[p] == name and facts.department[p] == department
            for p in range(len(facts))
            if facts.ref(p).a1 == cell
        )
    assert len(found) == 76


def test_the_sections_are_those_of_the_register(clean_book: openpyxl.Workbook) -> None:
    texts = [str(cell.value) for cell in clean_book["様式1"]["A"] if cell.value]
    headings = [text for text in texts if re.match(r"施策\d+　", text)]
    assert len(headings) == 19
    assert headings[0] == "施策1　地域防災力の向上"
    assert "政策の柱1　高齢者・障害者をはじめすべての区民の健康と生命を守る" in texts
    assert "構成する事業：1-1 区民と地域の防災力向上、1-2 避難者対策" in texts


def test_tidy_data_has_a_row_a_record_and_the_figures_as_numbers(
    clean: Consolidated, clean_book: openpyxl.Workbook
) -> None:
    rows = _rows(clean_book["データ"], 1)
    every = sum(int(table.is_level("record").sum()) for table in clean.facts.tables.values())
    assert len(rows) == every - sum(conserved.set_aside for conserved in clean.conserved)
    first = next(row for row in rows if row["項目"] == "1-1①" and row["様式"] == "様式1")
    assert (first["当初計画 令和4年度"], first["当初計画 総量"], first["修正計画 総量"]) == (1000, 2500, "―")
    numbers = sum(isinstance(value, int | float) for row in rows for value in row.values())
    facts = clean.facts
    assert numbers == int(((facts.state == NUMBER) & facts.level.says("record") & clean.accepted).sum())


def test_tidy_data_goes_on_at_the_row_limit(clean: Consolidated, clean_book: openpyxl.Workbook, tmp_path: Path) -> None:
    master.write(tmp_path / "m.xlsx", clean, Voice(clean.pack, "ja"), row_limit=101)
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    parts = [name for name in book.sheetnames if name.startswith("データ")]
    assert parts[:2] == ["データ", "データ2"]
    rows = [row for name in parts for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert rows == list(clean_book["データ"].iter_rows(min_row=2, values_only=True))
    assert max(book[name].max_row for name in parts) == 101


def test_balances_have_a_row_each_and_what_differs_first(faulty: Consolidated, faulty_book: openpyxl.Workbook) -> None:
    rows = _rows(faulty_book["突合結果"], 4)
    verdicts = [row["判定"] for row in rows]
    assert len(rows) == sum(int(verdict) != 4 for verdict in faulty.judged.verdict)
    assert verdicts.count("不一致") == sum(int(verdict) == 1 for verdict in faulty.judged.verdict)
    assert verdicts[: verdicts.count("不一致")] == ["不一致"] * verdicts.count("不一致")
    for row in rows:
        if row["判定"] in ("一致", "不一致"):
            stated, computed, difference = (float(str(row[name])) for name in ("記載値", "計算値", "差"))
            assert stated - computed == pytest.approx(difference, abs=1e-9)


def test_a_total_whose_parts_stand_apart_leads_to_their_list(
    faulty_master: Path, faulty_book: openpyxl.Workbook
) -> None:
    """BAL006: from the published total to the list of its parts, each with its value in the form, and back."""
    sheet, listed = faulty_book["突合結果"], faulty_book["突合の内訳"]
    stored = openpyxl.load_workbook(faulty_master, data_only=True)["突合の内訳"]
    names = [cell.value for cell in sheet[4]]
    followed = 0
    for row in sheet.iter_rows(min_row=5):
        link = row[names.index("内訳")].hyperlink
        if link is None or "突合の内訳" not in link.location:
            continue
        start = int(re.sub(r"\D", "", link.location.rpartition("!")[2]))
        assert listed.cell(start, 7).hyperlink.location.endswith(f"!A{row[0].row}")
        end = next(at for at in range(start, start + 300) if listed.cell(at, 1).value == "計算値")
        parts = [stored.cell(at, 4).value for at in range(start + 1, end)]
        total = sum(part for part in parts if isinstance(part, int | float))
        assert total == pytest.approx(stored.cell(end, 4).value)
        assert stored.cell(end, 4).value == pytest.approx(row[names.index("計算値")].value)
        followed += 1
    assert followed > 10
    formulas = [cell.value for cell in listed["D"] if str(cell.value).startswith("='様式3'!")]
    assert len(formulas) > 50


def test_the_overview_counts_what_the_error_sheet_lists(
    faulty: Consolidated, faulty_master: Path, faulty_book: openpyxl.Workbook
) -> None:
    sheet = openpyxl.load_workbook(faulty_master, data_only=True)["概要"]
    row, column = _find(sheet, "計")
    while sheet.cell(row, 1).value != "計":
        row += 1
    shown = [f.severity for f in faulty.findings if not f.root]
    expected = [shown.count("error"), shown.count("warning"), shown.count("info"), len(shown)]
    assert [sheet.cell(row, at).value for at in (3, 4, 5, 6)] == expected
    # By kind as well, and what came of the judgements.
    while sheet.cell(row, 8).value != "計":
        row -= 1
    tallies = faulty.tallies.values()
    judged = [sum(t.passed for t in tallies), sum(t.failed for t in tallies), sum(t.unjudged for t in tallies)]
    assert [sheet.cell(row, at).value for at in range(9, 15)] == [*expected[:3], *judged]
    assert len(faulty_book["概要"]._charts) == 2
    assert sheet.page_setup.fitToHeight in (None, 1)
    assert column > 0


def test_what_the_form_sheets_print(clean_book: openpyxl.Workbook) -> None:
    for name, repeat in (("様式1", "$3:$3"), ("様式2", "$3:$3"), ("様式3", "$3:$4")):
        sheet = clean_book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.print_title_rows == repeat
        assert sheet.print_area
        assert sheet.freeze_panes


@pytest.mark.parametrize("name", sorted(available()))
def test_every_pack_has_a_master(tmp_path: Path, name: str) -> None:
    """What the forms look like is the pack's alone: no pack needs code of its own."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    pack = load(name)
    pipeline.run(pack, [tmp_path / "in"], tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "master.xlsx")
    # What stands inside cards or beside another form has no sheet of its own.
    own = [form for form in pack.forms.values() if not form.inside and not form.beside]
    beside = {form.beside for form in pack.forms.values()}
    first = book.sheetnames.index("保留") + 1
    assert ("重複予算" in book.sheetnames) == any(c.code == "DUP001" for f in own for c in f.checks)
    names = book.sheetnames[first : first + len(own)]
    assert [form.name.ja[:31] for form in own if form.form not in beside] == [
        name for name, form in zip(names, own, strict=True) if form.form not in beside
    ]
    assert book.sheetnames[first + len(own)] == "データ"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_master_without_any_record_still_says_so(tmp_path: Path, lang: str) -> None:
    """Nothing but a file that cannot be read: every sheet is there, and says that it has nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    pack = load("plan2022")
    run = pipeline.run(pack, [tmp_path / "in"], tmp_path / "out", pipeline.Options(lang=lang))
    book = openpyxl.load_workbook(tmp_path / "out" / "master.xlsx")
    assert book.sheetnames == SHEETS[lang]
    assert run.provisional
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any(("15" in text and text.startswith(("暫定", "Provisional"))) for text in texts)
    codes = [row[2].value for row in book.worksheets[1].iter_rows(min_row=5)]
    assert codes.count("SUB001") == 15
    assert "FIL001" in codes


def test_totals_over_missing_returns_are_marked_provisional(tmp_path: Path) -> None:
    returns = sorted((SAMPLES / "returns").glob("*.xlsx"))[1:]
    pipeline.run(load("plan2022"), returns, tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "master.xlsx", data_only=True)
    for name in ("概要", "提出状況", "様式1", "様式3"):
        texts = [str(cell.value) for row in book[name].iter_rows(max_row=8) for cell in row if cell.value]
        assert any("暫定：1 部署が未提出です。" in text for text in texts), name
    row, _ = _find(book["様式1"], "施策1　地域防災力の向上")
    below = [book["様式1"].cell(row + step, 1).value for step in range(1, 4)]
    assert "集約した項目はありません。" in below


def test_what_could_not_be_judged_is_listed_with_its_reason(
    faulty: Consolidated, faulty_book: openpyxl.Workbook
) -> None:
    rows = [row for row in _rows(faulty_book["参考"], 4) if row["区分"] == "判定不能"]
    alike = Counter((each.code, each.department, each.ref.file, each.form, each.why) for each in faulty.unjudged)
    assert len(rows) == len(alike) < len(faulty.unjudged)
    assert [row["コード"] for row in rows] == [code for code, *_ in alike]
    assert any(" か所は" in str(row["内容"]) for row in rows)
    assert all(not str(row["内容"]).startswith("は") for row in rows)
    assert all("点検できませんでした（" in str(row["内容"]) for row in rows)


def test_the_overview_says_why_of_all_that_could_not_be_judged(
    faulty: Consolidated, faulty_book: openpyxl.Workbook
) -> None:
    sheet = faulty_book["概要"]
    row, column = _find(sheet, "判定できなかった理由")
    counts = []
    while isinstance(count := sheet.cell(row + 1 + len(counts), column + 6).value, int):
        counts.append(count)
    more = re.search(r"\d+", str(sheet.cell(row + 1 + len(counts), column).value))
    assert sum(counts) + (int(more[0]) if more else 0) == sum(t.unjudged for t in faulty.tallies.values())


def test_the_overview_leaves_out_kinds_of_which_nothing_is_judged(tmp_path: Path) -> None:
    run = pipeline.run(load("fund2024"), [SAMPLES.parent / "fund2024" / "returns-with-errors"], None)
    master.write(tmp_path / "master.xlsx", run, Voice(run.pack, "en"))
    book = openpyxl.load_workbook(tmp_path / "master.xlsx")
    said = {cell.value for cell in book["Overview"]["H"]}
    assert {"File", "Totals"} <= said
    assert not said & {"Cumulative counts", "The pack's own checks"}
    assert "Duplicated budget" not in book.sheetnames


def test_what_was_typed_at_length_stands_shortened_in_the_error_sheet(faulty_book: openpyxl.Workbook) -> None:
    rows = _rows(faulty_book["エラー一覧"], 4)
    long = [str(row["入力値"]) for row in rows if len(str(row["入力値"] or "")) > 50]
    assert long
    assert max(map(len, long)) <= 61
    assert any(text.endswith("…") for text in long)


def test_only_totals_that_do_not_hold_are_printed_with_their_parts(faulty_book: openpyxl.Workbook) -> None:
    for name in ("突合結果", "突合の内訳"):
        sheet = faulty_book[name]
        last = int(str(sheet.print_area).rpartition("$")[2])
        assert 4 < last < sheet.max_row
    rows = _rows(faulty_book["突合結果"], 4)
    verdicts = [row["判定"] for row in rows]
    assert set(verdicts[verdicts.index("一致") :]) == {"一致"}
    assert any(brk.id for brk in faulty_book["突合の内訳"].row_breaks.brk)


def test_a_proposal_says_the_cell_the_value_and_the_likely_slip(faulty: Consolidated) -> None:
    ref = CellRef("a.xlsx", "様式1", 18, 6)
    said = {}
    for cause in ("digit", "other"):
        suggestion = Suggestion(ref, "2500", "2,500 人", cause, 0.97, ())
        said[cause] = Voice(faulty.pack, "ja").cause(replace(faulty.findings[0], ref=ref, suggestion=suggestion))
    assert said == {"digit": "F18 → 2,500 人（数字一つの打ち間違い）", "other": "F18 → 2,500 人"}
    assert Voice(faulty.pack, "ja").cause(replace(faulty.findings[0], suggestion=None)) == ""


def test_every_kind_of_rule_has_a_name() -> None:
    assert {f"kind_{family.lower()}" for family in catalogue.FAMILIES} == {
        key for key in words() if key.startswith("kind_") and key != "kind_of"
    }


def test_every_word_of_the_workbooks_is_used_and_given_in_both_languages() -> None:
    """A key that no module names is left over; a key that is missing would fail in the middle of a run."""
    source = "".join(path.read_text("utf-8") for path in Path(master.__file__).parents[1].rglob("*.py"))
    named = set(re.findall(r'"([a-z_]+)"', source))
    built = {key for key in words() if key.startswith(("about_", "kind_")) or key.endswith("_how")}
    assert set(words()) - built <= named
