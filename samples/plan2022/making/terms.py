"""The words of the forms of plan2022: versions, periods, and the columns of money."""

from __future__ import annotations

FORMS = ("activity", "outcome", "budget")
VERSIONS = {"initial": "当初計画", "revised": "修正計画", "actual": "実績"}
PERIODS = {"FY2022": "令和4年度", "FY2023": "令和5年度", "total": "総量"}
# The four columns of money, in printed order.
SLOTS = {
    "initial.FY2022": ("当初計画", "令和4年度"),
    "initial.FY2023": ("当初計画", "令和5年度"),
    "revised.FY2023": ("修正計画", "令和5年度"),
    "actual.FY2022": ("実績", "令和4年度"),
}
BASES = ("合計", "累計", "年度末値", "率", "平均", "なし")  # the words of 総量区分
