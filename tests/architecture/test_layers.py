"""Imports go one way, modules stay small, and nothing of a plan stands in the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

import reconcile

PACKAGE = Path(reconcile.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400


def strings(path: Path) -> Iterator[str]:
    """The string constants of a module, its docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


@cache
def belongs_to_a_pack() -> re.Pattern[str]:
    """Names of packs and departments, fiscal years, addresses of cells."""
    packs = [folder for folder in (ROOT / "schemas").iterdir() if folder.is_dir()]
    departments = {
        line.split(",")[0]
        for pack in packs
        for line in (pack / "lists" / "departments.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    }
    names = "|".join(map(re.escape, sorted({pack.name for pack in packs} | departments)))
    return re.compile(rf"{names}|(?:令和|平成|R)\d+年度|FY20\d\d|^[A-Z]{{1,2}}[1-9]\d{{0,3}}$")


def test_imports_keep_the_contract() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_module_uses_one_that_uses_it() -> None:
    """Not even for its types. What the package itself offers stands above all of its modules."""
    graph = grimp.build_graph("reconcile")
    modules = graph.modules - {"reconcile"}
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in modules}).prepare()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
class TestModule:
    def test_says_what_it_is(self, path: Path) -> None:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    def test_is_of_a_size_one_can_read(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
        assert path.name != "utils.py"

    def test_knows_no_plan_department_year_or_cell(self, path: Path) -> None:
        # CO2 is a unit and looks like a cell.
        assert [text for text in strings(path) if belongs_to_a_pack().search(text) and text != "CO2"] == []


def test_no_two_files_of_tests_share_a_name() -> None:
    """pytest imports them by their name alone, and collects none of two that share one."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []
