"""Where a finding is: ``様式1!F18（防災塾参加人数 × 当初計画・総量）``; a merged cell as its range."""

from __future__ import annotations

from collections.abc import Mapping

from reconcile.findings import CellRef, Finding
from reconcile.messages.values import clean
from reconcile.normalise import fold_key
from reconcile.packs.model import Form, Pack

ROW_NAME_LONGEST = 30

# Names of records by folded key, for each pack (by its digest) and form; packs do not change while a program runs.
_ROW_NAMES: dict[tuple[str, str], Mapping[str, str]] = {}


def place(finding: Finding, pack: Pack, lang: str) -> str:
    """The place as the person at the open workbook finds it; a file or sheet where no cell is meant."""
    here = at(finding, lang)
    names = " × ".join(name for name in (row_name(finding, pack), column_name(finding, pack, lang)) if name)
    if not names or not place_ref(finding).a1:
        return here
    return f"{here}（{names}）" if lang == "ja" else f"{here} ({names})"


def place_ref(finding: Finding) -> CellRef:
    """The cell to look at: the finding's own, or, for a thing that is absent, where it belongs."""
    if finding.ref.a1 is None:
        for part in finding.cells:
            if part.role == "place" and part.ref.a1:
                return part.ref
    return finding.ref


def at(finding: Finding, lang: str) -> str:
    """The place without its names: ``様式1!F18``, a sheet, a file, or the department that sent none."""
    ref = place_ref(finding)
    if ref.a1:
        return f"{clean(ref.sheet)}!{ref.area}"
    if ref.sheet:
        return f"シート「{clean(ref.sheet)}」" if lang == "ja" else f'sheet "{clean(ref.sheet)}"'
    if ref.file:
        return f"「{clean(ref.file)}」" if lang == "ja" else f'"{clean(ref.file)}"'
    return clean(finding.department)


def form_of(finding: Finding, pack: Pack) -> Form | None:
    """The form a finding is about."""
    return pack.cover if finding.form == pack.cover.form else pack.forms.get(finding.form)


def row_name(finding: Finding, pack: Pack) -> str:
    """The name of the record: the finding's own word for it, the register's, or its number."""
    given = finding.data.get("row_name")
    form = form_of(finding, pack)
    if isinstance(given, str) and given.strip():
        name = given
    elif form is None or not finding.record:
        return clean(finding.record)
    else:
        name = _total_name(finding.record, form) or _registered(pack, form).get(finding.record, "")
    name = clean(name)
    if len(name) > ROW_NAME_LONGEST:
        # A long name is recognised by its beginning; its number makes it certain.
        name = f"{clean(finding.record)} {name[:ROW_NAME_LONGEST]}…"
    return name or clean(str(finding.data.get("typed_key") or finding.record))


def _total_name(record: str, form: Form) -> str:
    """``14 小計`` for the record of a subtotal row, ``合計`` for that of the total."""
    group, _, level = record.rpartition("/")
    for total in form.totals:
        if total.flag is not None and (total.flag, total.level) == (group, level):
            return total.label
        if total.flag is None and total.level == level:
            return f"{group} {total.label}".strip()
    return ""


def _registered(pack: Pack, form: Form) -> Mapping[str, str]:
    known = _ROW_NAMES.get((pack.digest, form.form))
    if known is None:
        table, link = pack.register_of(form), form.register_link
        known = {}
        # A register of a part of the key (programmes) does not name the records themselves.
        if table and link and link.field is None:
            column = next(iter(link.names), link.key)
            known = {fold_key(row[link.key]): row[column] for row in table.rows}
        elif form.lines and form.key == [form.lines.field]:
            # The rows of a matrix have their printed labels.
            known = {fold_key(row[form.lines.key]): row[form.lines.label] for row in pack.tables[form.lines.file].rows}
        _ROW_NAMES[pack.digest, form.form] = known
    return known


def column_name(finding: Finding, pack: Pack, lang: str) -> str:
    """What stands in the column: ``当初計画・総量`` for a figure, the printed label for anything else."""
    form = form_of(finding, pack)
    if form is None or not finding.field:
        return ""
    field = form.fields.get(finding.field)
    if field is None:
        return finding.field
    names = [
        version_name(finding.version, pack, lang),
        pack.file.periods[finding.period].get(lang) if finding.period in pack.file.periods else finding.period,
    ]
    if not field.numeric or not any(names):
        columns = field.all_columns()
        own = [column for column in columns if (column.version, column.period) == (finding.version, finding.period)]
        names = [(own or columns)[0].text]
    comma = "・" if lang == "ja" else ", "
    return comma.join(clean(name) for name in (*names, finding.component) if name)


def version_name(version: str, pack: Pack, lang: str) -> str:
    """``当初計画`` for ``initial``, as the pack names it."""
    return pack.file.versions[version].get(lang) if version in pack.file.versions else version
