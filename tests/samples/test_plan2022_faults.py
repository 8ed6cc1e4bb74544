"""The faults of plan2022 are of every kind its forms can have; sums are wrong only where one was planted."""

from __future__ import annotations

import collections

import openpyxl
import pytest
from making.entries import read_quantity
from plan2022.making.collections import COLLECTION, FAULTS, write_returns
from plan2022.making.figures import read_returns
from plan2022.making.layouts import OFFICE_FORMS, VARIATIONS
from plan2022.making.office import OFFICE
from plan2022.making.terms import FORMS

CODES = {
    *("FIL008", "FIL009", "FIL010"),
    *("LAY002", "LAY004", "LAY006", "LAY007", "LAY008"),
    *("FLD001", "FLD002", "FLD003", "FLD005", "FLD006", "FLD007", "FLD008", "FLD009", "FLD010", "FLD011", "FLD012"),
    *("BAL001", "BAL002", "BAL003", "BAL004"),
    *("CUM001", "CUM002", "CUM003", "CUM004", "CUM005"),
    *("DUP002", "DUP003", "DUP004"),
    *("REV001", "REV002", "REV003", "REV006"),
    *("PRG001", "PRG002", "PRG003"),
    *("XRF001", "XRF002", "XRF003", "XRF004", "XRF005"),
    *("CNT001",),
    *("RLS001", "RLS002", "RLS003"),
    *("SUB002", "SUB003"),
    *("TXT001", "TXT002"),
}
written, plant = COLLECTION.cells, COLLECTION.plant


def test_every_kind_is_planted():
    counts = collections.Counter(fault.code.split("|")[0] for fault in FAULTS)
    assert set(counts) == CODES
    assert len(FAULTS) >= 45
    assert sum(fault.department == OFFICE for fault in FAULTS) >= 12
    assert counts["BAL001"] >= 4
    assert counts["BAL002"] >= 3
    assert counts["REV003"] >= 2


@pytest.mark.parametrize("faults", [False, True])
@pytest.mark.parametrize("variant", ["plain", "one_sheet", "side_by_side", "per_programme", "formulas"])
def test_the_variations_are_workbooks(tmp_path, variant, faults):
    write_returns(tmp_path, variant, faults)
    assert (tmp_path / "planted.csv").exists() == faults
    for path in tmp_path.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        words = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        own = {"項目番号", "取組み項目", "変更前"} if OFFICE in path.stem else {"予算事業コード"}
        assert {"提出部署", "事業番号"} | own <= words
        stored = openpyxl.load_workbook(path, data_only=True)
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                result = stored[sheet.title][cell.coordinate].value
                assert isinstance(result, int | float) or (faults and result in (None, "#REF!", "#N/A"))
    assert len(list(tmp_path.glob("*.xlsx"))) == 15
    assert len(FORMS) == 3
    assert len(OFFICE_FORMS) == 9


def amounts(department, owners):
    """(level, slot) where a 小計 or 合計 is not the sum of the amounts that stand above it."""
    wrong = set()
    for owner, cell in owners.items():
        if owner.form != "budget" or owner.record[:2] not in ("小計", "合計") or owner.field == "label":
            continue
        prefix = owner.record.partition("/")[2]
        parts = [
            other.content
            for key, other in owners.items()
            if key.form == "budget"
            and key.field == owner.field
            and "/" in key.record
            and key.record[0].isdigit()
            and (not prefix or key.record.startswith(prefix + "/"))
        ]
        if not all(part.isdigit() for part in (cell.content, *parts)) or sum(map(int, parts)) != int(cell.content):
            wrong.add((department, owner.record, owner.field))
    return wrong


def test_sums_of_money_are_wrong_only_where_a_fault_was_planted():
    returns = read_returns()
    spoilt = plant(returns)
    plain = VARIATIONS["plain"]
    assert not set().union(*(amounts(name, written(answer, plain)) for name, answer in returns.items()))
    assert set().union(*(amounts(name, written(answer, plain)) for name, answer in spoilt.items())) == {
        ("危機管理部", "小計/1", "initial.FY2022"),
        ("危機管理部", "合計", "initial.FY2022"),  # 5,033,000円
        ("道路・交通計画部", "小計/2", "initial.FY2022"),
        ("保健福祉政策部", "小計/3", "initial.FY2023"),
        ("保健福祉政策部", "合計", "initial.FY2023"),
        ("障害福祉部", "合計", "actual.FY2022"),  # #REF!
        ("都市整備政策部", "合計", "revised.FY2023"),
        ("生活文化政策部", "合計", "actual.FY2022"),
        ("環境政策部", "小計/17", "actual.FY2022"),  # no stored result
    }


def test_totals_of_actions_are_wrong_only_where_a_fault_was_planted():
    """総量 beside R4 and R5, of the records whose total is a sum."""
    wrong = set()
    for department, answer in plant(read_returns()).items():
        for record in answer.forms["activity"].records if "activity" in answer.forms else ():
            found = [read_quantity(str(record.fields[f"initial.{period}"])) for period in ("FY2022", "FY2023", "total")]
            if record.fields["basis"] == "合計" and all(found):
                first, second, total = (quantity[0] for quantity in found)
                if first + second != total:
                    wrong.add((department, record.key))
    planted_here = {
        (fault.department, fault.edit.about.record)
        for fault in FAULTS
        if fault.code == "BAL001" and fault.edit.about.field != "actual.total" and fault.department != OFFICE
    }
    assert len(planted_here) == 5
    # 0.2万人 is 2,000 人
    assert wrong == planted_here | {("高齢福祉部", "4-1")}
