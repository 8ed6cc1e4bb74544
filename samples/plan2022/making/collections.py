"""The collections of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from making.layouts import Look
from making.model import Owner, Return
from making.places import written
from making.planting import Planted, write_planted
from making.writing import Papers, write_workbook

from .figures import read_returns
from .layouts import AS_RETURNED, AS_SENT, LOOKS, PLAIN, VARIATIONS, Layout
from .planted import layout_for, listed, plant
from .sheets import lay_out

_CREATED = datetime.datetime(2023, 1, 20, 9, 0, 0)


def write_samples(out: Path) -> None:
    """`returns/`, `returns-with-errors/` and `planted.csv` under `out`."""
    returns = read_returns()
    _write(out / "returns", returns, AS_SENT)
    spoilt = plant(returns)
    layouts = {department: layout_for(department, layout) for department, layout in AS_RETURNED.items()}
    folder = out / "returns-with-errors"
    _write(folder, spoilt, layouts)
    lines = [line for name, clean in returns.items() for line in listed(clean, spoilt[name], layouts[name])]
    write_planted(out / "planted.csv", lines + _write_extra_files(folder, returns))


def write_returns(out: Path, variant: str = "plain", faults: bool = False) -> None:
    """Every department in the variation of that name (`VARIATIONS`).

    With `faults` the planted values are in them, and `planted.csv` stands beside them; without the extra files
    of `returns-with-errors` (their faults do not depend on the layout).
    """
    returns = read_returns()
    layouts = dict.fromkeys(returns, VARIATIONS[variant])
    if not faults:
        _write(out, returns, layouts)
        return
    layouts = {department: layout_for(department, layout) for department, layout in layouts.items()}
    spoilt = plant(returns)
    _write(out, spoilt, layouts)
    write_planted(
        out / "planted.csv",
        (line for name, clean in returns.items() for line in listed(clean, spoilt[name], layouts[name])),
    )


def _write(out: Path, returns: Mapping[str, Return], layouts: Mapping[str, Layout]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for department, answer in returns.items():
        _workbook(out / f"{answer.stem}.xlsx", answer, layouts[department], LOOKS[department])


def _workbook(path: Path, answer: Return, layout: Layout, look: Look) -> None:
    write_workbook(path, lay_out(answer, layout), look, Papers("推進状況 提出票", answer.department, _CREATED))


def _write_extra_files(folder: Path, returns: Mapping[str, Return]) -> list[Planted]:
    """Files beside the fourteen: for another round, for another plan, sent twice, cut off on the way."""
    lines = []
    for name, department, label, value, day in (
        ("15_危機管理部_中間.xlsx", "危機管理部", "回", "令和4年度中間", datetime.date(2022, 10, 14)),
        (
            "16_地域行政部_新実施計画.xlsx",
            "地域行政部",
            "計画名",
            "世田谷区新実施計画（後期）",
            datetime.date(2023, 1, 16),
        ),
    ):
        answer = returns[department].copy()
        answer.cover |= {label: value, "提出日": day}
        _workbook(folder / name, answer, PLAIN, LOOKS[department])
        owner = Owner("cover", "", label)
        was, now = written(lay_out(returns[department], PLAIN))[owner], written(lay_out(answer, PLAIN))[owner]
        lines.append(
            Planted(
                name,
                now.sheet,
                now.cell,
                "another round or plan",
                "FIL004",
                was.content,
                now.content,
                "an extra file; the department's return is there too",
                "cover",
                "",
                label,
            )
        )
    twice = folder / "13_環境政策部.xlsx"
    again = folder / "17_環境政策部（再送）.xlsx"
    again.write_bytes(twice.read_bytes())
    lines.append(Planted(again.name, "", "", "sent twice", "FIL005", "", "", f"a copy of {twice.name}"))
    whole = (folder / "10_経済産業部.xlsx").read_bytes()
    cut = folder / "18_経済産業部_送信途中.xlsx"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    lines.append(Planted(cut.name, "", "", "cut off", "FIL001", "", "", "the first six tenths of a file"))
    return lines
