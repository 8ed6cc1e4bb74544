"""A rule is found by its code: every check a pack may declare has one, and no module of a rule is left over."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from reconcile import rules
from reconcile.packs import checks
from reconcile.rules import ALWAYS, always, declared

MODELS = [
    model for _, model in inspect.getmembers(checks, inspect.isclass) if "code" in getattr(model, "model_fields", {})
]
DECLARED = sorted({code for model in MODELS for code in get_args(model.model_fields["code"].annotation)})


@pytest.mark.parametrize("code", DECLARED)
def test_what_a_pack_declares_has_its_rule(code: str) -> None:
    assert list(inspect.signature(declared(code)).parameters) == ["check", "form", "data"]


@pytest.mark.parametrize("code", ALWAYS)
def test_what_always_holds_has_its_rule(code: str) -> None:
    assert list(inspect.signature(always(code)).parameters) == ["data"]


def test_no_rule_is_left_over() -> None:
    modules = {
        path.stem for path in Path(rules.__file__).parent.glob("*.py") if re.fullmatch(r"[a-z]{3}\d{3}", path.stem)
    }
    asked = {declared(code).__module__ for code in DECLARED} | {always(code).__module__ for code in ALWAYS}
    assert modules == {name.rpartition(".")[2] for name in asked}
