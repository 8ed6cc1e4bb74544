"""Templates in each layout: what stands where, what may be typed, what is computed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reconcile import pipeline
from reconcile.packs import Pack, load
from reconcile.packs.field import FormField
from reconcile.packs.model import Column
from reconcile.template import write_templates
from reconcile.template.page import Lists
from reconcile.writing.book import Book


def book_at(folder: Path) -> Book:
    return Book(folder / "b.xlsx", "題", "長い文", "…")


@cache
def template(pack: str, department: str) -> openpyxl.Workbook:
    with TemporaryDirectory() as folder:
        write_templates(load(pack), Path(folder) / "out", "ja", [department])
        return openpyxl.load_workbook(Path(folder) / "out" / f"{department}.xlsx")


def column_of(sheet: Worksheet, column: int) -> list[object]:
    return [sheet.cell(row, column).value for row in range(1, sheet.max_row + 1)]


class TestMatrix:
    def test_each_table_stands_under_its_title(self) -> None:
        sheet = template("districts2022", "世田谷総合支所")["様式D2"]
        labels = [each for each in column_of(sheet, 1) if each]
        assert labels[2:5] == ["証明書取次発行サービス", "地域・地区", "世田谷地域"]
        assert "母子健康手帳等の交付" in labels
        assert "北沢地域" not in labels  # another department's

    def test_a_level_is_the_sum_of_those_below_it(self) -> None:
        sheet = template("districts2022", "世田谷総合支所")["様式D1"]
        rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
        top, members = rows["世田谷地域"], range(rows["世田谷地域"] + 1, sheet.max_row + 1)
        area = f"B{members[0]}:B{members[-1]}"
        assert sheet.cell(top, 2).value == f'=IF(COUNT({area})=0,B{members[0]}&"",SUM({area}))'
        assert sheet.cell(members[0], 2).value is None
        assert sheet.cell(top, 5).value is None  # a density is no sum

    def test_what_stands_in_other_returns_is_not_summed(self) -> None:
        sheet = template("districts2022", "地域行政部")["様式D1"]
        rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
        assert str(sheet.cell(rows["全区"], 2).value).startswith("=IF(COUNT(B")
        assert sheet.cell(rows["世田谷地域"], 2).value is None

    def test_a_running_total_goes_on_from_month_to_month(self) -> None:
        sheet = template("districts2022", "世田谷総合支所")["様式D2"]
        assert [sheet.cell(4, column).value for column in (2, 4)] == ["4月", "5月"]
        assert sheet["C7"].value == '=IF(COUNT(B7)=0,B7&"",SUM(B7))'
        assert sheet["E7"].value == '=IF(COUNT(D7)=0,D7&"",SUM(C7,D7))'

    def test_lines_of_one_key_in_two_tables_have_their_own_labels(self) -> None:
        labels = column_of(template("plan2022", "政策経営部")["様式5"], 1)
        assert labels.index("計") < labels.index("効果額")
        assert labels.count("累計額") == 2


class TestCards:
    def test_a_card_is_filled_in_as_far_as_the_register_knows(self) -> None:
        sheet = template("management2024", "政策経営部")["様式M1"]
        assert [sheet.cell(4, column).value for column in (1, 2, 3)] == ["項目", "1-1", "広報・広聴機能の強化"]
        assert (sheet["A5"].value, sheet["B5"].value) == ("所管部", "政策経営部")
        assert sheet["B4"].protection.locked
        assert not sheet["B6"].protection.locked

    def test_the_table_inside_stands_below_the_text_it_belongs_to(self) -> None:
        sheet = template("management2024", "政策経営部")["様式M1"]
        assert sheet["A6"].value == "取組み内容"
        assert [sheet.cell(7, column).value for column in (1, 4, 5, 6, 7)] == ["年次別計画", "R6", "R7", "R8", "R9"]
        assert sheet["A18"].value == "目指すべき効果・成果"
        assert not sheet["D8"].protection.locked

    def test_figures_stand_at_the_foot_two_a_row(self) -> None:
        sheet = template("management2024", "政策経営部")["様式M1"]
        assert [sheet.cell(20, column).value for column in (1, 4)] == ["業務削減時間（時間）", "Ｒ６予算額"]
        assert sheet["E20"].number_format == "#,##0"

    def test_the_cards_of_a_group_stand_under_one_heading(self) -> None:
        labels = column_of(template("management2024", "政策経営部")["様式M1"], 1)
        assert labels.count("到達点1　新たな仕組みづくり") == 1


class TestHeadings:
    def test_records_stand_under_the_headings_of_the_printed_form(self) -> None:
        labels = column_of(template("welfare2024", "障害福祉部")["様式A（行動量）"], 1)
        assert labels[3] == "推進施策1-2　地域生活を支える保健、医療、福祉の連携"
        assert str(labels[4]).startswith("めざす姿1-2　住み慣れた自宅で")
        assert labels[5] == "1-2"

    def test_what_several_headings_share_stands_above_the_first(self) -> None:
        labels = column_of(template("plan2022", "都市整備政策部")["様式1"], 1)
        assert [each for each in labels if str(each).startswith(("政策の柱", "施策"))] == [
            "政策の柱1　高齢者・障害者をはじめすべての区民の健康と生命を守る",
            "施策7　住み慣れた地域で安心して住み続けられる居住支援の推進",
            "政策の柱4　コロナ後を見据えた持続可能な社会の実現",
            "施策19　参加と協働による魅力ある街づくり",
        ]

    def test_a_group_told_in_columns_needs_no_heading(self) -> None:
        sheet = template("council2023", "保健福祉政策部")["様式C1"]
        labels = [each for each in column_of(sheet, 1) if each]
        assert "柱1　包括的な支援体制を構築する" in labels
        assert not any(str(each).startswith("推進施策") for each in labels)
        # A text that holds for several records stands once over them.
        assert any(area.min_col == area.max_col == 2 and area.size["rows"] > 1 for area in sheet.merged_cells.ranges)


class TestTotals:
    def test_a_total_that_is_no_plain_sum_is_to_be_filled_in(self) -> None:
        sheet = template("plan2022", "政策経営部")["様式9-2"]
        row = column_of(sheet, 1).index("合計") + 1
        assert [sheet.cell(row, column).value for column in (3, 4)] == [None, None]
        assert not sheet.cell(row, 3).protection.locked

    def test_records_listed_before_are_left_out_of_the_total(self) -> None:
        sheet = template("plan2022", "政策経営部")["様式4"]
        numbers = column_of(sheet, 3)
        total = str(sheet.cell(column_of(sheet, 1).index("合計") + 1, 8).value)
        again = numbers.index("5-1") + 1
        assert f"H{again - 1}," in total
        assert f"H{again + 1}" in total

    def test_what_falls_to_each_of_several_kinds_is_not_guessed(self) -> None:
        sheet = template("plan2022", "政策経営部")["様式4"]
        row = column_of(sheet, 1).index("抑制額") + 1
        assert "SUMPRODUCT" in str(sheet.cell(row, 8).value)
        assert not sheet.cell(row, 8).protection.locked


class TestEntries:
    def test_a_unit_that_no_column_tells_stands_beside_the_figure(self) -> None:
        sheet = template("welfare2024", "保健福祉政策部")["様式A（行動量）"]
        row = next(r for r in range(1, 99) if "研修の実施及び動画公開" in str(sheet.cell(r, 5).value))
        assert sheet.cell(row, 8).number_format == 'General" 回"'

    def test_a_percentage_is_typed_with_its_sign(self) -> None:
        sheet = template("welfare2024", "保健福祉政策部")["様式A（成果指標）"]
        assert {sheet.cell(row, 6).number_format for row in range(6, 12)} == {"General"}
        rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "decimal"]
        assert all("80%" in rule.error for rule in rules)

    def test_a_figure_has_both_its_limits(self) -> None:
        sheet = template("districts2022", "地域行政部")["様式D4"]
        (rule,) = [rule for rule in sheet.data_validations.dataValidation if rule.type == "decimal"]
        assert (rule.operator, rule.formula1, rule.formula2) == (None, "0.0", "100.0")  # between, as no operator means

    def test_words_that_excel_takes_are_named_in_the_cell(self, tmp_path: Path) -> None:
        lists = Lists(book_at(tmp_path), "選択肢")
        assert lists.source("a", ["合計", "累計"]) == ["合計", "累計"]
        assert lists.sheet is None

    @pytest.mark.parametrize("words", [[f"とても長い選択肢の名称その{n}" for n in range(40)], ["甲", "乙,丙"]])
    def test_longer_lists_stand_on_a_hidden_sheet(self, tmp_path: Path, words: list[str]) -> None:
        book = book_at(tmp_path)
        book.sheet("様式")
        lists = Lists(book, "選択肢")
        assert lists.source("a", words) == f"='選択肢'!$A$1:$A${len(words)}"
        assert lists.source("a", words) == f"='選択肢'!$A$1:$A${len(words)}"  # once
        assert lists.source("b", ["x,y"]) == "='選択肢'!$B$1:$B$1"
        book.close()
        hidden = openpyxl.load_workbook(tmp_path / "b.xlsx")["選択肢"]
        assert hidden.sheet_state == "hidden"
        assert [cell.value for (cell,) in hidden[f"A1:A{len(words)}"]] == words

    @pytest.mark.parametrize("pack", ["plan2022", "welfare2024", "management2024", "districts2022", "council2023"])
    def test_what_may_be_typed_in_is_unlocked_and_empty_or_of_the_last_round(self, pack: str) -> None:
        for department in load(pack).expected_departments()[:2]:
            for sheet in template(pack, department).worksheets:
                for cell in (cell for line in sheet.iter_rows() for cell in line):
                    if cell.value is not None and not str(cell.value).startswith("="):
                        assert cell.protection.locked, (sheet.title, cell.coordinate)


class TestOtherPacks:
    """What the packs that come along do not use."""

    @pytest.fixture
    def altered(self, tmp_path: Path) -> Pack:
        folder = tmp_path / "pack"
        shutil.copytree(load("council2023").folder, folder)
        form = folder / "forms" / "opinions.yaml"
        text = form.read_text(encoding="utf-8").replace(
            "layout: table", "layout: table\ntags: {start: C2-始, end: C2-終}"
        )
        share = "  share: {type: percent, label: 賛成, minimum: 0, maximum: 100}\n  votes: {type: integer, label: 票}\n"
        form.write_text(text.replace("  opinion:", f"{share}  opinion:"), encoding="utf-8")
        return load(str(folder))

    def test_a_table_between_tags_is_written_between_them_and_read_back(self, altered: Pack, tmp_path: Path) -> None:
        write_templates(altered, tmp_path / "out", "ja", ["保健福祉政策部"])
        path = tmp_path / "out" / "保健福祉政策部.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["様式C2"]
        assert sheet["A3"].value == "C2-始"
        assert sheet.cell(sheet.max_row, sheet.max_column).value == "C2-終"
        heads = [cell.value for cell in sheet[4]]
        for head, value in {
            "番号": "1", "会議": "地域保健福祉審議会", "日付": "令和５年４月26日", "項目": "権利擁護の推進", "賛成": 0.8, "票": 12,
            "意見": "賛成です。",
        }.items():  # fmt: skip
            cell = sheet.cell(5, heads.index(head) + 1)
            assert not cell.protection.locked
            cell.value = value
        (tmp_path / "r").mkdir()
        book.save(tmp_path / "r" / path.name)
        run = pipeline.check(altered, [tmp_path / "r"])
        assert [
            f.code for f in run.findings if f.code.startswith(("LAY", "FIL", "FLD010")) and f.form == "opinions"
        ] == []
        facts = run.facts
        said = {str(facts.slot[n]): facts.value[n] for n in range(len(facts)) if facts.form[n] == "opinions"}
        assert (said["share"], said["votes"]) == (80, 12)

    def test_what_a_sheet_tells_once_has_a_sheet_for_each(self) -> None:
        book = template("fund2024", "Ashbourne Vale Council")
        name = load("fund2024").forms["spend"].name.en
        spend = [sheet for sheet in book.worksheets if sheet.title.startswith(name)]
        told = [[sheet.cell(3, column).value for column in (1, 2)] for sheet in spend]
        assert told == [["Project name", "Pier gardens"], ["Project name", "Station quarter"]]
        assert all(sheet["B3"].protection.locked for sheet in spend)
        assert "Project name" not in [cell.value for cell in spend[0][5]]

    def test_what_only_the_department_knows_of_a_sheet_is_asked_for(self, tmp_path: Path) -> None:
        pack, owner = load("fund2024"), "Ashbourne Vale Council"
        without = pack.forms["milestones"].model_copy(update={"register_link": None, "owed_by": [owner]})
        write_templates(replace(pack, forms={**pack.forms, "milestones": without}), tmp_path / "out", "ja", [owner])
        sheet = openpyxl.load_workbook(tmp_path / "out" / f"{owner}.xlsx")[pack.printed(without.name)]
        assert (sheet["A3"].value, sheet["B3"].value) == ("Project name", None)
        assert not sheet["B3"].protection.locked

    def test_forms_that_a_pack_hides_are_hidden(self) -> None:
        book = template("fund2024", "Ashbourne Vale Council")
        pack = load("fund2024")
        owed = [pack.forms[name] for name in pack.forms_expected_of("Ashbourne Vale Council")]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        assert "Project list" in hidden
        assert hidden == [pack.printed(form.name) for form in owed if form.hidden]

    def test_whole_numbers_and_percentages_are_asked_for_as_such(self, altered: Pack, tmp_path: Path) -> None:
        write_templates(altered, tmp_path / "out", "ja", ["保健福祉政策部"])
        sheet = openpyxl.load_workbook(tmp_path / "out" / "保健福祉政策部.xlsx")["様式C2"]
        rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
        assert "whole" in rules
        assert rules["decimal"].formula2 == "1.0"  # 100 %


def test_what_the_pack_says_of_a_form_is_found_out_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not with each cell: a thousand departments have a hundred thousand."""
    pack, asked = load("fund2024"), 0
    counted = FormField.all_columns

    def columns(field: FormField) -> list[Column]:
        nonlocal asked
        asked += 1
        return counted(field)

    monkeypatch.setattr(FormField, "all_columns", columns)
    departments = pack.expected_departments()
    write_templates(pack, tmp_path / "a", "en", departments[:1])
    first = asked
    write_templates(pack, tmp_path / "b", "en", departments[1:2])
    cells = sum(len(sheet._cells) for sheet in openpyxl.load_workbook(tmp_path / "b" / f"{departments[1]}.xlsx"))
    assert asked - first < cells / 4
