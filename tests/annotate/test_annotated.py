"""annotated/: a copy for every return, under a name that stays in the folder, that reads as the return itself."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from reconcile import pipeline
from reconcile.annotate import Mark, mark
from reconcile.consolidate import Consolidated
from reconcile.findings import CellRef, Finding
from reconcile.packs import load
from reconcile.submissions import Submission
from reconcile.writing.annotated.listing import listing as findings_listing
from reconcile.writing.annotated.names import Names, ending, safe
from reconcile.writing.voice import Voice
from tests.annotate.corpus import CORPUS, with_many_sheets
from tests.annotate.test_marking import listing
from tests.annotate.unmarking import Unmarked, members
from tests.package.test_package_foreign import xlsb
from tests.writing.repair_causes import repair_causes

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"
FAULTY = SAMPLES / "returns-with-errors"
FOREIGN = Path(__file__).resolve().parents[1] / "package" / "data"
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the returns with errors, a locked one, one in another format, one that is no workbook."""
    folder = tmp_path_factory.mktemp("given") / "returns"
    shutil.copytree(FAULTY, folder)
    original = sorted(FAULTY.glob("02_*.xlsx"))[0].read_bytes()
    with (folder / "locked.xlsx").open("wb") as file:
        OOXMLFile(io.BytesIO(original)).encrypt("secret", file)
    (folder / "table.xlsx").write_text("a,b\n1,2\n")
    for kind in ("xls", "ods"):
        shutil.copy(FOREIGN / f"foreign.{kind}", folder / f"other_{kind}.{kind}")
    (folder / "other_xlsb.xlsb").write_bytes(xlsb())
    target = folder.parent / "out"
    pipeline.run(load("plan2022"), [folder], target)
    return target


def findings(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_return_has_a_copy(out: Path) -> None:
    inputs = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
    copies = sorted(path.name for path in (out / "annotated").iterdir())
    assert len(copies) == len(inputs)
    departments = {given["department"] for given in inputs if given["department"]}
    assert {f"{name}.xlsx" for name in departments} <= set(copies)
    assert "環境政策部-2.xlsx" in copies
    assert {"locked.xlsx", "table.xlsx", "other_xls.xlsx", "other_ods.xlsx", "other_xlsb.xlsx"} <= set(copies)


@pytest.mark.parametrize("name", ["locked", "table", "other_xls", "other_ods", "other_xlsb"])
def test_what_cannot_be_marked_has_a_workbook_of_its_findings(out: Path, name: str) -> None:
    (sheet,) = openpyxl.load_workbook(out / "annotated" / f"{name}.xlsx").worksheets
    told = {f["id"]: f["code"] for f in findings(out) if str(f["file"]).startswith(f"{name}.")}
    assert told
    rows = list(sheet.iter_rows(values_only=True))
    assert {row[-1] for row in rows} >= set(told)
    assert any("元のファイルを直してください" in str(row[0]) for row in rows)
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "custom"}


def test_excel_would_repair_none_of_them(out: Path) -> None:
    copies = sorted((out / "annotated").iterdir())
    assert {path.name: causes for path in copies if (causes := repair_causes(path))} == {}


def test_what_is_said_of_a_sheet_leads_to_it() -> None:
    own = Submission("a.xlsx", "", 0, sheets=("表紙", "様式3"))
    told = [
        Finding("SUB002", CellRef("a.xlsx", "様式3"), form="budget", variant="empty", severity="error", id="1"),
        Finding("SUB002", CellRef("a.xlsx", "どこか"), form="budget", severity="error", id="2"),
        Finding("SUB002", CellRef("a.xlsx"), form="budget", severity="error", id="3"),
    ]
    lines = findings_listing(own, told, {}, Voice(load("plan2022"), "ja"), {}, apart=False).lines
    assert [line.to for line in lines] == [("様式3", 1, 1), None, None]


def test_a_copy_lists_every_finding_of_its_return_and_marks_its_cell(out: Path) -> None:
    name = sorted(FAULTY.glob("12_*.xlsx"))[0].name
    own = [f for f in findings(out) if f["file"] == name]
    book = openpyxl.load_workbook(out / "annotated" / "子ども・若者部.xlsx")
    front = book["指摘一覧"]
    listed = {row[-1].value for row in front.iter_rows(min_row=6)} - {None}
    assert {f["id"] for f in own} <= listed
    marked = 0
    roots = {i for f in own for i in f["effects"]}  # type: ignore[attr-defined]
    for finding in own:
        if finding["cell"] and finding["id"] not in roots:
            cell = book[str(finding["sheet"])][str(finding["cell"])]
            assert str(finding["message"]) in cell.comment.text
            marked += 1
    assert marked >= 5


def test_a_locked_return_and_one_that_cannot_be_read_get_their_findings(out: Path) -> None:
    for name, code in (("locked.xlsx", "FIL002"), ("table.xlsx", "FIL001"), ("18_経済産業部_送信途中.xlsx", "FIL001")):
        book = openpyxl.load_workbook(out / "annotated" / name)
        assert book.sheetnames == ["指摘一覧"]
        values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        assert code in values
        assert len(book.worksheets[0].data_validations.dataValidation) == 2


