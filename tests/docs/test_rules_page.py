"""docs/rules.md and docs/rules.ja.md are what the catalogue says (``make docs`` writes them anew)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from reconcile import catalogue

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rules_pages", DOCS / "rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_current(maker: ModuleType, lang: str) -> None:
    assert (DOCS / maker.NAMES[lang]).read_text(encoding="utf-8") == maker.text(lang)


@pytest.mark.parametrize("name", ["rules.md", "rules.ja.md"])
def test_every_code_has_its_place(name: str) -> None:
    lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == list(catalogue.codes())
