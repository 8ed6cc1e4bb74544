"""Which records were revised, and whether a reason stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reconcile.facts import ABSENT, BLANK, ERROR, MILESTONE, NIL, NUMBER, TEXT, FormTable, Mask
from reconcile.normalise import PLAIN, fold_name, read_measures, split_original_target
from reconcile.packs.model import Carried, Form
from reconcile.rules.registers import record_lines

# Words for there being nothing, where others put ―.
_NOTHING = re.compile(r"(?:変更|修正|見直し|該当|特に|理由)*(?:は|等)?(?:なし|無し|無|ありません|ない)[。.]?")
_CHANGE = re.compile(
    r"変更|修正|見直|上方|下方|改定|改訂|改め|引き?上げ|引き?下げ|再設定|(?:ため|ので|により|から|結果)[。.]?$"
)


@dataclass(frozen=True, slots=True)
class Revised:
    """One record: its rows in the table, and what is known of its revision.

    ``changed``: a new figure differs from the old one. ``unknown``: some figure cannot be read, so that more may
    have changed. ``stated``: something stands where the new figures belong (where an old figure is carried in the
    reason: the old one). ``pairs``: (new, old) positions that differ; ``same``: those that agree.
    """

    lines: tuple[int, ...]
    reason: int
    given: bool | None
    changed: bool
    unknown: bool
    stated: bool
    pairs: tuple[tuple[int, int], ...]
    same: tuple[tuple[int, int], ...]


def revisions(form: Form, table: FormTable, new: list[str], old: list[str], reason: str) -> Iterator[Revised]:
    """Each record with a revision or a reason; slots of ``new`` and ``old`` belong together by position."""
    carried = carried_by(form, reason, old)
    compared = [_compare(form, table, one, other, carried is not None) for one, other in zip(new, old, strict=True)]
    new_cells, old_cells = [table.at(slot) for slot in new], [table.at(slot) for slot in old]
    reasons, reason_states = table.at(reason), table.state(reason)
    stated_by = old if carried else new
    holds = np.zeros(len(table), dtype=bool)
    for slot in stated_by:
        holds |= table.at(slot) != ABSENT if carried else ~np.isin(table.state(slot), (ABSENT, BLANK, NIL))
    firsts = record_lines(table)
    ends = np.append(firsts[1:], len(table))
    records = table.is_level("record")
    holds &= records
    speaks = (~np.isin(reason_states, (ABSENT, BLANK, NIL)) & records) | holds
    chosen = np.logical_or.reduceat(speaks, firsts) if len(firsts) else np.zeros(0, dtype=bool)
    for first, end in zip(firsts[chosen], ends[chosen], strict=True):
        lines = tuple(int(line) for line in range(first, end) if records[line])
        position = int(reasons[first])
        pairs: list[tuple[int, int]] = []
        same: list[tuple[int, int]] = []
        unknown = False
        for line in lines:
            for number, (changed, unclear, alike) in enumerate(compared):
                pair = (int(new_cells[number][line]), int(old_cells[number][line]))
                if changed[line]:
                    pairs.append(pair)
                elif alike[line]:
                    same.append(pair)
                unknown |= bool(unclear[line])
        yield Revised(
            lines,
            position,
            _given(table, position, int(reason_states[first]), carried),
            bool(pairs),
            unknown,
            any(bool(holds[line]) for line in lines),
            tuple(dict.fromkeys(pairs)),
            tuple(dict.fromkeys(same)),
        )


def carried_by(form: Form, reason: str, old: list[str]) -> Carried | None:
    """How the old figures stand in the reason, behind a marker; None where they have cells of their own."""
    carries = form.fields[reason].carries
    if carries is not None and f"{carries.field}.{carries.version}" in old:
        return carries
    return None


def reason_text(raw: str, carried: Carried | None) -> str:
    """What a reason says, without the old figure behind its marker; empty where that is nothing."""
    return _reason(raw, carried.marker if carried else "")


def speaks_of_change(text: str) -> bool:
    """Whether a text says that something was changed (上方修正した, 見直した) or gives a cause for it (増えたため)."""
    return bool(_CHANGE.search(fold_name(text)))


@lru_cache(maxsize=16384)
def _reason(raw: str, marker: str) -> str:
    text = (split_original_target(raw, marker)[0] if marker else raw).strip()
    if not text or _NOTHING.fullmatch(fold_name(text)) or read_measures("s", text, "", PLAIN)[0].state == "nil":
        return ""
    return text


def _given(table: FormTable, position: int, state: int, carried: Carried | None) -> bool | None:
    """Whether a reason is given; None where its cell cannot be read or the form of the return has none."""
    if state in (ABSENT, ERROR):
        return None
    return state not in (BLANK, NIL) and bool(reason_text(str(table.facts.raw[position]), carried))


def _compare(form: Form, table: FormTable, new: str, old: str, carried: bool) -> tuple[Mask, Mask, Mask]:
    """For each row: the new one differs, cannot be compared, is the same."""
    facts = table.facts
    name, version = new.split(".")[:2]
    texts = form.fields[name].may_be_text(version)
    words = (MILESTONE, TEXT) if texts else (MILESTONE,)
    one, other = table.state(new), table.state(old)
    here, before = table.at(new), table.at(old)
    number, number_before = one == NUMBER, other == NUMBER
    said, said_before = np.isin(one, words), np.isin(other, words)
    # ― among the new figures says that nothing was revised; beside an old target it says there is none any more.
    silent = (other == ABSENT) if carried else np.isin(one, (ABSENT, BLANK, NIL))
    dropped = carried & (one == NIL)
    both = number & number_before
    differ = np.zeros(len(table), dtype=bool)
    differ[both] = facts.number[here[both]] != facts.number[before[both]]
    fresh = number & (other == NIL)
    differ[fresh] = facts.number[here[fresh]] != 0
    for line in np.flatnonzero(said & said_before):
        differ[line] = fold_name(str(facts.raw[here[line]])) != fold_name(str(facts.raw[before[line]]))
    differ |= (number & said_before) | (said & (number_before | (other == NIL)))
    differ |= dropped & (number_before | said_before)
    readable = (number | said | dropped) & (number_before | said_before | (other == NIL))
    return differ & ~silent, ~readable & ~silent, readable & ~differ & ~silent


def cells_of_pairs(pairs: tuple[tuple[int, int], ...]) -> tuple[list[int], list[int]]:
    """New and old positions of pairs, without the absent ones."""
    return [new for new, _ in pairs if new != ABSENT], [old for _, old in pairs if old != ABSENT]