def test_copies_read_as_the_returns_themselves(out: Path, tmp_path: Path) -> None:
    """A department corrects its copy and sends that back: the added sheet must not disturb the reading."""
    returns = tmp_path / "returns"
    returns.mkdir()
    names = Names()
    for given in json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]:
        stem = names.stem(Submission(given["file"], "", 0, department=given["department"]))
        if not given["refused"]:
            shutil.copy(out / "annotated" / f"{stem}.xlsx", returns / given["file"])
    pack = load("plan2022")
    first = pipeline.check(pack, [FAULTY])
    again = pipeline.check(pack, [returns])
    assert values(again) == values(first)

    def told(run: Consolidated) -> list[tuple[object, ...]]:
        return sorted(
            (f.code, f.ref.sheet, f.cell or "", f.record, f.found) for f in run.findings if f.code != "FIL001"
        )

    assert told(again) == told(first)


def values(run: Consolidated) -> list[tuple[object, ...]]:
    facts = run.facts
    columns = (facts.department, facts.sheet, facts.row, facts.column, facts.slot, facts.raw)
    return sorted(zip(*(map(str, column) for column in columns), strict=True))


def test_the_master_leads_to_the_copies(out: Path) -> None:
    book = openpyxl.load_workbook(out / "master.xlsx")
    targets = {
        (c.hyperlink.target or "").replace("\\", "/")
        for row in book["エラー一覧"].iter_rows()
        for c in row
        if c.hyperlink
    }
    names = {f"annotated/{path.name}" for path in (out / "annotated").iterdir()}
    assert targets & names
    assert {target for target in targets if target.startswith("annotated")} <= names


def test_a_return_changed_meanwhile_is_not_marked(tmp_path: Path) -> None:
    from reconcile.source_files import SourceFiles
    from reconcile.writing import annotated
    from reconcile.writing.voice import Voice

    source = tmp_path / "r.xlsx"
    shutil.copy(sorted(FAULTY.glob("12_*.xlsx"))[0], source)
    run = pipeline.check(load("plan2022"), [source])
    source.write_bytes(CORPUS["rich"]())
    written = annotated.write(tmp_path, run, SourceFiles([(source, "r.xlsx")]), Voice(run.pack, "en"))
    assert openpyxl.load_workbook(tmp_path / written["r.xlsx"].path).sheetnames == ["Findings"]


@pytest.mark.parametrize(
    "hostile",
    [
        "../../etc/passwd",
        "..",
        "C:\\Windows\\x",
        "a/b",
        "con",
        "NUL.txt",
        " . ",
        "x\n\u202ey",
        "あ" * 300,
        "",
        "a:b|c?*",
    ],
)
def test_no_name_leads_out_of_the_folder(hostile: str, tmp_path: Path) -> None:
    name = safe(hostile) + ".xlsx"
    assert Path(name).name == name
    (tmp_path / name).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert name.split(".")[0].lower() not in ("con", "nul", "")


def test_names_are_numbered_whatever_their_case() -> None:
    names = Names()
    given = [
        Submission(f, "", 0, department=d) for f, d in (("a", "部"), ("b", "部"), ("x/Ｂ.xlsx", ""), ("y/b.XLSX", ""))
    ]
    assert [names.stem(each) for each in given] == ["部", "部-2", "Ｂ", "b-2"]


@pytest.mark.parametrize(
    ("file", "kind", "kept"),
    [("a.XLSX", "xlsx", ".XLSX"), ("a.xlsm", "xlsm", ".xlsm"), ("a.xls", "xlsx", ".xlsx"), ("a.xlsx", "xlsm", ".xlsm"),
     ("a.xltm", "xlsm", ".xltm"), ("a", "xlsx", ".xlsx")],
)  # fmt: skip
def test_the_ending_is_kept_where_it_is_right(file: str, kind: str, kept: str) -> None:
    assert ending(Submission(file, "", 0, kind=kind)) == kept


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_every_kind_with_its_values_and_notes(tmp_path: Path) -> None:
    for name, make in CORPUS.items():
        # LibreOffice takes 20 MB of memory a sheet.
        original = with_many_sheets(20) if make is with_many_sheets else make()
        (tmp_path / f"{name}-old.xlsx").write_bytes(original)
        sheet = openpyxl.load_workbook(io.BytesIO(original)).sheetnames[0] if name != "strict" else "様式"
        marks = [Mark(sheet, 3, 2, "error", "ここが違います"), Mark(sheet, 40, 9, "info", "ここも")]
        (tmp_path / f"{name}-new.xlsx").write_bytes(mark(original, marks, listing(marks)))
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [SOFFICE, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path / "done")]
    subprocess.run([*call, *map(str, sorted(tmp_path.glob("*.xlsx")))], check=True, capture_output=True, timeout=300)
    for name in CORPUS:
        old, new = (contents(tmp_path / "done" / f"{name}-{which}.ods") for which in ("old", "new"))
        assert "ここが違います" in new, name
        assert "指摘一覧" in new
        assert len(new) > len(old)


def contents(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        return opened.read("content.xml").decode("utf-8")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_what_another_program_has_saved_is_marked_as_carefully(tmp_path: Path) -> None:
    kinds = ("rich", "drawn", "as Google leaves it")
    for name in kinds:
        (tmp_path / f"{name}.xlsx").write_bytes(CORPUS[name]())
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        tmp_path / "saved",
    ]
    subprocess.run([*call, *sorted(tmp_path.glob("*.xlsx"))], check=True, capture_output=True, timeout=300)
    for name in kinds:
        original = (tmp_path / "saved" / f"{name}.xlsx").read_bytes()
        assert b"LibreOffice" in members(original)["docProps/app.xml"]
        sheet = openpyxl.load_workbook(io.BytesIO(original)).sheetnames[0]
        marks = [Mark(sheet, row, column, "error", "ここ") for row in (1, 2, 30) for column in (1, 2, 9)]
        Unmarked(original, mark(original, marks, listing(marks))).check()
