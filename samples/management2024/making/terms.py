"""The words of 様式M1 and 様式M2."""

from __future__ import annotations

ITEMS, GOALS = "items", "goals"
YEARS = {"FY2024": "R6", "FY2025": "R7", "FY2026": "R8", "FY2027": "R9"}
MONEY = {"budget.FY2024": "Ｒ６予算額", "settled.FY2024": "Ｒ６決算額", "budget.FY2025": "Ｒ７予算額"}
# The lines of a card that hold one text, in the order of the template: field → label.
TEXTS = {"content": "取組み内容", "effect": "目指すべき効果・成果", "result": "R6実績"}
HOURS = "業務削減時間（時間）"
SCHEDULE = "年次別計画"
NIL = "―"
