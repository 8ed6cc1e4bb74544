"""The words of 様式A: its rows, its two sides, its grades."""

from __future__ import annotations

FORM = "progress"
# Rows of the left and the right side of a record, in printed order: field → word.
LEFT = {"initial": "当初計画", "revised": "修正計画", "actual": "実績"}
RIGHT = {"target": "目標", "actual": "実績", "rate": "達成状況"}
YEAR = "令和６年度"
GRADES = ("A", "B", "C", "D", "ー")
NIL = "ー"
# Fields of one side, as they are shared by neighbouring records.
ACTION = ("action_number", "action", "action_baseline", "action.initial", "action.revised", "action.actual")
OUTCOME = (
    "outcome_number",
    "outcome",
    "outcome_baseline",
    "outcome.target",
    "outcome.actual",
    "outcome.rate",
    "grade",
    "reason",
)
INITIATIVE = ("initiative_number", "initiative")
GRADE_NOTE = "※１　目標に対しての成果。A:100％、B：80％～100％未満、C:８０％未満、D:０％以下"
MARK_NOTES = {
    "※２": "※２　策定時の現況値に誤りがあったため、現況値及び目標値を修正した",
    "※３": "※３　区民意識調査にて設問の変更があったため、成果指標及び目標値を修正した",
}
