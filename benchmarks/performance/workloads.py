"""Workloads for the speed benchmark: returns made by a seeded script, and the pack that describes them.

``python benchmarks/performance/workloads.py W1 --out DIR [--returns N]`` writes ``DIR/returns`` and ``DIR/pack``.

W1: 1,000 returns of 3 sheets × 50 rows × 14 columns; W2: 10 returns of 50,000 rows; W3: one of 500,000 rows.
Japanese text, styles, merged titles, row totals as formulas with stored results, a total row a sheet. W1-slips: the
returns of W1 as departments send them, totals typed and two slips a sheet.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

FORMS = ("alpha", "beta", "gamma")
KEYS = dict(zip(FORMS, ("項目番号", "事業番号", "施策番号"), strict=True))
QUARTERS = ("第１四半期", "第２四半期", "第３四半期", "第４四半期")
WORDS = (
    "地域",
    "防災",
    "福祉",
    "教育",
    "環境",
    "道路",
    "健康",
    "文化",
    "産業",
    "子ども",
    "支援",
    "推進",
    "整備",
    "啓発",
)


@dataclass(frozen=True)
class Workload:
    """How many returns, sheets a return, records a sheet, and slips in each sheet."""

    returns: int
    sheets: int
    rows: int
    slips: int = 0


WORKLOADS = {
    "W1": Workload(1000, 3, 50),
    "W1-slips": Workload(1000, 3, 50, slips=2),
    "W2": Workload(10, 1, 50_000),
    "W3": Workload(1, 1, 500_000),
}
SLIPS = ("digit", "thousandfold", "about", "unit", "missing", "total")
COLUMNS = ("事業名", "区分", "担当課", *QUARTERS, "年間計", "前年度", "増減", "単価", "備考", "確認")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--returns", type=int, help="fewer or more returns than the workload has")
    given = parser.parse_args()
    workload = WORKLOADS[given.workload]
    count = given.returns or workload.returns
    make(given.out, workload, count)


def make(folder: Path, workload: Workload, count: int) -> None:
    """``folder/returns`` and ``folder/pack``."""
    write_pack(folder / "pack", workload, count)
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        write_return(folder / "returns" / f"{number:04d}.xlsx", number, workload)


def department(number: int) -> str:
    return f"第{number}部"


def write_return(path: Path, number: int, workload: Workload, answers: int | None = None) -> None:
    """One workbook; the same number gives the same figures. ``answers`` is the department, if not of that number."""
    chance = random.Random(number)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": workload.rows > 5000})
    head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True})
    money = book.add_format({"border": 1, "num_format": "#,##0"})
    whose = department(number if answers is None else answers)
    cover = book.add_worksheet("表紙")
    for row, (label, value) in enumerate(
        (
            ("計画名", "速さを測る計画"),
            ("提出部署", whose),
            ("回", "第1回"),
            ("様式版", "1"),
        )
    ):
        cover.write_string(row, 1, label, head)
        cover.write_string(row, 2, value, cell)
    for form in FORMS[: workload.sheets]:
        sheet = book.add_worksheet(f"様式{FORMS.index(form) + 1}")
        sheet.merge_range(0, 0, 0, len(COLUMNS), f"様式{FORMS.index(form) + 1} 年間の計画 {form}", head)
        for column, label in enumerate((KEYS[form], *COLUMNS)):
            sheet.write_string(2, column, label, head)
        totals = [0] * 6
        slips = Slips(f"{number} {form}", workload)
        for line in range(workload.rows):
            row = 3 + line
            figures = [chance.randrange(0, 100_000) for _ in QUARTERS]
            last = chance.randrange(0, 400_000)
            sheet.write_string(row, 0, f"{number + 1}-{line + 1}", cell)
            sheet.write_string(row, 1, "".join(chance.choices(WORDS, k=4)) + "事業", cell)
            sheet.write_string(row, 2, chance.choice(("継続", "新規", "拡充")), cell)
            sheet.write_string(row, 3, f"{chance.choice(WORDS)}課", cell)
            total = sum(figures)
            for column, figure in enumerate(slips.written(line, figures)):
                sheet.write(row, 4 + column, figure, money)
            sheet.write_number(row, 9, last, money)
            if workload.slips:
                sheet.write_number(row, 8, slips.total(line, total), money)
                sheet.write_number(row, 10, total - last, money)
            else:
                sheet.write_formula(row, 8, f"=SUM(E{row + 1}:H{row + 1})", money, total)
                sheet.write_formula(row, 10, f"=I{row + 1}-J{row + 1}", money, total - last)
            sheet.write_number(row, 11, chance.randrange(1, 1000) / 10, cell)
            sheet.write_string(row, 12, "" if chance.random() < 0.7 else "令和４年度より実施方法を見直した。", cell)
            sheet.write_string(row, 13, "済", cell)
            for place, figure in enumerate((*figures, total, last)):
                totals[place] += figure
        bottom = 3 + workload.rows
        sheet.write_string(bottom, 0, "合計", head)
        for place, figure in enumerate(totals):
            sheet.write_number(bottom, 4 + place, figure, money)
        sheet.set_column(0, len(COLUMNS), 12)
    book.close()


class Slips:
    """What is typed wrong in one sheet: in each of some lines one figure. The same ``seed`` gives the same slips."""

    def __init__(self, seed: str, workload: Workload) -> None:
        self._chance = random.Random(seed)
        self._kinds = dict(
            zip(
                self._chance.sample(range(workload.rows), workload.slips),
                self._chance.choices(SLIPS, k=workload.slips),
                strict=True,
            )
        )

    def written(self, line: int, figures: Sequence[int]) -> list[int | str]:
        """The figures of a line as they are typed; "" stands for nothing."""
        typed: list[int | str] = [*figures]
        place = self._chance.randrange(len(typed))
        figure = figures[place]
        match self._kinds.get(line):
            case "digit":
                typed[place] = figure + self._chance.randrange(1, 9) * 10 ** self._chance.randrange(len(str(figure)))
            case "thousandfold":
                typed[place] = figure * 1000
            case "about":
                typed[place] = f"約{figure}"
            case "unit":
                typed[place] = f"{figure}円"
            case "missing":
                typed[place] = ""
        return typed

    def total(self, line: int, total: int) -> int:
        """The total of a line as it is typed."""
        return total + 900 if self._kinds.get(line) == "total" else total


def write_pack(folder: Path, workload: Workload, departments: int) -> None:
    """The pack of the workload: each form a table with row totals, column totals and a register."""
    (folder / "forms").mkdir(parents=True, exist_ok=True)
    (folder / "lists").mkdir(exist_ok=True)
    forms = FORMS[: workload.sheets]
    (folder / "pack.yaml").write_text(PACK.format(forms=", ".join(f"forms/{form}.yaml" for form in forms)), "utf-8")
    (folder / "forms" / "cover.yaml").write_text(COVER, "utf-8")
    (folder / "lists" / "departments.csv").write_text(
        "name,also\n" + "".join(f"{department(n)},\n" for n in range(departments)), "utf-8"
    )
    (folder / "lists" / "kinds.csv").write_text("code,ja,en\nold,継続,old\nnew,新規,new\nmore,拡充,more\n", "utf-8")
    owing = ", ".join(department(number) for number in range(departments))
    for number, form in enumerate(forms, start=1):
        text = FORM.format(form=form, number=number, key=KEYS[form], owing=owing)
        (folder / "forms" / f"{form}.yaml").write_text(text, "utf-8")


PACK = """\
pack: speed
title: {{ja: 速さを測る計画, en: A plan to measure speed by}}
cover: forms/cover.yaml
expect: {{plan: 速さを測る計画, round: 第1回, template: "1"}}
periods:
  Q1: {{ja: 第１四半期, en: Q1}}
  Q2: {{ja: 第２四半期, en: Q2}}
  Q3: {{ja: 第３四半期, en: Q3}}
  Q4: {{ja: 第４四半期, en: Q4}}
  total: {{ja: 年間計, en: year}}
