"""The tables of words say the same to the fast parser of YAML and to the slow one, which is used where that is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

import reconcile

FILES = sorted(Path(reconcile.__file__).parent.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_both_parsers_say_the_same(path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="ruamel.yaml.clib is not installed")
    text = path.read_text(encoding="utf-8")
    assert YAML(typ="safe").load(text) == YAML(typ="safe", pure=True).load(text)
