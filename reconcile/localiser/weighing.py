"""How likely one cell is the wrong one: its true value within an interval, and what made the observed figure of it.

score = log P(the cell is wrong in this way) + log P(observed | true, way) + log p(true) − log p(observed)
        + change of the rounding likelihood of the cell's edits,
summed over the ways and over the values that the edits leave open. Scores of different cells are comparable: they are
log-odds against the table as it stands, up to the same constant.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reconcile.localiser.confrontation import Change, Confrontation, Hypothesis
from reconcile.localiser.edits import Balance, Interval, Quotient, meet
from reconcile.localiser.mechanisms import blurred, made_of, revision, slips
from reconcile.localiser.model import INFINITE
from reconcile.localiser.plausibility import UNTOLD, Plausibility, student
from reconcile.localiser.priors import Priors

# Up to so many values are weighed one by one; of a wider interval, those a slip explains and one for all the rest.
NARROW = 48
# A blank that means nothing where the table has no other blanks.
SILENT_BLANK = 1e-4
# A negative figure in a field that has no negative ones, typed by a slip other than the sign.
BELOW_MINIMUM = math.log(0.01)
# A figure printed as a dash or a zero that should be another one: as rare as any single odd value.
AS_NOTHING = 0.02
# So many figures are kept of answers that may be asked for again, in some 50 MB.
HELD = 500_000
# Operations that change so much of a row or column that its other figures are no measure of them.
UNIT = "line_unit"
WHOLE_LINES = (UNIT, "line_missing", "series_cumulative")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that went wrong: the cells it changed with the values meant, and why.

    ``score`` is its log-odds, all values and ways of the same cells together; ``share`` the part of it that this
    cause has, ``interval`` the values the edits leave open where it is one cell.
    """

    changes: tuple[Change, ...]
    cause: str
    score: float
    interval: Interval | None = None
    share: float = 1.0

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(cell for cell, _ in self.changes)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the cells around one cell say of the figure observed in it: shares of copies and of other readings."""

    copied: float
    linked: float
    parts: Counter[int]
    count: int


# What is asked, the edits set aside, the changes made, and what is violated then.
_Asked = tuple[str, frozenset[int], frozenset[Change], frozenset[int]]


def _size(asked: _Asked, answer: Sequence[Operation]) -> int:
    """How many figures an answer and its question hold."""
    _, _, changed, violated = asked
    return len(changed) + len(violated) + sum(len(operation.changes) for operation in answer) + 1


class Weigher:
    """Weighs the cells of one table."""

    def __init__(
        self,
        at: Confrontation,
        priors: Priors,
        previous: dict[int, int] | None = None,
        blanks: tuple[int, int] | None = None,
    ) -> None:
        self.at = at
        self.priors = priors
        self.previous = previous or {}
        self.plausibility = Plausibility(at, self.previous)
        # How many cells were weighed: what the work is measured by where the answer must not depend on a clock.
        self.weighed = 0
        self._logs = {name: priors.log(name) for name in (*priors.cell, *priors.structural)}
        self._around: dict[int, _Surroundings] = {}
        self._answers: dict[_Asked, list[Operation]] = {}
        self._held = 0
        blank, cells = blanks or (at.states.count("blank"), len(at.states))
        self._blank = math.log(SILENT_BLANK + max(0, blank - 1) / cells) if blank else 0.0

    def once(self, asked: str, hypothesis: Hypothesis, answer: Callable[[], list[Operation]]) -> list[Operation]:
        """What was answered before for the same table with the same changes: a search comes to them on many ways."""
        at = hypothesis.at
        key = (asked, at.set_aside, frozenset(hypothesis.changed.items()), hypothesis.violated)
        if key not in self._answers:
            self._answers[key] = found = answer()
            self._held += _size(key, found)
            # Those that were asked for first are the least likely to be come to again.
            while self._held > HELD and len(self._answers) > 1:
                oldest = next(iter(self._answers))
                self._held -= _size(oldest, self._answers.pop(oldest))
        return self._answers[key]

    def bounds(self, cell: int) -> Interval:
        """The values that the field of a cell allows."""
        own = self.at.plan.cells[cell]
        least = -INFINITE if own.minimum is None else own.minimum
        return (least, INFINITE if own.maximum is None else own.maximum)

    def weigh(self, hypothesis: Hypothesis, cell: int, interval: Interval) -> Operation | None:
        """The cell as the wrong one, its true value in the interval; None where only the observed value is."""
        self.weighed += 1
        low, high = meet(interval, self.bounds(cell))
        observed = self.at.numbers[cell]
        if low > high or (low == high == observed and self.at.states[cell] != "blank"):
            return None
        touching = self.at.plan.touching[cell]
        before = hypothesis.rounding(touching)
        per_cause: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
        for value, extra in self._values(cell, low, high):
            ways = self._ways(cell, value)
            if not ways:
                continue
            score = extra + self.plausible(cell, value)
            score += self._rounding(hypothesis, cell, value) - before
            for cause, log in ways:
                per_cause[cause].append((score + log + (0.0 if cause == "other" else -extra), value))
        if not per_cause:
            return None
        totals = {cause: log_sum(score for score, _ in scored) for cause, scored in per_cause.items()}
        total = log_sum(totals.values())
        cause = max(totals, key=lambda name: totals[name])
        _, value = max(per_cause[cause], key=lambda item: (item[0], -abs(item[1] - observed)))
        return Operation(((cell, value),), cause, total, (low, high), math.exp(totals[cause] - total))

    def _rounding(self, hypothesis: Hypothesis, cell: int, value: int) -> float:
        """Rounding likelihood of the cell's edits once it has this value; those that stay violated do not count."""
        step = value - hypothesis.value(cell)
        total = 0.0
        for number in self.at.plan.touching[cell]:
            edit = self.at.plan.edits[number]
            own = self.at.laws[number]
            if isinstance(edit, Balance) and len(own.logs) > 1:
                log = own.log(hypothesis.residual(number) + edit.coefficients[cell] * step)
                total += log if log > -math.inf else 0.0
        return total

    def _values(self, cell: int, low: int, high: int) -> Iterable[tuple[int, float]]:
        """Values to weigh, each with the log of how many it stands for (0: itself)."""
        observed = self.at.numbers[cell]
        blank = self.at.states[cell] == "blank"
        if high - low < NARROW:
            for value in range(low, high + 1):
                if value != observed or blank:
                    yield value, 0.0
            return
        around = self._surroundings(cell)
        told = {*slips(observed), *(observed - part for part in around.parts), *(observed + p for p in around.parts)}
        if cell in self.previous:
            told.add(self.previous[cell])
        for value in sorted(told):
            if low <= value <= high and value != observed:
                yield value, 0.0
        fit = self.plausibility.fit(cell)
        typical = round(math.exp(min(fit[0], 60.0))) if fit else max(abs(observed), 1)
        if high >= INFINITE:
            high = max(low, 10 * typical)
        if low <= -INFINITE:
            low = min(high, -10 * typical)
        yield min(max(typical, low), high), math.log(high - low + 1)

    def plausible(self, cell: int, value: int) -> float:
        """log p(true) − log p(observed); 0 for totals, which follow from their parts."""
        if not self.at.plan.is_free(cell):
            return 0.0
        state = self.at.states[cell]
        stands = self._blank if state == "blank" else self.plausibility.log(cell, self.at.numbers[cell])
        return self.plausibility.log(cell, value) - stands

    def _ways(self, cell: int, value: int) -> list[tuple[str, float]]:
        """The ways in which the true value became what is observed, with their log-probabilities."""
        state = self.at.states[cell]
        if state == "blank":
            extra = 0.0 if self.at.plan.is_free(cell) else -self._blank
            return [("missing", self._logs["missing"] + extra)]
        observed, logs = self.at.numbers[cell], self._logs
        if state == "nil":
            # No slip of the digits makes a dash.
            return [("missing", logs["other"] + math.log(AS_NOTHING))]
        ways = [(slip, logs[slip] + math.log(chance)) for slip, chance in made_of(observed, value).items()]
        ways += [(slip, logs[slip] + math.log(chance)) for slip, chance in blurred(observed, value)]
        around = self._surroundings(cell)
        if around.copied:
            ways.append(("copied", logs["copied"] + math.log(around.copied)))
        if around.linked:
            ways.append(("linked", logs["linked"] + math.log(around.linked)))
        ways += self._of_total(cell, observed, value)
        if observed and self._is_inverted(cell):
            ways.append(("inverted", logs["inverted"]))
        if self.previous.get(cell) == observed:
            ways.append(("stale", logs["stale"]))
        ways.append(("other", logs["other"] + self._arbitrary(cell, observed, value)))
        return ways

    def _of_total(self, cell: int, observed: int, value: int) -> list[tuple[str, float]]:
        """A total with a part too many, one too few, or as it was before a part was revised."""
        around = self._surroundings(cell)
        if not around.count or value == observed:
            return []
        step, ways = value - observed, []
        if around.parts.get(-step):
            ways.append(("double_counted", self._logs["double_counted"] + math.log(around.parts[-step] / around.count)))
        if around.parts.get(step):
            ways.append(("omitted_part", self._logs["omitted_part"] + math.log(around.parts[step] / around.count)))
        # Which part was revised is not known; the revision is as round as the parts are.
        chances = [revision(step, part) + math.log(count / around.count) for part, count in around.parts.items()]
        chance = log_sum(chances)
        if chance > -math.inf:
            ways.append(("stale", self._logs["stale"] + chance + self.plausibility.round(cell, step)))
        return ways

    def _is_inverted(self, cell: int) -> bool:
        """Whether what stands in the place of a ratio is its inverse."""
        plan, value = self.at.plan, self.at.numbers.__getitem__
        ratios = [e for n in plan.summing.get(cell, ()) if isinstance(e := plan.edits[n], Quotient)]
        turned = (replace(edit, numerator=edit.denominator, denominator=edit.numerator) for edit in ratios)
        return any(value(edit.denominator) and edit.holds(value, truncated=False) for edit in turned)

    def _arbitrary(self, cell: int, observed: int, value: int) -> float:
        """Any figure at all: of the magnitude of the true one, or another that would be plausible in its place."""
        if observed == 0:
            return math.log(AS_NOTHING)
        size = math.log(abs(observed))
        near = student((size - math.log(max(abs(value), 1))) / UNTOLD) - math.log(UNTOLD) - size
        fit = self.plausibility.fit(cell) if self.at.plan.is_free(cell) else None
        if fit:
            here = student((size - fit[0]) / (2 * fit[1])) - math.log(2 * fit[1]) - size
            near = log_sum((near, here)) - math.log(2)
        minimum = self.at.plan.cells[cell].minimum
        return near + (BELOW_MINIMUM if minimum is not None and observed < minimum else 0.0)

    def _surroundings(self, cell: int) -> _Surroundings:
        if cell not in self._around:
            self._around[cell] = self._looked_around(cell)
        return self._around[cell]

    def _looked_around(self, cell: int) -> _Surroundings:
        plan, numbers, observed = self.at.plan, self.at.numbers, self.at.numbers[cell]
        copied = linked = 0.0
        if observed:
            copied = sum(numbers[other] == observed for other in plan.beside(cell)) / 4
            links = plan.links.get(cell, ())
            linked = sum(numbers[other] == observed for other in links) / max(len(links), 1)
        parts: Counter[int] = Counter()
        for number in plan.summing.get(cell, ()):
            edit = plan.edits[number]
            if isinstance(edit, Balance):
                parts.update(abs(numbers[part]) for part in edit.coefficients if part != cell and numbers[part])
        return _Surroundings(copied, linked, parts, parts.total())

    def structural(self, changes: Sequence[Change], mechanism: str, alike: int) -> float:
        """The score of an operation on several cells, one of so many alike that might have happened."""
        score = self._logs[mechanism] - math.log(alike)
        if mechanism in WHOLE_LINES:
            # The wrong line has moved the medians with it, so that they say nothing. What is left is that figures end
            # on 000 by themselves once in a thousand times, and that large figures are spread more thinly.
            # Where a form is in yen, figures in thousands are round by nature: their zeros are no coincidence.
            cells = self.at.plan.cells
            own = [
                (c, v) for c, v in changes if self.at.plan.is_free(c) and not (cells[c].finest and mechanism == UNIT)
            ]
            figures = [(abs(self.at.numbers[c]), abs(value)) for c, value in own]
            return score + sum(math.log(observed / max(value, 1)) for observed, value in figures if observed)
        return score + sum(self.plausible(cell, value) for cell, value in changes)


def log_sum(logs: Iterable[float]) -> float:
    """log Σ exp, safely."""
    found = list(logs)
    top = max(found, default=-math.inf)
    if top == -math.inf:
        return top
    return top + math.log(sum(math.exp(log - top) for log in found))
