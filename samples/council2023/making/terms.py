"""The words of the forms of council2023."""

from __future__ import annotations

GOALS, OPINIONS = "goals", "opinions"
OFFICE = "保健福祉政策部"
MEETING = "第４回地域保健医療福祉総合計画研究会"
