"""Made-up organisations, projects and figures, from one seed. Nothing here is anybody's real return.

Run as a script it writes what the pack lists of them: registers and allocations (`schemas/fund2024`).
"""

from __future__ import annotations

import csv
import datetime
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from making.model import Form, Record, Return, Value

from .terms import AREAS, CATEGORIES, MILESTONES, QUARTERS, ROLES

SEED = 20240930
PACK = Path(__file__).resolve().parents[3] / "schemas" / "fund2024"
# Organisation → its projects, and the letters of its postcodes.
ORGANISATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "Ashbourne Vale Council": (("Pier gardens", "Station quarter"), "AV"),
    "Brackwater City Council": (("Canal path", "Old market", "Mill park"), "BW"),
    "Coldharbour Borough Council": (("Harbour steps",), "CH"),
    "Dunmere District Council": (("Lakeside route", "Dunmere high street"), "DM"),
    "Eastholm Council": (("Library square", "East green"), "EH"),
}
DAYS: tuple[Value, ...] = (
    datetime.date(2024, 10, 21),
    "22/10/2024",
    "23 October 2024",
    datetime.date(2024, 10, 25),
    "30 Oct 2024",
)
SOURCES = ("Places Fund", "Own contribution", "Regional transport grant")
COVER = {"Fund": "Places Fund", "Reporting period": "April to September 2024", "Template version": "4"}
_RISKS = (
    ("Cost", "Prices of materials rise before the works are let", "Fix the price with the contractor early"),
    ("Time", "Consents take longer than planned", "Meet the planning officers every month"),
    ("Supply", "Only one firm offers for the works", "Speak to firms of the neighbouring towns"),
    ("Legal", "Rights of way are disputed", "Have the boundaries surveyed"),
)


def read_returns() -> dict[str, Return]:
    """Organisation → its return."""
    dice = random.Random(SEED)
    return {
        name: _answer(number, name, projects, letters, dice)
        for number, (name, (projects, letters)) in enumerate(ORGANISATIONS.items(), start=1)
    }


def _answer(number: int, name: str, projects: Sequence[str], letters: str, dice: random.Random) -> Return:
    forms = {
        "contacts": _contacts(name, number),
        "progress": _progress(dice),
        "projects": _form("projects", (Record(p, "", {"name": p}) for p in projects)),
        "interventions": _form(
            "interventions", (Record(f"{t}/{o}", t, {"theme": t, "output": o}) for t, o, _ in outputs())
        ),
        "locations": _form("locations", _locations(projects, letters, dice)),
        "standard_outputs": _form("standard_outputs", _standard_outputs(projects, dice)),
        "bespoke_outputs": _form("bespoke_outputs", _bespoke_outputs(projects, dice)),
        "standard_outcomes": _form("standard_outcomes", _standard_outcomes(projects, dice)),
        "bespoke_outcomes": _form("bespoke_outcomes", _bespoke_outcomes(projects, dice)),
        "risks": _form("risks", _risks(projects, dice)),
        "milestones": _form("milestones", (r for p in projects for r in _milestones(p, dice))),
        "spend": _form("spend", (r for p in projects for r in _spend(p, dice))),
    }
    forms["funding"] = _form("funding", _funding(forms["spend"], dice))
    cover = {
        "Fund": COVER["Fund"],
        "Organisation": name,
        "Completed by": "(name)",
        "Date of submission": DAYS[number - 1],
    }
    return Return(number, name, {**cover, **{key: COVER[key] for key in list(COVER)[1:]}}, forms)


def _form(name: str, records: Iterator[Record]) -> Form:
    return Form(name, list(records), {})


def _contacts(name: str, number: int) -> Form:
    domain = name.lower().split()[0] + ".example"
    records = (
        Record(
            role,
            "",
            {
                "role": role,
                "name": "(name)",
                "email": f"{role.lower().replace(' ', '.')}@{domain}",
                "telephone": f"01632 960{number}{turn}0",
            },
        )
        for turn, role in enumerate(ROLES)
    )
    return _form("contacts", records)


def _progress(dice: random.Random) -> Form:
    records = []
    for area in AREAS:
        rating = dice.choice(("Green", "Green", "Amber"))
        said = "Works are let and on site." if rating == "Green" else "The second contract was let two months late."
        records.append(Record(area, "", {"area": area, "rating": rating, "commentary": said}))
    return Form("progress", records, {})


def _locations(projects: Sequence[str], letters: str, dice: random.Random) -> Iterator[Record]:
    for project in projects:
        for site in ("main site", "approach")[: dice.randint(1, 2)]:
            code = (
                f"{letters}{dice.randint(1, 19)} {dice.randint(1, 9)}{dice.choice('ABDEFGH')}{dice.choice('JLNPQRS')}"
            )
            fields: dict[str, Value] = {"project": project, "site": f"{project}, {site}", "postcode": code}
            yield Record(f"{project}/{project}, {site}", project, fields)


def _quarters(dice: random.Random, step: int, low: int, high: int) -> dict[str, Value]:
    figures = [dice.randint(low, high) * step for _ in QUARTERS]
    return {**{f"amount.{q}": n for q, n in zip(QUARTERS, figures, strict=True)}, "amount.total": sum(figures)}


