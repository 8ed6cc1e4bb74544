"""What a department owes, as the register and the last round know it: the records of a form, filled in so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.extract.of_fields import numbered
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack, departments_in
from reconcile.template.last_round import Figure, LastRound

# Rows left free under each heading that the register knows without its items, and below what the last round had.
FREE_ROWS = 12


@dataclass(slots=True)
class Known:
    """One record of a template.

    ``texts`` is what is filled in and locked, ``figures`` what the last round gave and may be corrected, by slot;
    ``basis`` on what its total rests; ``group`` what its subtotal is made over; ``unit`` what its figures are counted
    in; ``free`` where nothing but its group is known; ``inside`` are the rows of tables inside a card, by their form.
    """

    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    group: str = ""
    basis: str = ""
    unit: str = ""
    free: bool = False
    inside: dict[str, list[Known]] = field(default_factory=dict)

    def said(self, slot: str) -> str:
        """The text that stands in a cell from the beginning."""
        return self.texts.get(slot, "") or (self.figures[slot].raw if slot in self.figures else "")


def records_for(pack: Pack, form: Form, department: str, last: LastRound) -> list[Known]:
    """The records of a form that a department owes, in the order of the register; free ones where it lists none."""
    link = form.register_link
    if link is None or link.selection:
        alone = form.layout == "cards" and {*form.key} <= {*form.told_by_sheet()}  # a sheet is one card
        if alone:
            return [Known(free=True)]
        earlier = [Known(figures=_taken(form, values)) for _, values in last.own(form.form, department)]
        earlier = [record for record in earlier if record.figures]
        return [
            *earlier,
            *(Known(free=True) for _ in range(max(form.free_rows - len(earlier), min(form.free_rows, FREE_ROWS)))),
        ]
    known: list[Known] = []
    for row in pack.tables[link.file].rows:
        if department not in departments_in(row[link.department]):
            continue
        texts = _texts(pack, form, row)
        partial = link.field is not None and form.key != [link.field]
        group = _group(form, texts)
        if not partial:
            basis = row.get(form.basis.register_column or "", "") if form.basis else ""
            key = _key(form, texts)
            figures = _kept(form, last.of(form.form, key, department))
            inside = dict(_inside(pack, form, key, department, last))
            known.append(Known(texts, figures, group, basis, row.get("unit", ""), inside=inside))
            continue
        own = form.key.index(link.field or "")
        here = fold_key(texts[link.field or ""])
        asked = last.own(form.form, department)
        given = [values for parts, values in asked if len(parts) == len(form.key) and parts[own] == here]
        earlier = [Known(dict(texts), figures, group) for values in given if (figures := _taken(form, values, own))]
        free = max(FREE_ROWS - len(earlier), 3)
        known += earlier
        known += [Known(dict(texts) if not earlier and n == 0 else {}, {}, group, free=True) for n in range(free)]
    return known


def _inside(pack: Pack, form: Form, key: str, department: str, last: LastRound) -> Iterator[tuple[str, list[Known]]]:
    """The rows of the tables inside a card, as the last round had them."""
    for other in pack.forms.values():
        if other.inside is None or other.inside.form != form.form or not other.carried:
            continue
        given = (values for parts, values in last.own(other.form, department) if "/".join(parts[:-1]) == key)
        yield other.form, [Known(figures=figures) for values in given if (figures := _kept(other, values))]


def _texts(pack: Pack, form: Form, row: Mapping[str, str]) -> dict[str, str]:
    """What a row of the register says of a record, by field."""
    link = form.register_link
    assert link is not None
    spoken_for = {link.key, *link.names, *link.responsible}  # a column of that name may be of something else
    plain = [name for name, spec in form.fields.items() if name in row and not spec.numeric]
    found = {name: row[name] for name in plain if name not in spoken_for}
    found |= {name: row[column] for column, name in {**link.names, **link.responsible}.items()}
    if link.field is not None:
        found[link.field] = row[link.key]
    else:
        # The parts of a key are parted by strokes; a part may be called otherwise in a column of its own.
        parts = row[link.key].split("/") if len(form.key) > 1 else [row[link.key]]
        if len(parts) == len(form.key):
            for name, part in zip(form.key, parts, strict=True):
                # Where the number stands in a text (到達点１　新たな…), the text is what is printed.
                if numbered(form.fields[name], fold_key(found.get(name, ""))) != part:
                    found[name] = part
    for name in form.key:
        spec = form.fields[name]
        if spec.instead and spec.pattern and not re.fullmatch(spec.pattern, fold_key(found.get(name, ""))):
            found[name] = ""  # another field stands for the key
    if form.basis and form.basis.field and form.basis.register_column:
        found[form.basis.field] = row.get(form.basis.register_column, "")
    for name, said in found.items():
        spec = form.fields[name]
        if spec.type == "code" and said:
            words = {each.get("code", ""): each.get("ja", "") for each in pack.code_list(spec).rows}
            found[name] = words.get(said) or said
    return {name: said for name, said in found.items() if said}


def _group(form: Form, texts: Mapping[str, str]) -> str:
    if form.group is None:
        return ""
    own = texts.get(form.group, "")
    return own if form.group_whole else own.partition("-")[0]


def _key(form: Form, texts: Mapping[str, str]) -> str:
    return "/".join(_part(form, texts, name) for name in form.key)


def _part(form: Form, texts: Mapping[str, str], name: str) -> str:
    own = numbered(form.fields[name], fold_key(texts.get(name, "")))
    other = form.fields[name].instead
    return own if own or other is None else _part(form, texts, other)


def _kept(form: Form, values: Mapping[str, Figure]) -> dict[str, Figure]:
    """What the pack takes over from round to round: what does not change (plans and baselines: HIS001; actuals:
    HIS002), and what it names itself (``carried``)."""
    lasting = {name for check in form.checks if check.code in ("HIS001", "HIS002") for name in check.slots()}
    return {
        name: figure
        for name, figure in values.items()
        if (name in lasting or form.carries(name)) and figure.raw.strip()
    }


def _taken(form: Form, values: Mapping[str, Figure], told: int | None = None) -> dict[str, Figure]:
    """The same of a record that no register lists: its key goes with it, but for the part that is ``told`` already;
    nothing where nothing is taken over."""
    kept = _kept(form, values)
    keys = {name: values[name] for n, name in enumerate(form.key) if n != told and name in values}
    return {**keys, **kept} if kept else {}


def groups(records: Sequence[Known]) -> list[tuple[str, list[Known]]]:
    """Neighbouring records of one group."""
    found: list[tuple[str, list[Known]]] = []
    for record in records:
        if not found or found[-1][0] != record.group:
            found.append((record.group, []))
        found[-1][1].append(record)
    return found


def by_sheet(form: Form, records: Sequence[Known]) -> list[tuple[dict[str, str], list[Known]]]:
    """The records of each sheet, with what it states once for them (the project whose sheet it is); by its label."""
    labelled = [name for name in form.told_by_sheet() if (told := form.fields[name].sheet) and told.label]
    found: list[tuple[dict[str, str], list[Known]]] = []
    for record in records:
        said = {name: record.texts[name] for name in labelled if name in record.texts}
        # Of free rows under one heading the first alone says it.
        if not found or (said and said != found[-1][0]):
            found.append((said or dict.fromkeys(labelled, ""), []))
        found[-1][1].append(record)
    return found or [(dict.fromkeys(labelled, ""), [])]
