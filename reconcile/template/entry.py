"""Cells to be filled in: unlocked, with what may stand there and the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reconcile.packs.model import FormField
from reconcile.template.choices import words_of
from reconcile.template.page import Page
from reconcile.writing.cells import done
from reconcile.writing.text import pieces

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_TITLE, _MESSAGE = 32, 250  # Excel's limits of what a validation says
_LOWEST = -1_000_000_000  # whole numbers have a limit here


def entry_style(page: Page, spec: FormField, kind: str, **more: object) -> Format:
    """How an input cell looks; a figure stands at the right."""
    looks: dict[str, object] = {"valign": "vcenter"}
    if kind == "figure":
        looks |= {"align": "right", "indent": 1}
    if spec.type in ("money", "integer"):
        looks |= {"num_format": "#,##0"}
    elif spec.type == "percent":
        looks |= {"num_format": "0.0%"}  # 80 typed into such a cell is 80%, as it is meant
    elif spec.type == "key":
        looks |= {"align": "center", "num_format": "@"}
    elif spec.type in ("code", "flag", "unit"):
        looks |= {"align": "center"}
    elif spec.type == "date":
        looks |= {"align": "left", "num_format": 'yyyy"年"m"月"d"日"'}
    return page.book.styles.get("answer", **{**looks, **more})


def ask(
    page: Page, spec: FormField, rows: Sequence[tuple[int, int]], column: int, *, required: bool, text: bool = False
) -> None:
    """Says of some rows of a column what belongs there; ``rows`` are first and last rows of ranges.

    ``text``: a text may stand there for a figure.
    """
    rule = _asked(page, page.voice.word("template_required")) if text and required else None
    rule = rule if text else _rule(page, spec, required)
    if rule is None or not rows:
        return
    first, *others = rows
    if others:
        rule["other_cells"] = [[a - 1, column - 1, b - 1, column - 1] for a, b in others]
    span = (first[0] - 1, column - 1, first[1] - 1, column - 1)
    done(page.sheet.raw.data_validation(*span, rule), "data_validation")


def _rule(page: Page, spec: FormField, required: bool) -> dict[str, Any] | None:
    voice = page.voice
    note = voice.word("template_required") if required else ""
    if spec.type == "code":
        words = words_of(page.pack, spec)
        return _said(page, "FLD003", note) | {"validate": "list", "source": page.choices(spec.list_file or "", words)}
    if spec.type == "flag":
        return _said(page, "FLD003", note) | {"validate": "list", "source": [spec.marks[0]]}
    if spec.numeric:
        return _figure_rule(page, spec, note)
    return _text_rule(page, spec, note)


def _figure_rule(page: Page, spec: FormField, note: str) -> dict[str, Any]:
    """Figures of the last resort (集計中, a milestone) may still stand there: Excel asks, and lets it be."""
    beside = spec.type == "money" or any(each.type == "unit" for each in page.form.fields.values())
    more = page.voice.word("template_number" if beside else "template_figure")
    scale = 0.01 if spec.type == "percent" else 1
    low = _LOWEST if spec.minimum is None else spec.minimum * scale
    limits: dict[str, Any] = {"criteria": ">=", "value": low}
    if spec.maximum is not None:
        limits = {"criteria": "between", "minimum": low, "maximum": spec.maximum * scale}
    limited = spec.minimum is not None or spec.maximum is not None
    said = _said(page, "FLD004" if limited else "FLD002", note, more)
    kind = "integer" if spec.type == "integer" else "decimal"
    return {**said, "validate": kind, **limits, "error_type": "warning"}


def _text_rule(page: Page, spec: FormField, note: str) -> dict[str, Any] | None:
    voice = page.voice
    if spec.type == "date":
        # Any notation is read; a date typed as one is not asked about.
        return {"validate": "any", "input_title": voice.title("FLD006")[:_TITLE], "input_message": "2023-01-20"}
    if spec.type == "key" and spec.example:
        return {
            "validate": "any",
            "input_title": spec.all_columns()[0].text[:_TITLE],
            "input_message": voice.word("template_example", example=spec.example),
        }
    if spec.longest is not None:
        said = _said(page, "FLD008", note, voice.word("template_longest", count=spec.longest))
        return {**said, "validate": "length", "criteria": "<=", "value": spec.longest, "error_type": "warning"}
    return _asked(page, note) if note else None


def _asked(page: Page, note: str) -> dict[str, Any]:
    """A word when the cell is chosen, and no limit to what is typed."""
    return {"validate": "any", "input_title": page.voice.word("template_input")[:_TITLE], "input_message": note}


def _said(page: Page, code: str, note: str, more: str = "") -> dict[str, Any]:
    """The message of a rule as a validation says it."""
    message = " ".join(part for part in (more, page.voice.meaning(code)) if part)
    said: dict[str, Any] = {
        "error_title": f"{code} {page.voice.title(code)}"[:_TITLE],
        "error_message": pieces(message, _MESSAGE)[0],
        "ignore_blank": True,
    }
    if note:
        said |= {"input_title": page.voice.word("template_input")[:_TITLE], "input_message": note}
    return said
