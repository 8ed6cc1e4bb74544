"""What a cell means: its measures, each with state, value and unit, and what had to be changed to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

State = Literal["number", "text", "milestone", "nil", "pending", "blank", "error"]
ChangeKind = Literal["unit", "magnitude", "sign", "date"]


DOUBTS: Final = (
    "about",  # 約３
    "space_in_number",  # 2, 500
    "decimal_or_thousands",  # 1.000
    "leading_zero",  # 007
    "dash_as_minus",  # ―5: a minus, a bullet?
    "number_in_note",  # 20 か所（４課）
    "percent_or_fraction",  # 0.8 in a field of percents
    "hundredfold_percent",  # 80 in a cell of percents: 8000 %
    "line_break_lost",  # 診断：87 件改修：51 件
    "label_or_text",  # 検討 over 5人
    "currency_sign",  # ¥5,365 in a form in thousands
    "format_text",  # the number format adds words that are no unit
    "not_shown",  # the number format hides the value
)
PROBLEMS: Final = (
    "two_numbers",
    "range",
    "fraction",
    "time",
    "expression",
    "bound",  # １０人以上
    "difference",  # 10人増
    "ordinal",  # 第5回
    "each",  # 各5回
    "date",
    "thousands",  # 12,34
    "separator",  # 69、9
    "letter_in_number",  # 1O0
    "too_long",
    "brackets",  # (5)
    "kanji_number",
    "ditto",
    "boolean",
    "not_a_number",
    "no_result",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A normalisation that has to be told (FLD010): what stood there and what it was read as."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a cell.

    component: folded label of the measure where the cell names one (`a`, `グループホーム`), else empty.
    value: set exactly if the state is number; in `unit`, a percentage as the figure before %.
    unit: folded, for comparison; `printed_unit` as it was typed (empty where another component or the form lent it).
    note: bracketed and qualifying words (累計, 令和3年12月時点, 延べ), NFKC and without white space, joined by 、.
    doubts: why the reading could be questioned (FLD011), of `DOUBTS`.
    problem: why a text was refused (state text), of `PROBLEMS`; `no_result` with the state error is a formula whose
        result is not stored (FIL009).
    widths: full-width digits, signs or spaces were read as narrow ones, which is merely counted.
    """

    component: str = ""
    state: State = "text"
    value: Decimal | None = None
    unit: str = ""
    note: str = ""
    changes: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    problem: str = ""
    printed_unit: str = ""
    widths: bool = False


@dataclass(frozen=True, slots=True)
class Notation:
    """What a form allows in a field. Everything is declared by the pack.

    unit: the unit of a figure written without one (千円, %); money in another unit of money is converted to it.
    milestones: regular expressions; a text that matches one in full, NFKC and without white space, is a milestone.
    approximate: 約３ is read without doubt.
    brackets_negative: (5) is −5, as accountants write it; else it is refused.
    decimals: places the field is declared with; 1.000 is doubtful unless they are 3 or more.
    nil, pending: further words for these states (※ where a legend says so).
    """

    unit: str | None = None
    milestones: tuple[str, ...] = ()
    approximate: bool = False
    brackets_negative: bool = False
    decimals: int | None = None
    nil: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    #: What was read under this notation: (kind, text, number format) → measures. No part of its value.
    seen: dict[tuple[str, str, str], tuple[Measure, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """A milestone that is no regular expression is a fault of the pack and is said when the pack is read."""
        for pattern in self.milestones:
            re.compile(pattern)

    def __reduce__(self) -> tuple[type[Notation], tuple[object, ...]]:
        """A notation travels to other processes without what was read under it here."""
        return Notation, (
            self.unit,
            self.milestones,
            self.approximate,
            self.brackets_negative,
            self.decimals,
            self.nil,
            self.pending,
        )


PLAIN = Notation()
