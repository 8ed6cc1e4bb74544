"""重複予算: items that stand under several groups, with gross, net and what is left out of the grand total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reconcile.facts import NIL, NUMBER
from reconcile.findings import Finding, column_letters
from reconcile.packs.model import Form, Pack
from reconcile.writing.cells import Place
from reconcile.writing.paper import print_as
from reconcile.writing.report import Report
from reconcile.writing.sheet import Sheet
from reconcile.writing.text import width

CODE = "DUP001"
_TITLE_ROWS = 3
_LABELS = 2  # columns: code and name


@dataclass(slots=True)
class Item:
    """One duplicated item: its code and name, and by slot and group the positions of its amounts."""

    code: str
    name: str
    finding: str
    amounts: dict[str, dict[str, list[int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything will stand, known before the sheet is written: the form's totals refer to it."""

    sheet: Sheet
    form: Form
    items: tuple[Item, ...]
    groups: tuple[str, ...]
    slots: tuple[str, ...]
    top: int
    others: tuple[Item, ...] = ()  # for which the sheet has no row of their own

    @property
    def rows(self) -> int:
        """Of a block below its header: a row for each item, and one for all others."""
        return len(self.items) + bool(self.others)

    def block(self, slot: str) -> int:
        """The row of a slot's heading; its header follows, then the items, then the sum and a blank row."""
        return self.top + self.slots.index(slot) * (self.rows + 4)

    def excluded(self, slot: str) -> Place | None:
        """The cell that says how much of a slot is counted elsewhere."""
        if slot not in self.slots:
            return None
        return self.sheet.place(self.block(slot) + 2 + self.rows, _LABELS + len(self.groups) + 3)

    @property
    def bottom(self) -> int:
        return self.top + len(self.slots) * (self.rows + 4)


def asked(pack: Pack) -> bool:
    """Whether the pack looks for items that are counted in several groups."""
    return any(check.code == CODE for form in pack.forms.values() for check in form.checks)


