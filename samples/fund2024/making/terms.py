"""The words of the forms of fund2024: sheets, tags, titles, columns."""

from __future__ import annotations

from dataclasses import dataclass

QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4))
CATEGORIES = ("Design", "Works", "Land", "Fees")
MILESTONES = ("Design complete", "Consents in place", "Works start", "Works complete")
ROLES = ("Project manager", "Finance officer", "Senior responsible owner")
AREAS = ("Spend", "Delivery", "Procurement")
SELECT, SELECT_THEME = "< Select >", "< Select theme first >"


@dataclass(frozen=True)
class Label:
    """A column: the lines of its header from the top, its field, its width in characters."""

    lines: tuple[str, ...]
    field: str
    width: float = 14


@dataclass(frozen=True)
class Table:
    """A table of the template: its tag, sheet and title, its columns, the rows that show how, a word for its total."""

    tag: str
    sheet: str
    title: str
    labels: tuple[Label, ...]
    examples: tuple[tuple[str, ...], ...] = ()
    total: str = ""
    hidden: bool = False
    spare: tuple[str, ...] = ()  # what a blank row of the template shows


def one(text: str, field: str, width: float = 14) -> Label:
    """A column with a header of one line."""
    return Label((text,), field, width)


AMOUNTS = (
    *(Label((f"{q[:4]}/{int(q[2:4]) + 1}", q[5:]), f"amount.{q}", 11) for q in QUARTERS),
    one("Total", "amount.total", 12),
)
_THEME = (one("Project", "project", 24), one("Theme", "theme", 18), one("Output", "output", 30))
_OUTCOME = (one("Project", "project", 24), one("Outcome", "outcome", 30))
_UNIT = one("Unit of measurement", "unit", 18)
_SHOWN = ("1", "2", "3", "4", "5", "6", "7", "8", "36")

TABLES: dict[str, Table] = {
    "contacts": Table(
        "CONTACTS",
        "Contacts",
        "Who to contact",
        (
            one("Role", "role", 28),
            one("Name", "name", 24),
            one("Email address", "email", 34),
            one("Telephone", "telephone", 18),
        ),
    ),
    "progress": Table(
        "PROGRESS",
        "Progress",
        "Progress of the programme",
        (one("Area", "area", 18), one("Rating", "rating", 12), one("Commentary (max 60 words)", "commentary", 70)),
        spare=("", SELECT, ""),
    ),
    "locations": Table(
        "LOCATIONS",
        "Locations",
        "Where the projects are",
        (one("Project", "project", 26), one("Site", "site", 30), one("Postcode", "postcode", 14)),
        examples=(("Example: Town square", "North side of the square", "AB1 2CD"),),
        spare=(SELECT, "", ""),
    ),
    "funding": Table(
        "FUNDING",
        "Funding",
        "Funding profile",
        (
            one("Funding source", "source", 26),
            one("Has it been secured?", "secured", 14),
            one("If not, why?", "why", 30),
            *AMOUNTS,
        ),
        total="Total funding",
        spare=("", SELECT, ""),
    ),
    "standard_outputs": Table(
        "STANDARD-OUTPUTS",
        "Outputs",
        "Standard outputs",
        (*_THEME, _UNIT, *AMOUNTS),
        examples=(("Town square", "Green places", "Trees planted", "n of", *_SHOWN),),
        spare=(SELECT, SELECT, SELECT_THEME),
    ),
    "bespoke_outputs": Table(
        "BESPOKE-OUTPUTS",
        "Outputs",
        "Bespoke outputs",
        (*_THEME, _UNIT, *AMOUNTS),
        examples=(("Town square", "High streets", "Murals painted", "n of", *_SHOWN),),
        spare=(SELECT, SELECT, ""),
    ),
    "standard_outcomes": Table(
        "STANDARD-OUTCOMES",
        "Outcomes",
        "Standard outcomes",
        (*_OUTCOME, _UNIT, *AMOUNTS),
        examples=(("Town square", "Visitors", "people", *_SHOWN),),
        spare=(SELECT, SELECT),
    ),
    "bespoke_outcomes": Table(
        "BESPOKE-OUTCOMES",
        "Outcomes",
        "Bespoke outcomes",
        (*_OUTCOME, _UNIT, *AMOUNTS),
        examples=(("Town square", "Events held", "n of", *_SHOWN),),
        spare=(SELECT, ""),
    ),
    "risks": Table(
        "RISKS",
        "Risks",
        "Risk register",
        (
            one("No.", "number", 6),
            one("Project", "project", 24),
            one("Category", "category", 12),
            one("Risk", "risk", 50),
            Label(("Likelihood", "before mitigation"), "before", 12),
            Label(("Likelihood", "after mitigation"), "after", 12),
            one("Mitigation", "mitigation", 50),
        ),
        examples=(("", "Town square", "Cost", "Example: the price of stone rises", "4", "2", "Order early"),),
        spare=("", SELECT, SELECT),
    ),
    "milestones": Table(
        "MILESTONES",
        "",
        "Milestones of the project",
        (
            one("Milestone", "milestone", 28),
            one("Start", "start", 13),
            one("Finish", "finish", 13),
            one("Complete", "complete", 11),
            one("Status", "status", 14),
            one("Reason for delay", "reason", 40),
        ),
        spare=("", "", "", "", SELECT),
    ),
    "spend": Table(
        "SPEND",
        "",
        "Spend of the project",
        (one("Cost category", "category", 28), *AMOUNTS),
        total="Total spend",
    ),
    "projects": Table(
        "PROJECTS", "Project lists", "Projects", (one("Project names", "name", 30),), hidden=True, spare=(SELECT,)
    ),
    "interventions": Table(
        "THEMES", "Lists", "Themes", (one("Theme", "theme", 20), one("Output", "output", 34)), hidden=True
    ),
}
OF_A_PROJECT = ("milestones", "spend")
