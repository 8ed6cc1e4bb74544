"""docs/packs.md and docs/packs.ja.md: the pack they build works, their fragments fit, their reference is complete."""

from __future__ import annotations

import csv
import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pydantic import TypeAdapter
from ruamel.yaml import YAML

import reconcile
from reconcile.catalogue import words
from reconcile.packs.checks import Check
from reconcile.packs.model import Form, PackFile
from tests.cli.commands import Said, command

ROOT = Path(reconcile.__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import pack_keys  # noqa: E402

PAGES = {"en": "packs.md", "ja": "packs.ja.md"}
LANGUAGES = pytest.mark.parametrize("lang", PAGES)
BLOCK = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"^`((?:grants|returns)/[\w./]+)`[^\n]*(?:\n[^\n`]+)*\n\n$", re.M)


def page(lang: str) -> str:
    return (ROOT / "docs" / PAGES[lang]).read_text(encoding="utf-8")


def blocks(lang: str) -> Iterator[tuple[str, str, str, str]]:
    """Kind, note and text of each block, and the file that the paragraph before it names (empty: none)."""
    text, last = page(lang), 0
    for match in BLOCK.finditer(text):
        paragraph = text[last : match.start()].rstrip("\n").rpartition("\n\n")[2]
        named = re.match(r"`((?:grants|returns)/[\w./]+)`", paragraph)
        yield match[1], match[2] or "", match[3], named[1] if named else ""
        last = match.end()


def fragments(kind: str) -> list[Any]:
    return [
        pytest.param(YAML(typ="safe", pure=True).load(text), id=f"{lang}-{number}")
        for lang in PAGES
        for number, (block, note, text, _) in enumerate(blocks(lang))
        if (block, note) == ("yaml", kind)
    ]


def write_return(path: Path, text: str) -> None:
    """A workbook drawn as text: sheets parted by ---, cells by |."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    for number, sheet in enumerate(text.split("---\n"), start=1):
        page_ = book.add_worksheet(f"Sheet{number}")
        for row, line in enumerate(sheet.strip().splitlines()):
            for column, cell in enumerate(line.split("|")):
                value = cell.strip()
                figure = value.replace(",", "")
                if figure.isdigit():
                    page_.write_number(row, column, int(figure), book.add_format({"num_format": "#,##0"}))
                elif value:
                    page_.write_string(row, column, value)
    book.close()


@pytest.fixture(params=PAGES)
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """A folder with the files that a page makes."""
    lang = str(request.param)
    for kind, note, text, file in blocks(lang):
        if file and note == "sheet":
            write_return(tmp_path / file, text)
        elif file and kind in ("yaml", "csv"):
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RECONCILE_LANG", raising=False)
    return lang, tmp_path


def test_the_pack_works_from_the_empty_folder_on(desk: tuple[str, Path]) -> None:
    lang, folder = desk
    said: Said | None = None
    commands = 0
    for kind, note, text, _ in blocks(lang):
        if kind == "sh":
            for line in text.splitlines():
                program, *args = shlex.split(line)
                assert program == "reconcile"
                said = command(*args)
                assert said.code == (1 if args[0] in ("run", "check") else 0), said
                commands += 1
        elif kind == "text" and not note:
            assert said is not None
            assert [line for line in text.splitlines() if line not in said.out.splitlines()] == [], said.out
    assert commands >= 4
    assert (folder / "out" / "master.xlsx").is_file()


def test_mistakes_are_said_as_the_page_says(desk: tuple[str, Path]) -> None:
    lang, folder = desk
    shown = [text for _, note, text, _ in blocks(lang) if note == "mistakes"]
    form = folder / "grants" / "projects.yaml"
    whole = form.read_text(encoding="utf-8")
    for text, (was, now) in zip(shown, (("label: ", "lable: "), ("[amount.spent,", "[amount.spend,")), strict=True):
        assert was in whole
        form.write_text(whole.replace(was, now, 1), encoding="utf-8")
        said = command("packs", "grants", "--validate", "--lang", lang)
        assert said.code == 2
        assert [line for line in text.splitlines() if line not in said.err.splitlines()] == [], said.err


def test_its_own_check_is_run_with_leave(desk: tuple[str, Path]) -> None:
    lang, folder = desk
    (code,) = [text for kind, _, text, _ in blocks(lang) if kind == "python"]
    (folder / "grants" / "checks.py").write_text(code, encoding="utf-8")
    asked = ("check", "--pack", "grants", next((folder / "returns").iterdir()), "--lang", lang)
    assert "OWN001" not in command(*asked).out
    assert "OWN002" not in command(*asked, "--allow-code").out
    assert "--allow-code" in command(*asked).out


@pytest.mark.parametrize("tree", fragments("field"))
def test_fragments_of_fields_fit(tree: Any) -> None:
    Form.model_validate(base(fields={**base()["fields"], **tree}))


def base(**more: Any) -> dict[str, Any]:
    """A form to which a fragment is added."""
    form = {
        "form": "projects",
        "name": {"ja": "様式1", "en": "Form 1"},
        "title": {"ja": "事業", "en": "Projects"},
        "layout": "table",
        "key": ["name"],
        "fields": {"name": {"type": "key", "label": "Name"}, "reason": {"type": "text", "label": "Reason"}},
    }
    return {**form, **more}


@pytest.mark.parametrize("tree", fragments("form"))
def test_fragments_of_forms_fit(tree: Any) -> None:
    Form.model_validate(base(**tree))


@pytest.mark.parametrize("tree", fragments("check"))
def test_fragments_of_checks_fit(tree: Any) -> None:
    TypeAdapter(Check).validate_python(tree)


@pytest.mark.parametrize("tree", fragments("pack"))
def test_fragments_of_packs_fit(tree: Any) -> None:
    title = {"ja": "題", "en": "title"}
    main = {"pack": "p", "title": title, "cover": "c", "departments": "d", "forms": [], "periods": {}, "versions": {}}
    PackFile.model_validate({**main, **tree})


@LANGUAGES
def test_every_block_is_of_a_kind_that_is_tested(lang: str) -> None:
    for kind, note, text, file in blocks(lang):
        assert kind in ("yaml", "csv", "sh", "text", "python"), kind
        assert file or note in ("field", "form", "check", "pack") or kind not in ("yaml", "csv"), text
        if kind == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1


@LANGUAGES
def test_every_key_has_its_words_and_stands_in_the_reference(lang: str) -> None:
    known = words("keys")
    assert set(known) == {model.__name__ for model in pack_keys.models()}
    for model in pack_keys.models():
        keys = {field.alias or name for name, field in model.model_fields.items()} - {"code"}
        assert set(known[model.__name__]) == {*keys, "_"}, model.__name__
        for key in keys:
            assert f"| `{key}` |" in page(lang)


@LANGUAGES
def test_the_reference_is_what_the_models_say(lang: str) -> None:
    assert pack_keys.written(page(lang), lang) == page(lang), "python docs/pack_keys.py writes it anew"


@LANGUAGES
def test_links_lead_somewhere(lang: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", page(lang)):
        assert (ROOT / "docs" / target).exists(), target


def test_both_languages_show_the_same() -> None:
    def shape(lang: str) -> list[tuple[str, str, str]]:
        return [
            (kind, note, file.rpartition("/")[2] if "returns" not in file else "")
            for kind, note, _, file in blocks(lang)
        ]

    assert shape("en") == shape("ja")
