"""What the office alone answers: comments, survey, measures."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from making.model import Form, Record, Value

from .terms import COMMENT_TABLES, COMMENTS, MEASURES, SURVEY

FIGURES = Path(__file__).resolve().parent.parent / "figures"
# Kind of the printed line → its table; lines of totals first.
_KINDS = {"method_total": "method", "method": "method", "category": "category", "category_total_row": "category"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def comments() -> Form:
    """The opinions by how they came and by what they are about."""
    records = []
    for row in _rows("public_comments.csv"):
        table = _KINDS.get(row["kind"])
        if table:  # 意見件数 stands a second time below its breakdown, as 合計
            fields: dict[str, Value] = {"line_name": row["label"], "count": f"{row['count']} {row['unit']}"}
            records.append(Record(f"{table}/{row['label']}", table, fields))
    return Form(COMMENTS, records, COMMENT_TABLES)


def survey() -> Form:
    """Each answer of each question; a question with several series is one question each (`3-2`)."""
    records: list[Record] = []
    groups: dict[str, str] = {}
    questions = itertools.groupby(_rows("survey.csv"), key=lambda row: row["question"])
    for number, (question, lines) in enumerate(questions, 1):
        groups[str(number)] = question
        parts = [list(part) for _, part in itertools.groupby(lines, key=lambda row: row["series"])]
        if all(len(part) == 1 for part in parts):  # one figure a year: years are the answers
            parts = [list(itertools.chain.from_iterable(parts))]
        for turn, part in enumerate(parts, 1):
            key = f"{number}-{turn}" if len(parts) > 1 else str(number)
            records += _answers(key, str(number), part, years=len({row["series"] for row in part}) > 1)
    return Form(SURVEY, records, groups)


def _answers(key: str, group: str, part: list[dict[str, str]], *, years: bool) -> Iterator[Record]:
    for turn, row in enumerate(part, 1):
        yield Record(
            f"{key}/{turn}",
            group,
            {
                "question": key,
                "name": row["question"],
                "series": None if years else row["series"] or None,
                "kind": row["answer_type"],
                "asked": (row["n_raw"] or None) if turn == 1 else None,
                "number": str(turn),
                "option": row["series"] + "　" + row["option"] if years else row["option"],
                "share": Decimal(row["percent"]),
            },
        )


def measures() -> Form:
    """The tree of measures as its table of contents prints it, with what is done in each year."""
    done: dict[tuple[str, str], list[str]] = {}
    for row in _rows("measures_actions.csv"):
        done.setdefault((f"{row['大項目番号']}-{row['中項目番号']}", row["年度"]), []).append("・" + row["取組み"])
    records, groups = [], {}
    for row in _rows("measures.csv"):
        middle = f"{row['大項目番号']}-{row['中項目番号']}"
        groups[middle] = row["中項目"]
        mark = _CIRCLED[int(row["小項目番号"]) - 1] if row["小項目番号"] else "※"
        fields: dict[str, Value] = {
            "number": middle + mark,
            "major": f"{row['大項目番号']}　{row['大項目']}",
            "middle": f"（{row['中項目番号']}）{row['中項目']}",
            "name": row["小項目"],
            "original": row["再掲の参照先_raw"] or None,
            "page": row["頁_raw"],
            "fy2022": "\n".join(done.get((middle, "令和4年度実施"), ())) or None,
            "fy2023": "\n".join(done.get((middle, "令和5年度実施"), ())) or None,
        }
        records.append(Record(middle + mark, middle, fields))
    return Form(MEASURES, records, groups)


def _rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
