"""FLD007: a key stands twice in one return."""

from __future__ import annotations

import numpy as np

from reconcile.facts import ERROR
from reconcile.normalise import fold_key
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unjudged_at
from reconcile.rules.registers import cells_of, record_lines

CODE = "FLD007"


def judge(data: Confrontation) -> Outcome:
    """Over the records of each form; the second one, and each further one, is the finding."""
    import pandas as pd

    outcome = Outcome()
    for form in data.pack.forms.values():
        table = data.table(form.form)
        if table is None or form.inside is not None:  # a card that stands twice is said of the card
            continue
        lines = record_lines(table)
        cells = cells_of(table, form.key[-1])[lines]
        keys = [fold_key(str(record)) for record in table.record[lines]]
        frame = pd.DataFrame({"file": table.file[lines], "key": keys, "cell": cells})
        # A form of which only totals stand there has no keys, and pandas no texts to look at.
        blank = pd.Series([not key.strip("/") for key in keys], index=frame.index, dtype=bool)
        outcome.unjudged += [unjudged_at(data.facts, int(cell), CODE, "key_not_given") for cell in frame["cell"][blank]]
        frame = frame[~blank]
        broken = data.facts.state[frame["cell"].to_numpy(dtype=np.int64)] == ERROR
        outcome.unjudged += [unjudged_at(data.facts, int(c), CODE, "key_not_readable") for c in frame["cell"][broken]]
        frame = frame[~broken]
        repeated = frame.duplicated(["file", "key"])
        outcome.passed += int((~repeated).sum())
        if not repeated.any():
            continue
        first = frame[~repeated].set_index(["file", "key"])["cell"]
        for file, key, cell in frame[repeated].itertuples(index=False):
            earlier = int(first.loc[(file, key)])
            outcome.findings.append(
                finding_at(
                    data.facts,
                    int(cell),
                    CODE,
                    data={"key": str(key), "first": data.facts.ref(earlier)},
                    cells=involved(data.facts, [int(cell)], "key") + involved(data.facts, [earlier], "first"),
                )
            )
    return outcome
