"""Which sheets of a workbook are answers: an example of a form that stands elsewhere as well is none."""

from __future__ import annotations

from functools import partial

from reconcile.extract.workbook import Extracted, extract, has_header_above
from reconcile.findings import CellRef, Finding, Involved
from reconcile.locate import ExampleCaption, Grid, Vocabulary, example_caption
from reconcile.packs.model import Pack


def extract_answers(grids: list[Grid], pack: Pack, vocabulary: Vocabulary, file: str) -> tuple[Extracted, list[Grid]]:
    """Every record of the sheets that are answers, and these sheets.

    A sheet that calls itself an example is passed over, and said (LAY010), where all its forms stand on other sheets.
    Where it alone has a form somebody has filled in the example: it is read, and said (LAY008).
    """
    # Below a header the word stands in a row of the form, or in a note.
    captions = {
        grid.name: caption
        for grid in grids
        if (caption := example_caption(grid))
        and not (caption.row and has_header_above(grid, caption.row, pack, vocabulary))
    }
    if not captions:
        return extract(grids, pack, vocabulary, file), grids
    alone = {grid.name: extract([grid], pack, vocabulary, file) for grid in grids if grid.name in captions}
    examples = {
        name: tuple(dict.fromkeys(form.form for form in found.forms))
        for name, found in alone.items()
        if all(captions[name].row < form.header_row for form in found.forms) and (found.forms or not captions[name].row)
    }
    answers = [grid for grid in grids if grid.name not in examples]
    found = extract(answers, pack, vocabulary, file)
    elsewhere = {form.form for form in found.forms}
    needed = {name for name, forms in examples.items() if not elsewhere.issuperset(forms)}
    if needed:
        answers = [grid for grid in grids if grid.name not in examples or grid.name in needed]
        found = extract(answers, pack, vocabulary, file)
    for name, forms in examples.items():
        told = partial(_told, captions[name], CellRef(file, name, captions[name].row, captions[name].column))
        if name in needed:
            found.findings += [told("LAY008", form, variant="example") for form in forms if form not in elsewhere]
        elif forms:
            found.findings.append(told("LAY010", forms[0], data={"forms": forms}))
    return found, answers


def _told(caption: ExampleCaption, ref: CellRef, code: str, form: str, **more: object) -> Finding:
    values = {"found": caption.text, "form": form, "cells": (Involved(ref, "place"),), **more}
    return Finding(code, ref, **values)  # type: ignore[arg-type]
