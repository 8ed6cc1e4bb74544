"""What stands above the records of a group, as the pack says the printed form heads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.normalise import fold_key
from reconcile.template.page import Page

_TALL, _TALLER = 22.0, 26.0  # points


@dataclass(slots=True)
class Headings:
    """The headings of one form, each written once."""

    page: Page
    _known: Mapping[str, Mapping[str, str]] = field(init=False)
    _above: str = ""

    def __post_init__(self) -> None:
        told = self.page.form.sections
        rows = self.page.pack.tables[told.file].rows if told else ()
        self._known = {fold_key(row[told.key]): row for row in rows} if told else {}

    def write(self, group: str) -> bool:
        """The heading of a group, and before the first one of several what stands above them all; whether any did.

        Where the records tell their group in columns of their own, it has no heading besides.
        """
        page, told, row = self.page, self.page.form.sections, self._known.get(group)
        if told is None or row is None:
            return False
        top = page.row
        if told.above and row[told.above.key] != self._above:
            self._above = row[told.above.key]
            text = f"{told.above.label.ja}{self._above}　{row[told.above.name]}"
            self._line(text, "above", _TALLER)
        if page.form.group is None or page.form.fields[page.form.group].fill != "down":
            self._line(f"{told.label.ja}{row[told.key]}　{row[told.name]}", "section", _TALL)
        if page.row > top:
            page.starts.append(top)
        return page.row > top

    def _line(self, text: str, style: str, height: float) -> None:
        page = self.page
        page.sheet.merge(page.row, 1, page.row, page.last, text, page.book.styles.get(style, indent=1))
        page.sheet.height(page.row, height)
        page.row += 1
