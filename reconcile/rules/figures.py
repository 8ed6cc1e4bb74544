"""How a figure computed by a rule is written for a person: ``2,500 人``, ``69.9%``, ``£2,500``."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """A plain decimal string without trailing zeros: ``2500``, ``69.9``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: Decimal, unit: str = "") -> str:
    """With thousands separators and its unit; a percent sign follows its figure without a space, £ stands before it."""
    digits, _, decimals = plain(value.copy_abs()).partition(".")
    text = f"{int(digits):,}" + (f".{decimals}" if decimals else "")
    sign = "-" if value < 0 else ""
    if unit in ("£", "$", "€"):
        return f"{sign}{unit}{text}"
    gap = "" if unit in ("", "%", "％") else " "
    return f"{sign}{text}{gap}{unit}"


def trimmed(value: Decimal) -> Decimal:
    """The same value without zeros at its end: what a person would have typed."""
    return Decimal(plain(value))
