"""A template, filled in with the real figures and returned, says what the samples say."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.facts import TEXT
from reconcile.normalise import fold_name
from reconcile.packs import Pack, load
from reconcile.template import write_templates
from tests.template.filling import Filler

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SOFFICE = shutil.which("soffice")
PACKS = ("plan2022", "welfare2024", "management2024", "districts2022", "council2023", "fund2024")
COMPUTED = ("plan2022", "districts2022", "fund2024")  # those whose templates have formulas
# What the columns say that only templates have.
ONLY_HERE = ("unit", "basis")
# The register names another record than the printed form does.
CONTRADICTED = ("FLD007", "XRF002")


@cache
def samples_of(name: str) -> tuple[Pack, Consolidated]:
    pack = load(name)
    return pack, pipeline.check(pack, [SAMPLES / name / "returns"])


def filled(folder: Path, name: str, *, numbers: bool) -> Path:
    """The templates of a pack, each filled in with what its department says in the samples."""
    pack, samples = samples_of(name)
    templates = write_templates(pack, folder / "templates", "ja")
    returns = folder / "returns"
    returns.mkdir()
    for department, file in templates.files.items():
        shutil.copy(folder / "templates" / file, returns / file)
        Filler(pack, returns / file, department, samples, numbers=numbers).fill()
    return returns


def computed(returns: Path, folder: Path) -> Path:
    """The workbooks as a spreadsheet program saves them, with the results of their formulas."""
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "computed")]
    subprocess.run([*call, *map(str, sorted(returns.iterdir()))], check=True, capture_output=True, timeout=300)
    return folder / "computed"


def facts_of(run: Consolidated, besides: set[tuple[str, str]]) -> Counter[tuple[object, ...]]:
    """Every value, where it stands and how it was typed aside; names are the register's."""
    facts, pack = run.facts, run.pack
    found: Counter[tuple[object, ...]] = Counter()
    for n in range(len(facts)):
        form, slot, record = str(facts.form[n]), str(facts.slot[n]), str(facts.record[n])
        if slot in ONLY_HERE or (form, record) in besides:
            continue
        own = pack.forms[form]
        link = own.register_link
        told = {*own.key, *((*link.names.values(), *link.responsible.values()) if link else ())}
        told |= {part.name for part in (own.tables, own.lines) if part}
        told |= set(pack.tables[link.file].columns) if link else set()
        value = facts.value[n]
        text = fold_name(str(facts.raw[n])) if facts.state[n] == TEXT and slot not in told else ""
        found[
            str(facts.department[n]), form, record, str(facts.level[n]), str(facts.group[n]), slot,
            str(facts.component[n]), value, str(facts.unit[n]) if value is not None else "", int(facts.state[n]), text,
        ] += 1  # fmt: skip
    return found


def assert_same(name: str, run: Consolidated) -> None:
    _, samples = samples_of(name)
    besides = {(f.form, f.record) for f in samples.findings if f.code in CONTRADICTED}
    expected, found = facts_of(samples, besides), facts_of(run, besides)
    assert expected.total() > 500
    assert sorted((expected - found).elements(), key=str) == []
    assert sorted((found - expected).elements(), key=str) == []


@pytest.mark.parametrize("name", COMPUTED)
def test_a_template_typed_full_says_what_the_samples_say(name: str, tmp_path: Path) -> None:
    pack, _ = samples_of(name)
    run = pipeline.check(pack, [filled(tmp_path, name, numbers=False)])
    assert [(f.code, f.ref, f.found) for f in run.findings if f.code.startswith(("LAY", "FIL"))] == []
    assert_same(name, run)


def locked_places(run: Consolidated, templates: Path) -> list[tuple[str, object]]:
    """The findings that begin at a cell which a department cannot change."""
    found: list[tuple[str, object]] = []
    for finding in run.findings:
        ref = finding.ref
        if ref.row and not finding.root:
            book = _template(templates / ref.file)
            if book[ref.sheet].cell(ref.row, ref.column).protection.locked:
                found.append((finding.code, ref))
    return found


@cache
def _template(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("name", PACKS)
def test_a_template_filled_in_with_numbers_says_what_the_samples_say(name: str, tmp_path: Path) -> None:
    if name in COMPUTED and SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    pack, _ = samples_of(name)
    returns = filled(tmp_path, name, numbers=True)
    run = pipeline.check(pack, [computed(returns, tmp_path) if name in COMPUTED else returns])
    assert [(f.code, f.ref, f.found) for f in run.findings if f.code.startswith(("LAY", "FIL", "FLD010"))] == []
    assert_same(name, run)
    assert locked_places(run, tmp_path / "templates") == []
