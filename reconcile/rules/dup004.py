"""DUP004: nearly the same name under different numbers, or one name under two numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from reconcile.facts import ABSENT, FormTable
from reconcile.normalise import fold_key, fold_name
from reconcile.packs.checks import SimilarNamesCheck
from reconcile.packs.model import Form
from reconcile.rules.alike import differ_in_meaning
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved
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
                variant="same" if same else "",
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
    found: dict[tuple[str, str], Named] = {}
    for text, cell, typed in zip(texts, cells, keys, strict=True):
        key, name = fold_key(str(typed)), str(text)
        if not key or not name or cell == ABSENT or RELISTED in name:
            continue
        row = register.rows.get(key) if register else None
        settled = row is not None and any(name_core(row[column]) == name_core(name) for column in columns)
        found.setdefault((key, fold_name(name)), Named(key, name, int(cell), settled))
    return list(found.values())


def _look_alikes(named: list[Named]) -> list[tuple[int, list[tuple[int, float]]]]:
    """For each name that has some: its look-alikes before it (or settled), the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    folded = [fold_name(one.name) for one in named]
    length = np.array([len(name) for name in folded], dtype=np.int64)
    by_length = np.argsort(length, kind="stable")
    ordered = length[by_length]
    asking = by_length[[not named[number].settled for number in by_length]] if named else by_length
    likes: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for start in range(0, len(asking), BLOCK):
        block = asking[start : start + BLOCK]
        # Twice the common characters come to at least 0.9 of both: lengths part by less than a fifth.
        low = np.searchsorted(ordered, length[block[0]] * 9 // 11, "left")
        high = np.searchsorted(ordered, -(-length[block[-1]] * 11 // 9), "right")
        others = by_length[low:high]
        scores = process.cdist(
            [folded[n] for n in block],
            [folded[n] for n in others],
            scorer=Indel.normalized_similarity,
            score_cutoff=ALIKE / 100,
            dtype=np.float32,
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            one, other = int(block[row]), int(others[column])
            if named[one].key == named[other].key:
                continue
            if (other < one or named[other].settled) and not differ_in_meaning(folded[one], folded[other]):
                likes[one].append((other, float(scores[row, column]) * 100))
    return [(one, sorted(likes[one], key=lambda like: (-like[1], like[0]))) for one in sorted(likes)]