def plan(report: Report, sheet: Sheet) -> list[Plan]:
    """One plan for each form with duplicated items, one below the other."""
    plans: list[Plan] = []
    top = _TITLE_ROWS + 1
    for form in report.run.pack.forms.values():
        found = [f for f in report.run.findings if f.code == CODE and f.form == form.form]
        if not found:
            continue
        items = tuple(_item(report, finding) for finding in found)
        slots = tuple(slot for slot in form.slots() if any(slot in item.amounts for item in items))
        used = {group for item in items for groups in item.amounts.values() for group in groups}
        # The last item that fits gives its row to those that do not.
        room = max(sheet.rows_from(top) // max(len(slots), 1) - 4, 1)
        listed = len(items) if len(items) <= room else room - 1
        groups = tuple(sorted(used, key=_natural))
        plans.append(Plan(sheet, form, items[:listed], groups, slots, top, items[listed:]))
        top = plans[-1].bottom + 1
    return plans


def excluded(report: Report, item: Item, slot: str) -> tuple[int, int]:
    """Gross and net of an item (scaled as the facts are); the first amount stated is the one that counts."""
    facts = report.run.facts
    figures = [
        int(facts.number[p]) if facts.state[p] == NUMBER else 0
        for positions in item.amounts.get(slot, {}).values()
        for p in positions
        if facts.state[p] in (NUMBER, NIL)
    ]
    return sum(figures), figures[0] if figures else 0


def write(report: Report, sheet: Sheet, plans: list[Plan]) -> None:
    """The sheet, after the form sheets its amounts refer to."""
    voice, styles = report.voice, report.book.styles
    sheet.text(1, 1, voice.word("duplicates"), styles.get("title"))
    sheet.height(1, 30)
    if not plans:
        sheet.text(3, 1, voice.word("no_duplicates"))
    for number, each in enumerate(plans):
        label = each.form.fields[each.form.group].all_columns()[0].text if each.form.group else voice.word("record")
        if number == 0:
            how = voice.word("duplicates_how", group=label, unit=each.form.unit or "―")
            sheet.text(2, 1, how, styles.get("subtitle", font_size=10))
        for slot in each.slots:
            _block(report, each, slot, label)
    groups = max((len(each.groups) for each in plans), default=0)
    names = (item.name for each in plans for item in each.items)
    sheet.widths([12.0, min(max([24, *map(width, names)]) + 2, 46), *([12.0] * groups), 14.0, 16.0, 14.0])
    last = max((each.bottom for each in plans), default=4)
    print_as(sheet, area=(1, 1, last, _LABELS + groups + 3), header=report.title)


def _block(report: Report, each: Plan, slot: str, label: str) -> None:
    voice, styles, sheet = report.voice, report.book.styles, each.sheet
    top = each.block(slot)
    _, version, period = (*slot.split("."), "", "")[:3]
    last = _LABELS + len(each.groups) + 3
    sheet.merge(top, 1, top, last, voice.slot(version, period), styles.get("heading"))
    heads = [voice.word("code"), voice.word("record"), *(f"{label} {group}" for group in each.groups)]
    for column, text in enumerate([*heads, voice.word("gross"), voice.word("net"), voice.word("excluded")], start=1):
        sheet.text(top + 1, column, text, styles.get("head"))
    sheet.height(top + 1, 28)
    sums = [0, 0, 0]
    for row, item in enumerate(each.items, start=top + 2):
        gross, net = _line(report, each, slot, item, row)
        sheet.height(row, 17)
        sums = [sums[0] + gross, sums[1] + net, sums[2] + gross - net]
    bottom = top + 2 + each.rows
    if each.others:
        amounts = [excluded(report, item, slot) for item in each.others]
        rest = [sum(gross for gross, _ in amounts), sum(net for _, net in amounts)]
        rest.append(rest[0] - rest[1])
        said = voice.word("duplicates_beyond", count=f"{len(each.others):,}")
        sheet.merge(bottom - 1, 1, bottom - 1, last - 3, said, styles.get("cell"))
        for column, amount in enumerate(rest, start=last - 2):
            money = styles.get("figure", num_format="#,##0")
            sheet.number(bottom - 1, column, report.run.facts.decimal(amount), money)
        sums = [total + more for total, more in zip(sums, rest, strict=True)]
    sheet.merge(bottom, 1, bottom, last - 3, voice.word("sum"), styles.get("total_label"))
    for column, total in zip(range(last - 2, last + 1), sums, strict=True):
        letter = column_letters(column)
        formula = f"=SUM({letter}{top + 2}:{letter}{bottom - 1})"
        value = report.run.facts.decimal(total)
        sheet.formula(bottom, column, formula, value, styles.get("total", num_format="#,##0"))


def _line(report: Report, each: Plan, slot: str, item: Item, row: int) -> tuple[int, int]:
    """One item: its amounts by reference to the form's sheet, gross, net and what is left out."""
    styles, sheet, facts = report.book.styles, each.sheet, report.run.facts
    money = styles.get("figure", num_format="#,##0")
    place = report.places.of_finding(report.by_id[item.finding])
    if place:
        sheet.link(row, 1, place, item.code, styles.get("center", font_color="#0563C1", underline=1))
    else:
        sheet.text(row, 1, item.code, styles.get("center"))
    sheet.text(row, 2, item.name, styles.get("cell"))
    single = True
    for column, group in enumerate(each.groups, start=_LABELS + 1):
        positions = item.amounts.get(slot, {}).get(group, [])
        known = [p for p in positions if facts.state[p] == NUMBER]
        places = [place.formula for p in known if (place := report.places.of(p))]
        single &= len(positions) <= 1
        if known and len(places) == len(known):
            total = facts.decimal(sum(int(facts.number[p]) for p in known))
            sheet.formula(row, column, "=" + "+".join(places), total, money)
        else:
            sheet.text(row, column, "、".join(str(facts.raw[p]) for p in positions), money)
    gross, net = excluded(report, item, slot)
    first, last = column_letters(_LABELS + 1), column_letters(_LABELS + len(each.groups))
    beyond = _LABELS + len(each.groups) + 1
    sheet.formula(row, beyond, f"=SUM({first}{row}:{last}{row})", facts.decimal(gross), money)
    if single and _agree(report, item, slot):
        sheet.formula(row, beyond + 1, f"=MAX({first}{row}:{last}{row})", facts.decimal(net), money)
    else:
        style = styles.get("figure", num_format="#,##0", font_color="#9C0006")
        sheet.number(row, beyond + 1, facts.decimal(net), style)
        sheet.note(row, beyond + 1, report.voice.word("differ"))
    a, b = column_letters(beyond), column_letters(beyond + 1)
    sheet.formula(row, beyond + 2, f"={a}{row}-{b}{row}", facts.decimal(gross - net), money)
    return gross, net


def _agree(report: Report, item: Item, slot: str) -> bool:
    facts = report.run.facts
    positions = [p for found in item.amounts.get(slot, {}).values() for p in found]
    return len({int(facts.number[p]) for p in positions if facts.state[p] in (NUMBER, NIL)}) <= 1


def _item(report: Report, finding: Finding) -> Item:
    """The item of a finding: every amount of the records it names."""
    facts = report.run.facts
    item = Item(str(finding.data.get("item", finding.record)), str(finding.data.get("name", "")), finding.id)
    for position in _positions(report, finding):
        slots = item.amounts.setdefault(str(facts.slot[position]), {})
        slots.setdefault(str(facts.group[position]), []).append(position)
    return item


def _positions(report: Report, finding: Finding) -> Iterator[int]:
    for part in finding.cells:
        if part.role == "part":
            yield from report.figures_at.get(part.ref, ())


def _natural(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isascii() and text.isdigit() else (10**9, text)
