"""A collection of workbooks: the honest returns, the returns with errors, one variation for all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from .edits import Fault
from .layouts import BaseLayout, Look
from .model import Owner, Return, Value
from .places import Written, written
from .planting import Planted, listed, needed, plant, write_planted
from .sheets import Sheet
from .writing import Papers, write_workbook

L = TypeVar("L", bound=BaseLayout)


@dataclass(frozen=True)
class Elsewhere:
    """A return made for another round or plan: its file, whose it is, the label of the cover that says so, its day."""

    name: str
    department: str
    label: str
    value: Value
    day: datetime.date
    day_label: str = "提出日"


@dataclass(frozen=True)
class EarlierRound:
    """What some departments said in the round before: what their cover said of it, and where their figures were others.

    The code of a change is what says of `returns/` that it is not what was said in that round.
    """

    cover: Mapping[str, Value]
    changes: tuple[Fault, ...]

    @property
    def departments(self) -> tuple[str, ...]:
        """Who answered it, in the order of the changes."""
        return tuple(dict.fromkeys(change.department for change in self.changes))


@dataclass(frozen=True)
class Collection(Generic[L]):
    """What the returns of a pack are made of. `again` and `cut`: file name → the file it repeats or begins."""

    title: str
    created: datetime.datetime
    read: Callable[[], dict[str, Return]]
    lay_out: Callable[[Return, L], list[Sheet]]
    faults: tuple[Fault, ...]
    variations: Mapping[str, L]
    as_sent: Mapping[str, L]
    as_returned: Mapping[str, L]
    looks: Mapping[str, Look]
    elsewhere: tuple[Elsewhere, ...]
    again: tuple[str, str]
    cut: tuple[str, str]
    earlier: EarlierRound | None = None

    def write_samples(self, out: Path) -> None:
        """`returns/`, `returns-with-errors/` and `planted.csv` under `out`; with an earlier round `returns-earlier/`
        and `changed.csv`."""
        returns = self.read()
        self._write(out / "returns", returns, self.as_sent)
        if self.earlier:
            before = self.before(returns)
            self._write(out / "returns-earlier", before, self.as_sent)
            write_planted(
                out / "changed.csv", (line for name in before for line in self.changed(returns[name], before[name]))
            )
        spoilt = self.plant(returns)
        layouts = {department: self.layout_for(department, layout) for department, layout in self.as_returned.items()}
        folder = out / "returns-with-errors"
        self._write(folder, spoilt, layouts)
        lines = [line for name, clean in returns.items() for line in self.listed(clean, spoilt[name], layouts[name])]
        write_planted(out / "planted.csv", lines + self._write_extra_files(folder, returns))

    def write_returns(self, out: Path, variant: str = "plain", faults: bool = False) -> None:
        """Every department in the variation of that name.

        With `faults` the planted values are in them, and `planted.csv` stands beside them; without the extra files
        of `returns-with-errors` (their faults do not depend on the layout).
        """
        returns = self.read()
        layouts = dict.fromkeys(returns, self.variations[variant])
        if not faults:
            self._write(out, returns, layouts)
            return
        layouts = {department: self.layout_for(department, layout) for department, layout in layouts.items()}
        spoilt = self.plant(returns)
        self._write(out, spoilt, layouts)
        write_planted(
            out / "planted.csv",
            (line for name, clean in returns.items() for line in self.listed(clean, spoilt[name], layouts[name])),
        )

    def plant(self, returns: Mapping[str, Return]) -> dict[str, Return]:
        """The returns with every fault in them; those given are not changed."""
        return plant(returns, self.faults)

    def before(self, returns: Mapping[str, Return]) -> dict[str, Return]:
        """What the earlier round said; those given are not changed."""
        assert self.earlier is not None
        answers = plant({name: returns[name] for name in self.earlier.departments}, self.earlier.changes)
        for answer in answers.values():
            answer.cover |= self.earlier.cover
        return answers

    def changed(self, now: Return, before: Return) -> list[Planted]:
        """The lines of one return: the cell in `returns/`, what the earlier round said, and what it says now."""
        assert self.earlier is not None
        layout = self.as_sent[now.department]
        return listed(now, self.earlier.changes, self.cells(before, layout), self.cells(now, layout))

    def layout_for(self, department: str, layout: L) -> L:
        """The layout, with what this department's faults need to have a cell at all."""
        return replace(layout, **needed(department, self.faults))  # type: ignore[arg-type]

    def cells(self, answer: Return, layout: L) -> dict[Owner, Written]:
        """Every owned cell of the return in that layout."""
        return written(self.lay_out(answer, layout))

    def listed(self, clean: Return, spoilt: Return, layout: L) -> list[Planted]:
        """The lines of one return."""
        return listed(clean, self.faults, self.cells(clean, layout), self.cells(spoilt, layout))

    def _write(self, out: Path, returns: Mapping[str, Return], layouts: Mapping[str, L]) -> None:
        out.mkdir(parents=True, exist_ok=True)
        for department, answer in returns.items():
            self._workbook(out / f"{answer.stem}.xlsx", answer, layouts[department])

    def _workbook(self, path: Path, answer: Return, layout: L) -> None:
        papers = Papers(self.title, answer.department, self.created)
        write_workbook(path, self.lay_out(answer, layout), self.looks[answer.department], papers)

    def _write_extra_files(self, folder: Path, returns: Mapping[str, Return]) -> list[Planted]:
        """Files beside the departments': for another round, for another plan, sent twice, cut off on the way."""
        plain, lines = self.variations["plain"], []
        for other in self.elsewhere:
            honest = returns[other.department]
            answer = honest.copy()
            answer.cover |= {other.label: other.value, other.day_label: other.day}
            self._workbook(folder / other.name, answer, plain)
            owner = Owner("cover", "", other.label)
            was, now = self.cells(honest, plain)[owner].content, self.cells(answer, plain)[owner]
            fault, note = "another round or plan", "an extra file; the department's return is there too"
            about = (other.name, now.sheet, now.cell, fault, "FIL004", was, now.content, note)
            lines.append(Planted(*about, "cover", "", other.label))
        again, twice = self.again
        (folder / again).write_bytes((folder / twice).read_bytes())
        lines.append(Planted(again, "", "", "sent twice", "FIL005", "", "", f"a copy of {twice}"))
        cut, of = self.cut
        whole = (folder / of).read_bytes()
        (folder / cut).write_bytes(whole[: len(whole) * 6 // 10])
        lines.append(Planted(cut, "", "", "cut off", "FIL001", "", "", "the first six tenths of a file"))
        return lines
