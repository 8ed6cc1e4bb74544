"""What only forbids: bounds and orders tell which cells may be wrong, and not what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from reconcile.edits import Comparison
from reconcile.facts import EXACT, NUMBER, Facts
from reconcile.findings import Finding
from reconcile.localisation.system import System
from reconcile.packs.model import Pack

RANGE = "FLD004"
# More cells than these are not named: "one of all of them" helps nobody.
NAMED = 12


def out_of_range(pack: Pack, facts: Facts, findings: Iterable[Finding]) -> Iterator[Comparison]:
    """An edit for each figure that its field does not allow; a figure it allows needs none, and is never proposed
    beyond its range."""
    for finding in findings:
        if finding.code != RANGE:
            continue
        ref = finding.ref
        own = (facts.row == ref.row) & (facts.column == ref.column) & (facts.state == NUMBER)
        for position in np.flatnonzero(own).tolist():
            form = pack.forms.get(str(facts.form[position]))
            if form is None or facts.ref(position) != ref:
                continue
            field = form.fields[facts.parts(position)[0]]
            least, most = (
                None if bound is None else int(EXACT.scaleb(Decimal(str(bound)), Decimal(facts.decimals)))
                for bound in (field.minimum, field.maximum)
            )
            # Only the bound that is broken: the other one is no evidence of what was meant.
            for edit in (
                Comparison(RANGE, ((position, 1),), least, None),
                Comparison(RANGE, ((position, 1),), None, most),
            ):
                if field.numeric and not edit.holds(facts):
                    yield edit


def name_cells(system: System, by_id: dict[str, Finding]) -> None:
    """Where a comparison of a few cells fails and nothing tells which of them is wrong, all of them are named."""
    for number, finding in sorted(system.finding.items()):
        told, at = by_id[finding], number - len(system.balances)
        if at < 0 or told.root or told.effects or told.suggestion or told.variant.startswith(("located", "family")):
            continue
        edit = system.edits[at]
        named = told.data.get("candidates", ())
        cells = {system.facts.ref(position) for position in edit.positions}
        cells |= set(named) if isinstance(named, tuple) else set()
        if 1 < len(cells) <= NAMED:
            by_id[finding] = replace(told, data={**told.data, "candidates": tuple(sorted(cells))})
