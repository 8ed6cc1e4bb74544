"""Returns whose names, sheets and cells are made to do harm: every output says them as text, and nothing else happens."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import openpyxl
import pytest

from reconcile.inputs import gather
from reconcile.intake import read_return
from reconcile.packs import load
from reconcile.pipeline import Options, run
from reconcile.writing.plain_text import in_csv, plain_json
from tests.reliability.mutants import members_of, packed

ROOT = Path(__file__).resolve().parents[2]
RETURNS = sorted((ROOT / "samples" / "plan2022" / "returns").glob("*.xlsx"))
TEXTS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://192.0.2.1/","押す")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "＝１＋１",
    "\t=1+1",
    "http://192.0.2.1/x",
    "\\\\192.0.2.1\\share\\x",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    "[bold red]markup[/]",
    "{place} {found!r} {0}",
    "%s %(x)s ${x} `id` $(id)",
    "\x9b31m C1 \x9d0;title\x9c",
    "\u202eさかさま\u2066",
    "'=1+1",
]
SHEETS = ["=1+1", "..", "CON", "様式1'!A1", "\u202eあ", '<b>&amp;"x"']
NAMES = [
    "=cmd 'calc'!A0.xlsx",
    "-rf --out.xlsx",
    "CON.xlsx",
    "a\x1b[2J\x1b]0;x\x07.xlsx",
    "\u202exslx.exe.xlsx",
    "改\n行\t.xlsx",
    "<b>&amp;\"'[x](http:192.0.2.1).xlsx",
    "長" * 80 + ".xlsx",
    "C:\\Windows\\..\\x.xlsx",
    "https:%2F%2F192.0.2.1%2F.xlsx",
]
FORBIDDEN_ON_SCREEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile_return(path: bytes | Path, origin: Path, number: int) -> None:
    """`origin` with hostile texts in the names and reasons of its first form, and hostile names of its other sheets."""
    members = members_of(origin.read_bytes())
    shared = members["xl/sharedStrings.xml"].decode()
    texts = iter(TEXTS[number:] + TEXTS[:number])
    changed = 0

    columns = read_return(origin, "a", load("plan2022")).columns
    typed = {raw for raw, slot in zip(columns.raw, columns.slot, strict=True) if slot in ("name", "reason", "title")}

    def replace(found: re.Match[str]) -> str:
        nonlocal changed
        if changed == len(TEXTS) or found[1] not in typed:
            return found[0]
        changed += 1
        return f'<t xml:space="preserve">{escape(next(texts))}</t>'

    members["xl/sharedStrings.xml"] = re.sub(r"<t[^<>]*>([^<]*)</t>", replace, shared).encode()
    assert changed
    names = iter(SHEETS[number % 3 :])
    members["xl/workbook.xml"] = re.sub(
        r'(<sheet name=")[^"]*',
        lambda found: found[1] + escape(next(names, "表"), {'"': "&quot;"}),
        members["xl/workbook.xml"].decode(),
        count=2,
    ).encode()
    with open(path, "wb") as file:
        file.write(packed(list(members.items())))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, subprocess.CompletedProcess[str]]:
    """A folder of hostile returns, and what the command made of it."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "returns"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        hostile_return(folder / name, RETURNS[number], number)
    hostile_return(os.fsencode(folder) + b"/\xff\xfe\xe3.xlsx", RETURNS[10], 3)
    (folder / "x.xlsx").write_bytes(b"=cmd|' /C calc'!A0,1\n")
    before = sorted(os.listdir(os.fsencode(base)))
    assert before == [b"returns"]
    done = subprocess.run(
        [sys.executable, "-m", "reconcile", "run", "--pack", "plan2022", str(folder), "--out", str(base / "out")],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return base, base / "out", done


def test_the_run_ends_well_and_writes_nowhere_else(outcome) -> None:
    base, out, done = outcome
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(os.listdir(base)) == ["out", "returns"]
    for path in out.rglob("*"):
        assert path.resolve().is_relative_to(out)
        assert path.name.isprintable()
        assert len(path.name) < 120


def test_nothing_on_the_screen_moves_it(outcome) -> None:
    _, _, done = outcome
    assert FORBIDDEN_ON_SCREEN.findall(done.stdout + done.stderr) == []
    assert "cmd" in done.stdout or "calc" in done.stdout or done.stdout


@pytest.mark.parametrize("more", [["--lang", "ja"], ["--lang", "en"], ["--json"]])
def test_neither_does_what_one_department_sees(outcome, more: list[str]) -> None:
    base, _, _ = outcome
    files = sorted(os.listdir(os.fsencode(base / "returns")))
    given = [os.fsencode(base / "returns") + b"/" + name for name in files]
    done = subprocess.run(
        [os.fsencode(each) for each in (sys.executable, "-m", "reconcile", "check", "--pack", "plan2022", *more, "--")] + given,
        cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 1, said
    assert FORBIDDEN_ON_SCREEN.findall(said) == []
    assert "Traceback" not in said
    assert "CSV" in said or "csv_named_excel" in said


def test_no_cell_of_a_workbook_is_a_formula_or_leads_out(outcome) -> None:
    _, out, _ = outcome
    for path in out.rglob("*.xlsx"):
        if path.parent.name == "annotated":
            continue  # the return as it was sent, with what it holds
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name)
                if name.endswith((".xml", ".rels", ".vml")):
                    ElementTree.fromstring(content)
                if name.endswith(".rels"):
                    assert b"192.0.2.1" not in content
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        text = str(cell.value)
                        assert "cmd" not in text
                        assert "HYPERLINK" not in text
                        assert "192.0.2" not in text
                    if cell.hyperlink is not None and cell.hyperlink.target:
                        assert cell.hyperlink.target.replace("\\", "/").startswith("annotated/")
                        assert ".." not in cell.hyperlink.target


def test_no_cell_of_the_csv_is_a_formula_and_every_text_comes_back(outcome) -> None:
    _, out, _ = outcome
    content = (out / "facts.csv").read_bytes()
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)
    raws = set()
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for name, text in row.items():
            if name == "value" or re.fullmatch(r"[-+]?[\d,]*\.?\d*[%％]?", text):
                continue
            assert unicodedata.normalize("NFKC", text.lstrip())[:1] not in tuple("=+@"), (name, text)
            assert not re.match(r"\s*[-－].*[A-Za-z(]", text), (name, text)
        raws.add(row["raw"].removeprefix("'"))
    found = [text for text in TEXTS if any(text in raw for raw in raws)]
    assert len(found) >= 5


