"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

from pathlib import Path

from .figures import read_returns
from .layouts import AS_SENT, LOOKS, VARIATIONS
from .writing import write_workbook


def write_samples(out: Path) -> None:
    """`returns/`, `returns-with-errors/` and `planted.csv` under `out`."""
    write_honest(out / "returns")


def write_honest(out: Path) -> None:
    """One workbook for each department, as it would send it."""
    out.mkdir(parents=True, exist_ok=True)
    for department, answer in read_returns().items():
        write_workbook(out / f"{answer.stem}.xlsx", answer, AS_SENT[department], LOOKS[department])


def write_returns(out: Path, variant: str = "plain", faults: bool = False) -> None:
    """Every department in the variation of that name (`VARIATIONS`), with or without the planted faults."""
    out.mkdir(parents=True, exist_ok=True)
    layout = VARIATIONS[variant]
    for department, answer in read_returns().items():
        write_workbook(out / f"{answer.stem}.xlsx", answer, layout, LOOKS[department])
