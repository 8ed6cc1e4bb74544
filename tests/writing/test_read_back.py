"""What was damaged in the files after they were written is found by reading them back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reconcile.consolidate import Consolidated
from reconcile.writing import facts_csv, master
from reconcile.writing.conservation import NotConserved, check
from reconcile.writing.voice import Voice

Damage = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Outputs:
    folder: Path
    run: Consolidated
    voice: Voice
    master: master.Written

    def checked(self, folder: Path) -> None:
        check(folder, self.run, self.voice, self.master.places, self.master.tidy)


@pytest.fixture(scope="module")
def outputs(clean: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    folder, voice = tmp_path_factory.mktemp("outputs"), Voice(clean.pack, "ja")
    facts_csv.write(folder / "facts.csv", clean)
    return Outputs(folder, clean, voice, master.write(folder / "master.xlsx", clean, voice))


def once(pattern: bytes, new: bytes) -> Damage:
    def damage(content: bytes) -> bytes:
        found = re.sub(pattern, new, content, count=1)
        assert found != content, "there is nothing to damage"
        return found

    return damage


def test_what_was_not_damaged_is_right(outputs: Outputs) -> None:
    outputs.checked(outputs.folder)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(once(rb",(\d*)1(\d*,[^,\r]*,number,)", rb",\g<1>2\2"), id="a digit"),
        pytest.param(once(rb",([1-9]\d*,[^,\r]*,number,)", rb",-\1"), id="a sign"),
        pytest.param(once(rb",(\d+)\.(\d,[^,\r]*,number,)", rb",\1\2"), id="a point"),
        pytest.param(once(rb"[^\n]*,[1-9]\d*,[^,\r]*,number,[^\r]*\r\n", b""), id="a line"),
        pytest.param(once(rb"([^\n]*,[1-9]\d*,[^,\r]*,number,[^\r]*\r\n)", rb"\1\1"), id="a line twice"),
        pytest.param(once(rb",([1-9]\d*,[^,\r]*,number,)", rb",,\1"), id="a field more"),
        pytest.param(once(rb",,([1-9]\d*,[^,\r]*,number,)", rb",\1"), id="a field less"),
        pytest.param(once(rb",([1-9]\d*),([^,\r]*),number,", rb",\2,\1,number,"), id="fields the other way round"),
        pytest.param(once(rb",([1-9]\d*,[^,\r]*),number,", rb",\1,text,"), id="a state"),
        pytest.param(once(rb",([1-9]\d*,[^,\r]*,number,)", rb',"\1'), id="an opened quotation mark"),
        pytest.param(once(rb",([1-9]\d*),([^,\r]*,number,)", rb",\1x,\2"), id="a letter in a figure"),
        pytest.param(lambda content: content[:-2], id="the end of the last line"),
        pytest.param(lambda content: content[: len(content) // 2], id="half of the file"),
        pytest.param(lambda _: b"", id="all of it"),
    ],
)
def test_damage_in_facts_csv(outputs: Outputs, tmp_path: Path, damage: Damage) -> None:
    (tmp_path / "facts.csv").write_bytes(damage((outputs.folder / "facts.csv").read_bytes()))
    (tmp_path / "master.xlsx").write_bytes((outputs.folder / "master.xlsx").read_bytes())
    with pytest.raises(NotConserved, match=r"facts\.csv"):
        outputs.checked(tmp_path)


FIGURE = rb'(<c r="[A-Z]+\d+"(?: s="\d+")?><v>)'


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(once(FIGURE + rb"1(\d{3,}</v>)", rb"\g<1>2\2"), id="a digit"),
        pytest.param(once(FIGURE + rb"(\d{3,})\d</v>", rb"\1\2</v>"), id="a digit less"),
        pytest.param(once(FIGURE + rb"(\d{3,}</v>)", rb"\1-\2"), id="a sign"),
        pytest.param(once(FIGURE + rb"(\d{3,})</v>", rb"\1\2x</v>"), id="a letter in a figure"),
        pytest.param(once(FIGURE + rb"\d{3,}</v></c>", b""), id="a cell"),
        pytest.param(once(rb'<row [^>]*>(?:(?!</row>).)*?\d"><v>\d{3,}</v>(?:(?!</row>).)*</row>', b""), id="a row"),
        pytest.param(once(rb'<c r="([A-Z]+\d+"(?: s="\d+")?><v>\d{3,}</v>)', rb'<c r="Z\1'), id="a column"),
        pytest.param(once(rb'(<c r="[A-Z]+)(\d+"(?: s="\d+")?><v>\d{3,}</v>)', rb"\g<1>9\2"), id="another row"),
        pytest.param(once(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)(><v>\d{3,}</v>)', rb'\1 t="s"\2'), id="a text instead"),
    ],
)
@pytest.mark.parametrize(("sheet", "said"), [("データ", "tidy data"), ("様式1", "forms of the master")])
def test_damage_in_the_master(outputs: Outputs, tmp_path: Path, sheet: str, said: str, damage: Damage) -> None:
    (tmp_path / "facts.csv").write_bytes((outputs.folder / "facts.csv").read_bytes())
    with zipfile.ZipFile(outputs.folder / "master.xlsx") as old, zipfile.ZipFile(tmp_path / "master.xlsx", "w") as new:
        names = re.findall('<sheet name="([^"]*)"', old.read("xl/workbook.xml").decode())
        part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        for entry in old.infolist():
            content = old.read(entry)
            content = damage(content) if entry.filename == part else content
            new.writestr(entry.filename, content, zipfile.ZIP_DEFLATED)
    with pytest.raises(NotConserved, match=f"{said}|part of the master"):
        outputs.checked(tmp_path)
