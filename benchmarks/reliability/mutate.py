"""Mutation score of the parsers of numbers, dates and units.

`python -m benchmarks.reliability.mutate [COUNT] [SEED] [JOBS]`; a COUNT of 0 is every mutant there is.

A mutant is one of these modules with one thing changed: a comparison, a boolean or arithmetic operator, a condition,
a number, a word (those in the tables of units and eras too). It is killed when the tests of the normaliser fail with
it. Regular expressions are left as they are, for hardly a change of one leaves it one. Not on Windows.
"""

from __future__ import annotations

import ast
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import hypothesis  # noqa: F401 - once here, not in each process that a mutant is tried in
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "reconcile" / "normalise"
MODULES = (
    "numerals",
    "numeric",
    "amounts",
    "single",
    "valued",
    "heads",
    "tails",
    "units",
    "dates",
    "periods",
    "formats",
)
# Without those that only watch the time.
TESTS = [
    "tests/normalise",
    "--ignore=tests/normalise/test_long_texts.py",
    "tests/reliability/test_units_and_powers.py",
    "tests/reliability/test_stored_numbers.py",
]
SECONDS = 120.0

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.Mod: ast.Mult}

_PATTERN = re.compile(r"[\\\[\](){}?*+|^$]")

Change = Callable[[], str]


def changes(tree: ast.Module) -> Iterator[tuple[int, Change]]:
    """(line, what makes the change in the tree and says which it is)."""
    documents = {id(node.body[0].value) for node in ast.walk(tree) if _documented(node)}  # type: ignore[attr-defined]
    # How much a cache keeps changes what is fast, not what is said.
    documents |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "maxsize"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
            yield node.lineno, lambda n=node: _operator(n)
        elif isinstance(node, ast.BoolOp):
            yield node.lineno, lambda n=node: _boolean(n)
        elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
            yield node.lineno, lambda n=node: _computed(n)
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield node.lineno, lambda n=node: _condition(n)
        elif isinstance(node, ast.Constant) and id(node) not in documents:
            if isinstance(node.value, int) and not isinstance(node.value, bool):
                yield node.lineno, lambda n=node: _number(n)
            elif isinstance(node.value, str) and node.value and not _PATTERN.search(node.value):
                yield node.lineno, lambda n=node: _word(n)


def _documented(node: ast.AST) -> bool:
    return (
        isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    )


def _operator(node: ast.Compare) -> str:
    before = node.ops[0]
    node.ops[0] = _COMPARED[type(before)]()
    return f"{type(before).__name__} → {type(node.ops[0]).__name__}"


def _boolean(node: ast.BoolOp) -> str:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return f"→ {type(node.op).__name__}"


def _computed(node: ast.BinOp) -> str:
    before = node.op
    node.op = _COMPUTED[type(before)]()
    return f"{type(before).__name__} → {type(node.op).__name__}"


def _condition(node: ast.If | ast.IfExp | ast.While) -> str:
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return "condition negated"


def _number(node: ast.Constant) -> str:
    node.value += 1
    return f"{node.value - 1} → {node.value}"


def _word(node: ast.Constant) -> str:
    before = node.value
    node.value = before[1:] + "@" if len(before) > 1 else "@"
    return f"{before[:20]!r} → {node.value[:20]!r}"


class Mutant(NamedTuple):
    """One module with one change: the line of it, what it is, the source with it."""

    module: str
    line: int
    said: str
    source: str


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """So many mutants, drawn from all there are without those of annotations; all of them for 0."""
    places = []
    for name in MODULES:
        tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
        skipped = {line for node in ast.walk(tree) for line in _not_run(node)}
        places += [(name, n) for n, (line, _) in enumerate(changes(tree)) if line not in skipped]
    print(f"{len(places)} places to change in {len(MODULES)} modules", flush=True)
    for name, number in random.Random(seed).sample(places, min(count or len(places), len(places))):
        tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
        line, change = next(each for n, each in enumerate(changes(tree)) if n == number)
        said = change()
        try:
            source = ast.unparse(ast.fix_missing_locations(tree))
            compile(source, name, "exec")
        except (SyntaxError, ValueError):
            continue
        yield Mutant(name, line, said, source)


def _not_run(node: ast.AST) -> list[int]:
    """Lines of imports, names of types, and annotations alone, which no test can tell apart."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [node.lineno]
    if isinstance(node, ast.AnnAssign) and node.value is None:
        return [node.lineno]
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
        return list(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return []


def survives(mutant: Mutant) -> tuple[Mutant, bool]:
    """Runs the tests in a process of its own with the mutant in the place of the module."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        status = 3
        try:
            sys.meta_path.insert(0, _Mutated(f"reconcile.normalise.{mutant.module}", mutant.source))
            status = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *TESTS]))
        finally:
            os._exit(status)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return mutant, os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        time.sleep(0.05)
    os.kill(child, 9)  # it runs for ever: noticed
    os.waitpid(child, 0)
    return mutant, False


class _Mutated:
    """Finds one module in the place of its file."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:  # noqa: ARG002
        import importlib.util

        return importlib.util.spec_from_loader(name, self) if name == self.name else None  # type: ignore[arg-type]

    def create_module(self, _: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self.source, self.name, "exec"), module.__dict__)


def main() -> int:
    count, seed, jobs = (int(word) for word in (*sys.argv[1:], *("0", "1", "1")[len(sys.argv) - 1 :]))
    os.chdir(ROOT)
    assert not any(name.startswith("reconcile") for name in sys.modules)
    killed, alive = 0, []
    with get_context("fork").Pool(jobs) as pool:
        for mutant, survived in pool.imap_unordered(survives, mutants(seed, count)):
            if survived:
                alive.append(mutant)
                print(f"alive: {mutant.module}.py:{mutant.line} {mutant.said}", flush=True)
            else:
                killed += 1
            print(f"{killed} killed, {len(alive)} alive", file=sys.stderr, flush=True)
    print(f"{killed} of {killed + len(alive)} mutants killed: {100 * killed / (killed + len(alive)):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