versions:
  plan: {{ja: 計画, en: plan}}
  last: {{ja: 前年度, en: last year}}
departments: lists/departments.csv
forms: [{forms}]
placeholders: [未定]
"""

COVER = """\
form: cover
name: {ja: 表紙, en: Cover}
title: {ja: 提出票, en: Cover card}
layout: card
fields:
  plan: {type: text, label: 計画名, required: true}
  department: {type: text, label: 提出部署, required: true}
  round: {type: text, label: 回, required: true}
  template: {type: text, label: 様式版, required: true}
"""

FORM = """\
form: {form}
name: {{ja: 様式{number}, en: Form {number}}}
title: {{ja: 年間の計画 {form}, en: Plan of the year {form}}}
layout: table
key: [number]
unit: 千円
owed_by: [{owing}]
fields:
  number: {{type: key, label: {key}, required: true, pattern: '\\d+-\\d+', example: 1-1}}
  name: {{type: text, label: 事業名, required: true, longest: 60}}
  kind: {{type: code, label: 区分, list: lists/kinds.csv}}
  section: {{type: text, label: 担当課}}
  amount:
    type: money
    columns:
      - {{label: 第１四半期, version: plan, period: Q1}}
      - {{label: 第２四半期, version: plan, period: Q2}}
      - {{label: 第３四半期, version: plan, period: Q3}}
      - {{label: 第４四半期, version: plan, period: Q4}}
      - {{label: 年間計, version: plan, period: total}}
      - {{label: 前年度, version: last, period: total}}
    required: [plan.Q1, plan.Q2, plan.Q3, plan.Q4, plan.total]
    minimum: 0
  change: {{type: money, columns: [{{label: 増減}}]}}
  price: {{type: measure, columns: [{{label: 単価}}]}}
  note: {{type: text, label: 備考, longest: 200}}
  checked: {{type: text, label: 確認}}
totals:
  - {{level: total, label: 合計}}
checks:
  - {{code: BAL001, total: amount.plan.total, parts: [amount.plan.Q1, amount.plan.Q2, amount.plan.Q3, amount.plan.Q4]}}
  - {{code: BAL002, amounts: amount}}
  - {{code: TXT001, fields: [name, note]}}
"""

if __name__ == "__main__":
    main()
