"""What a form says of its fields, for reading one cell as for reading a column: notations, numbers of keys, days."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from reconcile.facts import STATES
from reconcile.normalise import Notation, read_date
from reconcile.packs.model import Form, FormField

STATE = {name: number for number, name in enumerate(STATES)}


def key_of_total(level: str, flag: str, group: str) -> tuple[str, str]:
    """The key and the group of a row of totals; ``flag`` is that of the records which a breakdown counts."""
    if level == "subtotal":
        return f"{group}/subtotal", group
    return ("total", "") if level == "total" else (f"{flag}/breakdown", "")


def notation_of(form: Form, spec: FormField) -> Notation:
    """What a form allows in a field."""
    return _notation(
        spec.unit_in(form.unit) if spec.type in ("money", "percent") else None,
        tuple(spec.milestones),
        spec.approximate,
    )


@lru_cache(maxsize=256)
def _notation(unit: str | None, milestones: tuple[str, ...], approximate: bool) -> Notation:
    """The same for all returns: what a cell means is remembered with it."""
    return Notation(unit=unit, milestones=milestones, approximate=approximate)


def numbered(field: FormField, key: str) -> str:
    """What of a folded key is the key itself, where the field has a pattern for its number; else all of it."""
    found = re.match(field.number, key) if field.number else None
    return found[1] if found else key


def day_as_read(typed: str, day: date | None) -> str:
    """A day as it was typed, or as 2023-04-01 where the digits alone do not say which is the month."""
    return typed if day is None or read_date("s", typed) == day else day.isoformat()
