"""How an organisation fills the template in, and what it does to it. The figures do not depend on any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from making.layouts import BaseLayout, Look

from .figures import ORGANISATIONS


@dataclass(frozen=True)
class Layout(BaseLayout):
    """Every field is one way in which returns differ; the defaults are the template as it was sent out."""

    cover: str = "Start"
    tags: bool = True  # False: deleted from the sheets that people see
    spare_rows: int = 2  # blank rows of the template below the records
    project_sheets: str = "Project {number}"
    days: str = "date"  # how days are typed: date, digits (01/04/2023), words (1 April 2023)


PLAIN = Layout()
VARIATIONS: dict[str, Layout] = {
    "plain": PLAIN,
    "moved": replace(PLAIN, origin=(4, 3)),
    "no_tags": replace(PLAIN, tags=False),
    "no_spare_rows": replace(PLAIN, spare_rows=0),
    "many_spare_rows": replace(PLAIN, spare_rows=12),
    "broken_labels": replace(PLAIN, broken_labels=True),
    "named_project_sheets": replace(PLAIN, project_sheets="{project}"),
    "days_in_digits": replace(PLAIN, days="digits"),
    "days_in_words": replace(PLAIN, days="words"),
}
_FONTS = ("Arial", "Calibri", "Arial", "Verdana", "Calibri")
LOOKS: dict[str, Look] = {
    name: Look(font, 10, "#D9E1F2", "#F2F2F2", freeze=False) for name, font in zip(ORGANISATIONS, _FONTS, strict=True)
}
AS_SENT: dict[str, Layout] = {
    "Ashbourne Vale Council": PLAIN,
    "Brackwater City Council": replace(PLAIN, spare_rows=6),
    "Coldharbour Borough Council": replace(PLAIN, days="digits"),
    "Dunmere District Council": replace(PLAIN, project_sheets="{project}"),
    "Eastholm Council": replace(PLAIN, days="words"),
}
AS_RETURNED: dict[str, Layout] = {
    "Ashbourne Vale Council": replace(PLAIN, origin=(2, 2)),
    "Brackwater City Council": replace(PLAIN, spare_rows=4, days="digits"),
    "Coldharbour Borough Council": replace(PLAIN, broken_labels=True),
    "Dunmere District Council": replace(PLAIN, project_sheets="{project}", days="words"),
    "Eastholm Council": PLAIN,
}
