"""DUP004: nearly the same name under different numbers, or one name under two numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from reconcile.facts import ABSENT, ERROR, FormTable
from reconcile.normalise import fold_key, fold_name
from reconcile.packs.checks import SimilarNamesCheck
from reconcile.packs.model import Form
from reconcile.rules.alike import differ_in_meaning
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable
from reconcile.rules.registers import record_lines, register_of
from reconcile.rules.xrf003 import name_core

ALIKE = 90.0
RELISTED = "再掲"
# Names compared at a time; a block of scores takes this many times the names of like length in bytes.
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Named:
    """One name under one number, and the cell of its first appearance; ``settled``: the register has it so."""

    key: str
    name: str
    cell: int
    settled: bool


def judge(check: SimilarNamesCheck, form: Form, data: Confrontation) -> Outcome:
    """Every name the register does not fix against all names of the form, over all returns.

    Names of a fixed list and re-listed rows (再掲) are left out. One finding a name, with all its look-alikes.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None or form.fields[check.name].type == "code":
        return outcome
    named = _named(check, form, table, data)
    lines = record_lines(table)
    cells = table.at(check.name)[lines]
    outcome.unjudged = unreadable(data.facts, cells, check.code, "name_not_given", "text_not_readable")
    outcome.passed = sum(not one.settled for one in named)
    for later, likes in _look_alikes(named):
        one = named[later]
        others = [named[other] for other, _ in likes]
        same = any(fold_name(other.name) == fold_name(one.name) for other in others)
        outcome.passed -= 1
        outcome.findings.append(
            finding_at(
                data.facts,
                one.cell,
                check.code,
                variant="_".join(
                    part for part in ("text" if check.what == "text" else "", "same" if same else "") if part
                ),
                data={
                    "key": one.key,
                    "name": one.name,
                    "other_key": others[0].key,
                    "other_name": others[0].name,
                    "other_cell": data.facts.ref(others[0].cell),
                    "likeness": round(likes[0][1]),
                },
                cells=involved(data.facts, [one.cell], "name")
                + involved(data.facts, [other.cell for other in others], "other_name"),
            )
        )
    return outcome


def _named(check: SimilarNamesCheck, form: Form, table: FormTable, data: Confrontation) -> list[Named]:
    lines = record_lines(table)
    texts, cells = table.text(check.name)[lines], table.at(check.name)[lines]
    keys = table.text(check.by)[lines] if check.by else table.record[lines]
    register = register_of(data.pack, form)
    columns = [column for column, field in register.name_columns() if field == check.name] if register else []
    placeholders = {fold_name(word) for word in data.pack.file.placeholders}  # TXT001's
    found: dict[tuple[str, str], Named] = {}
    for text, cell, typed in zip(texts, cells, keys, strict=True):
        key, name = fold_key(str(typed)), str(text)
        if (
            not key
            or not name
            or cell == ABSENT
            or table.facts.state[cell] == ERROR
            or RELISTED in name
            or fold_name(name) in placeholders
        ):
            continue
        row = register.rows.get(key) if register else None
        settled = row is not None and any(name_core(row[column]) == name_core(name) for column in columns)
        found.setdefault((key, fold_name(name)), Named(key, name, int(cell), settled))
    return list(found.values())


def _look_alikes(named: list[Named]) -> list[tuple[int, list[tuple[int, float]]]]:
    """For each name that has some: its look-alikes before it (or settled), the nearest first."""
    folded = [fold_name(one.name) for one in named]
    open_, settled = (
        sorted((n for n, one in enumerate(named) if one.settled is side), key=lambda n: (len(folded[n]), n))
        for side in (False, True)
    )
    likes: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for one, other, score in chain(_within(open_, folded), _between(open_, settled, folded)):
        later, earlier = (one, other) if named[other].settled else (max(one, other), min(one, other))
        if named[one].key != named[other].key and not differ_in_meaning(folded[later], folded[earlier]):
            likes[later].append((earlier, score))
    return [(one, sorted(likes[one], key=lambda like: (-like[1], like[0]))) for one in sorted(likes)]


Pair = tuple[int, int, float]


def _within(numbers: list[int], folded: list[str]) -> Iterator[Pair]:
    """Alike names of one list (sorted by length), each pair once."""
    for start in range(0, len(numbers), BLOCK):
        block = numbers[start : start + BLOCK]
        low = _first_of_length(numbers, folded, _shortest(len(folded[block[0]])))
        for row, column, score in _alike(block, numbers[low : start + len(block)], folded):
            if low + column < start + row:
                yield block[row], numbers[low + column], score


def _between(numbers: list[int], others: list[int], folded: list[str]) -> Iterator[Pair]:
    """Alike names of two lists, both sorted by length."""
    for start in range(0, len(numbers) if others else 0, BLOCK):
        block = numbers[start : start + BLOCK]
        low = _first_of_length(others, folded, _shortest(len(folded[block[0]])))
        high = _first_of_length(others, folded, len(folded[block[-1]]) * 11 // 9 + 1)
        for row, column, score in _alike(block, others[low:high], folded):
            yield block[row], others[low + column], score


def _shortest(length: int) -> int:
    """The shortest name that can be alike: twice the common characters come to at least 0.9 of both names."""
    return -(-length * 9 // 11)


def _first_of_length(numbers: list[int], folded: list[str], length: int) -> int:
    return bisect_left(numbers, length, key=lambda number: len(folded[number]))


def _alike(some: list[int], others: list[int], folded: list[str]) -> Iterator[tuple[int, int, float]]:
    """Rows and columns of the pairs that are alike enough, with their likeness in percent."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    scores = process.cdist(
        [folded[number] for number in some],
        [folded[number] for number in others],
        scorer=Indel.normalized_similarity,
        score_cutoff=ALIKE / 100,
        dtype=np.float32,
        workers=-1,
    )
    rows, columns = np.nonzero(scores)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        yield row, column, float(scores[row, column]) * 100