def outputs() -> list[tuple[str, str, str]]:
    """Theme, output and unit of the fund's own list."""
    return [(row["theme"], row["output"], row["unit"]) for row in _rows("lists/outputs.csv")]


def _rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _standard_outputs(projects: Sequence[str], dice: random.Random) -> Iterator[Record]:
    for project in projects:
        for theme, output, unit in dice.sample(outputs(), 2):
            fields: dict[str, Value] = {"project": project, "theme": theme, "output": output, "unit": unit}
            yield Record(f"{project}/{output}", project, fields | _quarters(dice, 1, 0, 12))


def _bespoke_outputs(projects: Sequence[str], dice: random.Random) -> Iterator[Record]:
    for project, (theme, output) in zip(
        projects,
        (("High streets", "Lamps renewed"), ("Green places", "Ponds dug"), ("Getting about", "Crossings")),
        strict=False,
    ):
        fields: dict[str, Value] = {"project": project, "theme": theme, "output": output, "unit": "n of"}
        yield Record(f"{project}/{output}", project, fields | _quarters(dice, 1, 0, 5))


def _standard_outcomes(projects: Sequence[str], dice: random.Random) -> Iterator[Record]:
    for project in projects:
        row = dice.choice(_rows("lists/outcomes.csv"))
        fields: dict[str, Value] = {"project": project, "outcome": row["outcome"], "unit": row["unit"]}
        yield Record(f"{project}/{row['outcome']}", project, fields | _quarters(dice, 10, 1, 30))


def _bespoke_outcomes(projects: Sequence[str], dice: random.Random) -> Iterator[Record]:
    fields: dict[str, Value] = {"project": projects[0], "outcome": "Events held", "unit": "n of"}
    yield Record(f"{projects[0]}/Events held", projects[0], fields | _quarters(dice, 1, 0, 6))


def _risks(projects: Sequence[str], dice: random.Random) -> Iterator[Record]:
    for number, project in enumerate(projects, start=1):
        category, risk, mitigation = dice.choice(_RISKS)
        before = dice.randint(2, 5)
        fields: dict[str, Value] = {
            "number": str(number),
            "project": project,
            "category": category,
            "risk": risk,
            "before": before,
            "after": dice.randint(1, before),
            "mitigation": mitigation,
        }
        yield Record(str(number), "", fields)


def _milestones(project: str, dice: random.Random) -> Iterator[Record]:
    day = datetime.date(2023, dice.randint(4, 9), dice.randint(1, 28))
    for turn, milestone in enumerate(MILESTONES):
        finish = day + datetime.timedelta(days=dice.randint(60, 200))
        done = (100, 100, 60, 0)[turn]
        status = ("Completed", "Completed", dice.choice(("On time", "Delayed")), "Not started")[turn]
        fields: dict[str, Value] = {
            "milestone": milestone,
            "start": day,
            "finish": finish,
            "complete": Decimal(done) / 100,
            "status": status,
            "reason": "Ground conditions were worse than surveyed" if status == "Delayed" else None,
        }
        yield Record(f"{project}/{milestone}", project, fields)
        day = finish + datetime.timedelta(days=dice.randint(1, 30))


def _spend(project: str, dice: random.Random) -> Iterator[Record]:
    for category in CATEGORIES:
        fields: dict[str, Value] = {"category": category}
        yield Record(f"{project}/{category}", project, fields | _quarters(dice, 500, 0, 160))


def _funding(spend: Form, dice: random.Random) -> Iterator[Record]:
    """What is spent is paid for: by the fund, a share by the organisation, a grant that is hoped for."""
    spent = {q: sum(int(str(r.fields[f"amount.{q}"])) for r in spend.records) for q in QUARTERS}
    for source, share in zip(SOURCES, (7, 2, 1), strict=True):
        secured = source != SOURCES[2] or dice.random() < 0.4
        amounts: dict[str, Value] = {f"amount.{q}": spent[q] // 10 * share for q in QUARTERS}
        fields: dict[str, Value] = {
            "source": source,
            "secured": "Yes" if secured else "No",
            "why": None if secured else "The decision is due in December",
        }
        total = sum(int(str(amount)) for amount in amounts.values())
        yield Record(source, "", {**fields, **amounts, "amount.total": total})


def write_registers() -> None:
    """What the pack expects of whom: the roles, areas and projects, and what each project is allotted."""
    returns = read_returns()
    registers = {
        "contacts": ("role,organisation", [(role, ";".join(returns)) for role in ROLES]),
        "progress": ("area,organisation", [(area, ";".join(returns)) for area in AREAS]),
        "projects": ("project,organisation", [(p, name) for name, (ps, _) in ORGANISATIONS.items() for p in ps]),
    }
    for name, (head, rows) in registers.items():
        _write(PACK / "registers" / f"{name}.csv", head, rows)
    allotted = []
    for name, answer in returns.items():
        for project in ORGANISATIONS[name][0]:
            spent = sum(int(str(r.fields["amount.total"])) for r in answer.forms["spend"].records if r.group == project)
            allotted.append((name, project, str(-(-spent // 50_000) * 50_000)))
    _write(PACK / "lists" / "allocations.csv", "organisation,project,allocation", allotted)


def _write(path: Path, head: str, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(head.split(","))
        table.writerows(rows)
