"""The planted faults: which there are, and how they get into the returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from making import planting
from making.edits import Fault
from making.model import Return
from making.places import written
from making.planting import Planted

from .faults_activity import ACTIVITY
from .faults_budget import BUDGET
from .faults_outcome import OUTCOME
from .layouts import Layout
from .sheets import lay_out

FAULTS: tuple[Fault, ...] = (*ACTIVITY, *OUTCOME, *BUDGET)


def plant(returns: Mapping[str, Return]) -> dict[str, Return]:
    """The returns with every fault in them; those given are not changed."""
    return planting.plant(returns, FAULTS)


def layout_for(department: str, layout: Layout) -> Layout:
    """The layout, with what this department's faults need to have a cell at all."""
    return replace(layout, **planting.needed(department, FAULTS))  # type: ignore[arg-type]


def listed(clean: Return, spoilt: Return, layout: Layout) -> list[Planted]:
    """The lines of one return."""
    return planting.listed(clean, FAULTS, written(lay_out(clean, layout)), written(lay_out(spoilt, layout)))
