"""DUP005: a value that only one record may have stands in two."""

from __future__ import annotations

from reconcile.facts import ABSENT
from reconcile.normalise import fold_name
from reconcile.packs.checks import UniqueCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import record_lines


def judge(check: UniqueCheck, form: Form, data: Confrontation) -> Outcome:
    """The second record with a value, and each further one; a blank among the fields is not judged."""
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    texts = [table.text(slot) for slot in check.fields]
    cells = [table.at(slot) for slot in check.fields]
    seen: dict[tuple[str, ...], int] = {}
    for line in record_lines(table).tolist():
        own = [int(column[line]) for column in cells]
        if all(cell == ABSENT for cell in own):
            continue
        said = [fold_name(str(text[line])) for text in texts]
        if not all(said):
            cell = next(cell for cell in own if cell != ABSENT)
            outcome.unjudged.append(unjudged_at(data.facts, cell, check.code, "text_not_given"))
            continue
        whose = str(table.file[line]) if check.within == "return" else ""
        first = seen.setdefault((whose, *said), line)
        if first == line:
            outcome.passed += 1
            continue
        earlier = [int(column[first]) for column in cells]
        outcome.findings.append(
            finding_at(
                data.facts,
                own[0],
                check.code,
                data={"other_cell": data.facts.ref(earlier[0]), "other_key": str(table.record[first])},
                cells=involved(data.facts, own, "value") + involved(data.facts, earlier, "first"),
            )
        )
    return outcome