def test_jsonl_and_run_json_hold_no_hidden_character(outcome) -> None:
    _, out, _ = outcome
    for name in ("findings.jsonl", "run.json"):
        text = (out / name).read_text("utf-8")
        assert FORBIDDEN_ON_SCREEN.findall(text) == []
    files = {each["file"] for each in json.loads((out / "run.json").read_text("utf-8"))["inputs"]}
    for name in NAMES:
        assert unicodedata.normalize("NFC", name) in files
    for line in (out / "findings.jsonl").read_text("utf-8").split("\n")[:-1]:
        json.loads(line)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@x", "＝1", "\t=1", " =1", "\u200b=1", "'x", "\r=1", "-A1", "＋A1"]
)
def test_a_text_that_would_be_a_formula_in_excel_gets_an_apostrophe(text: str) -> None:
    assert in_csv(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["-5", "+3", "-1,234.5", "-0.5%", "―", "▲5", "-", "約３", "a=b", "道路課", "", "1e5", "-１"]
)
def test_other_texts_stand_as_typed(text: str) -> None:
    assert in_csv(text) == (text if text != "-１" else "-１")


def test_json_comes_back_as_it_was() -> None:
    value = {"a": "x\x1b\x9b\u2028\u202e\ud800é", "b": [1, "\\u202e"]}
    assert json.loads(plain_json(value)) == value
    assert plain_json(value).isprintable()
    plain_json(value).encode("utf-8")


def test_two_returns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a/returns", "b/returns", "c"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "道路課.xlsx").write_bytes(b"x")
    (tmp_path / "c" / "公園課.xlsx").write_bytes(b"x")
    given = [
        tmp_path / "a" / "returns",
        tmp_path / "b" / "returns",
        tmp_path / "c" / "道路課.xlsx",
        tmp_path / "c" / "公園課.xlsx",
    ]
    found = gather(given)
    assert {name: path for path, name in found.returns} == {
        f"{tmp_path.name}/a/returns/道路課.xlsx".removeprefix(f"{tmp_path.name}/"): given[0] / "道路課.xlsx",
        "b/returns/道路課.xlsx": given[1] / "道路課.xlsx",
        next(name for path, name in found.returns if path == given[2]): given[2],
        "公園課.xlsx": given[3],
    }
    assert len({name for _, name in found.returns}) == 4


def test_names_that_are_one_in_nfc_are_told_apart(tmp_path: Path) -> None:
    for name in ("か\u3099.xlsx", "が.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    if len(os.listdir(tmp_path)) < 2:
        pytest.skip("this file system takes both for one")
    names = [name for _, name in gather([tmp_path]).returns]
    assert len(set(names)) == 2
    assert all(unicodedata.is_normalized("NFC", name) for name in names)


def test_sheets_whose_names_are_longer_than_any_link(tmp_path: Path) -> None:
    """Links to the cells of the marked copies hold the sheet's name."""
    members = members_of(RETURNS[3].read_bytes())
    members["xl/workbook.xml"] = re.sub(
        rb'(<sheet name=")([^"]*)', lambda m: m[1] + m[2] + "長".encode() * 3000, members["xl/workbook.xml"]
    )
    for name in members:
        if "worksheets/sheet" in name:
            members[name] = re.sub(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?>)<v>[^<]*', rb"\1<v>NaN", members[name])
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "a.xlsx").write_bytes(packed(list(members.items())))
    run(load("plan2022"), [tmp_path / "returns"], tmp_path / "out", Options(jobs=1))
    assert (tmp_path / "out" / "master.xlsx").is_file()
