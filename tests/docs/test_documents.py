"""What the documents show really works: commands are run, Python is executed, tables list what is really written."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconcile
from reconcile.writing import facts_csv
from tests.cli.commands import CLEAN, FAULTY, command

ROOT = Path(reconcile.__file__).parents[1]
DOCUMENTS = ("README.md", "README.ja.md", "docs/outputs.md", "CHANGELOG.md", "DECISIONS.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def blocks(kind: str) -> Iterator[tuple[str, str]]:
    """Document and text of each code block of a kind."""
    for name in DOCUMENTS:
        for match in BLOCK.finditer((ROOT / name).read_text(encoding="utf-8")):
            if match[1] == kind:
                yield name, match[2]


def shell_lines() -> list[str]:
    return [line for _, text in blocks("sh") for line in text.splitlines() if line.strip()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the documents assume it: the returns lie in `returns`."""
    (tmp_path / "returns").symlink_to(FAULTY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RECONCILE_LANG", raising=False)
    return tmp_path


def test_every_kind_of_block_is_one_that_is_tested() -> None:
    kinds = {m[1] for name in DOCUMENTS for m in BLOCK.finditer((ROOT / name).read_text(encoding="utf-8"))}
    assert kinds == {"sh", "python", "powershell", "text"}


@pytest.mark.parametrize("line", shell_lines())
def test_a_command_does_what_it_is_shown_for(line: str, desk: Path) -> None:
    program, *args = shlex.split(line)
    if program == "make":
        targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M)
        assert set(args) <= set(targets)
        return
    assert program == "reconcile"
    said = command(*args)
    # The sample returns have mistakes: a run that worked ends with 1.
    assert said.code == (1 if args[0] in ("run", "check") else 0), said.err
    assert said.out
    if "--out" in args:
        name = "*.xlsx" if args[0] == "template" else "master.xlsx"
        assert list((desk / args[args.index("--out") + 1]).glob(name))


@pytest.mark.parametrize("text", [text for _, text in blocks("powershell")])
def test_windows_commands_are_the_same_commands(text: str) -> None:
    assert re.fullmatch(
        r"py -m venv \.venv\n\.venv\\Scripts\\python -m pip install \.\n\.venv\\Scripts\\reconcile demo( --lang en)?\n",
        text,
    )


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("name", "text"), list(blocks("python")))
def test_python_examples_run(name: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(text, name, "exec"), {})
    assert "危機管理部" in capsys.readouterr().out


@pytest.mark.usefixtures("desk")
def test_the_demo_says_what_the_document_shows() -> None:
    said = command("demo")
    assert said.code == 0
    lines = said.out.splitlines()
    for name, text in blocks("text"):
        assert [line for line in text.splitlines() if line not in lines] == [], name


def test_links_lead_somewhere() -> None:
    for name in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert ((ROOT / name).parent / target).exists(), (name, target)


def listed(section: str) -> list[str]:
    """The names in the first column of a section's table of docs/outputs.md."""
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    body = re.search(rf"^## {re.escape(section)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert body
    rows = re.findall(r"^\| (`[^|]*) \|", body[1], re.M)
    return [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on one return with mistakes and a clean one."""
    folder = tmp_path_factory.mktemp("written")
    given = (sorted(FAULTY.glob("01_*.xlsx"))[0], sorted(CLEAN.glob("02_*.xlsx"))[0])
    command("run", "--pack", "plan2022", *given, "--out", folder / "out")
    return folder / "out"


def test_every_field_of_findings_jsonl_is_described(written: Path) -> None:
    records = [json.loads(line) for line in (written / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert records
    assert {tuple(record) for record in records} == {tuple(listed("findings.jsonl"))}


def test_every_column_of_facts_csv_is_described(written: Path) -> None:
    with (written / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert header == listed("facts.csv") == list(facts_csv.COLUMNS)


def test_every_key_of_run_json_is_described(written: Path) -> None:
    assert list(json.loads((written / "run.json").read_text(encoding="utf-8"))) == listed("run.json")


def test_every_file_of_the_output_is_described(written: Path) -> None:
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for path in written.iterdir():
        assert f"| `{path.name}` |" in text, path.name


def test_every_option_stands_in_a_document_or_explains_itself() -> None:
    told = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    offered = set(re.findall(r"--[a-z-]+", command("run", "--help").out)) - {"--help"}
    self_evident = {"--jobs", "--limit"}
    assert {option for option in offered if option not in told} <= self_evident
