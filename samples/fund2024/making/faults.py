"""Faults planted in the returns."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from making.edits import Fault, Put, PutCover
from making.model import Owner, Return, Value
from making.reshaping import Hide, Remove, RemoveForm, Reword

ASH, BRACK, COLD = "Ashbourne Vale Council", "Brackwater City Council", "Coldharbour Borough Council"
DUN, EAST = "Dunmere District Council", "Eastholm Council"


@dataclass(frozen=True)
class PutProject:
    """Another name on the sheet of a project."""

    project: str
    name: str

    @property
    def owner(self) -> Owner:
        return Owner("spend", self.project, "project")

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms["spend"].groups[self.project] = self.name


@dataclass(frozen=True)
class PutTotal:
    """A figure typed over a total."""

    form: str
    row: str
    field: str
    value: Value

    @property
    def owner(self) -> Owner:
        return Owner(self.form, self.row, self.field)

    about = owner

    def apply(self, answer: Return) -> None:
        answer.forms[self.form].typed_totals[self.row, self.field] = self.value


def _first(form: str, department: str, turn: int = 0) -> str:
    """The key of a record of a form."""
    from .figures import read_returns

    return read_returns()[department].forms[form].records[turn].key


def _much_more(department: str, record: str) -> dict[str, Value]:
    """A last quarter of two millions, in the total as well: the sums agree, and the project costs more than it has."""
    from .figures import read_returns

    fields = read_returns()[department].forms["spend"].record(record).fields
    total = int(str(fields["amount.total"])) - int(str(fields["amount.2024-Q4"])) + 2_000_000
    return {"amount.total": total, "amount.2024-Q4": 2_000_000}


FAULTS = (
    Fault(
        ASH,
        Put("contacts", "Finance officer", {"email": "finance.officer at ashbourne.example"}),
        "FLD006",
        "no address",
        "@",
    ),
    Fault(ASH, Put("contacts", "Project manager", {"telephone": "ext. 12"}), "FLD006", "no telephone number", ""),
    Fault(
        ASH,
        Put("progress", "Delivery", {"commentary": "word " * 61, "rating": "Red"}),
        "FLD008",
        "too many words",
        "60 are allowed",
    ),
    Fault(ASH, Put("progress", "Spend", {"commentary": None, "rating": "Amber"}), "FLD001", "no comment on Amber", ""),
    Fault(ASH, Put("progress", "Procurement", {"rating": "Purple"}), "FLD003", "no such rating", ""),
    Fault(ASH, Put("locations", _first("locations", ASH), {"postcode": "AV1"}), "FLD006", "half a postcode", ""),
    Fault(
        ASH,
        Put("funding", "Own contribution", {"why": "not needed", "secured": "Yes"}),
        "FLD014",
        "a reason where none belongs",
        "",
    ),
    Fault(ASH, Put("spend", "Pier gardens/Works", {"amount.total": 1}), "BAL001|BAL002", "total mistyped", ""),
    Fault(
        BRACK,
        Put("locations", _first("locations", BRACK), {"project": "Canal pathway"}),
        "XRF001",
        "project not in the list",
        "Canal path",
    ),
    Fault(BRACK, PutTotal("funding", "total", "amount.2024-Q1", 12345), "BAL002", "total typed over", ""),
    Fault(
        BRACK,
        PutTotal("spend", "total/Old market", "amount.2023-Q2", 99),
        "BAL002",
        "total of a project typed over",
        "",
    ),
    Fault(
        BRACK,
        Put("milestones", "Mill park/Works start", {"finish": datetime.date(2022, 1, 31)}),
        "FLD013",
        "finish before start",
        "",
    ),
    Fault(BRACK, Put("milestones", "Canal path/Works complete", {"start": "soon"}), "FLD006", "no day", ""),
    Fault(BRACK, Put("milestones", "Old market/Design complete", {"complete": "300%"}), "FLD004", "300 %", ""),
    Fault(BRACK, Put("risks", "1", {"after": 5, "before": 3}), "FLD013", "likelier after mitigation", ""),
    Fault(BRACK, Put("risks", "2", {"before": "2.5"}), "FLD006", "no whole number", ""),
    Fault(
        COLD,
        Put("spend", "Harbour steps/Land", _much_more(COLD, "Harbour steps/Land")),
        "BAL008",
        "more than allotted",
        "",
    ),
    Fault(
        COLD,
        Reword("standard_outputs", "Unit of measurement", "How measured"),
        "LAY002",
        "header reworded",
        "Unit of measurement",
    ),
    Fault(COLD, Remove("contacts", "Finance officer"), "XRF002", "role missing", ""),
    Fault(
        DUN,
        PutProject("Lakeside route", "Lakeside routes"),
        "XRF001",
        "another name on the sheet of the project",
        "Lakeside route",
    ),
    Fault(
        DUN,
        Put("standard_outputs", _first("standard_outputs", DUN), {"output": "Trees felled"}),
        "FLD003",
        "not of that theme",
        "",
    ),
    Fault(DUN, Put("risks", "1", {"risk": "TBC"}), "TXT001", "placeholder", ""),
    Fault(DUN, Hide("risks", "2", "risk"), "FIL008", "hidden row", ""),
    Fault(BRACK, PutCover("Date of submission", "end of October"), "FLD006", "no day", ""),
    Fault(EAST, RemoveForm("funding"), "SUB002", "table missing", ""),
    Fault(
        EAST,
        Put("contacts", "Senior responsible owner", {"email": "project.manager@eastholm.example"}),
        "DUP005",
        "the same address twice",
        "",
    ),
    Fault(
        EAST,
        Put("interventions", "Green places/Trees planted", {"output": "Trees"}),
        "XRF001",
        "hidden list changed",
        "Trees planted",
    ),
    Fault(
        EAST,
        Put("standard_outcomes", _first("standard_outcomes", EAST), {"amount.2023-Q3": "lots of"}),
        "FLD002",
        "no figure",
        "",
    ),
    Fault(
        EAST,
        Put("milestones", "East green/Works complete", {"status": "Delayed"}),
        "FLD001",
        "delay without a reason",
        "",
    ),
)
