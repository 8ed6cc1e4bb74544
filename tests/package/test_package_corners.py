"""What hardly ever happens, and has its answer all the same."""

from __future__ import annotations

import gc
import random
import signal
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from handmade_package import parts, sheet_xml, zipped

from reconcile.package import Limits, Refused, Spans, foreign, open_workbook, opening
from reconcile.package.archive import Archive
from reconcile.package.job import TIME_IS_UP
from reconcile.package.limits import Meter

BOOK = zipped(parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}))


def test_what_is_unpacked_is_counted_and_not_what_the_directory_says():
    archive = Archive(BOOK, Meter(Limits()))
    archive._meter = Meter(Limits(unpacked_bytes=10))
    with pytest.raises(Refused) as caught:
        archive.read("xl/workbook.xml")
    assert caught.value.reason == "unpacked_size"


@pytest.mark.parametrize("wrong", [MemoryError, RecursionError])
def test_no_memory_left_is_a_refusal(refusal, monkeypatch, wrong):
    def failing(*_):
        raise wrong

    monkeypatch.setattr(opening, "_open", failing)
    refused = refusal(BOOK)
    assert (refused.code, refused.reason, refused.data["detail"]) == ("FIL011", "memory", wrong.__name__)


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_runs_afterwards_as_it_did_before(tmp_path, running):
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOK)
    if not running:
        gc.disable()
    try:
        open_workbook(path)
        assert gc.isenabled() is running
    finally:
        gc.enable()


def test_a_long_head_before_the_rows_goes_to_the_parser(tmp_path):
    chance = random.Random(1)
    columns = "".join(f'<col min="{n}" max="{n}" width="{chance.random()}" hidden="1"/>' for n in range(1, 16_385))
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        zipped(parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', before=f"<cols>{columns}</cols>")}))
    )
    sheet = open_workbook(path).sheets[0]
    assert (sheet.text, sheet.hidden_columns.spans) == (["1"], [(1, 16_384)])


def test_a_file_that_grows_while_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(BOOK)
    small = SimpleNamespace(st_mode=path.stat().st_mode, st_size=10)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: small)
    with pytest.raises(Refused) as caught:
        open_workbook(path, Limits(file_bytes=100))
    assert (caught.value.reason, caught.value.data) == ("file_size", {"found": 101, "limit": 100})


def test_text_with_control_characters_is_no_text(refusal):
    assert refusal(b"a,b\x01c,d").data["looks"] == "unknown"


def test_spans_are_a_set_of_numbers():
    spans = Spans([(1, 3), (7, 7), (4, 5)])
    assert spans.spans == [(1, 5), (7, 7)]
    assert ("1" in spans, 7 in spans, 6 in spans, 0 in spans) == (False, True, False, False)
    assert (list(spans), len(spans), repr(spans)) == ([1, 2, 3, 4, 5, 7], 6, "Spans([(1, 5), (7, 7)])")
    assert (spans & {2, 7, 9}).spans == [(2, 2), (7, 7)]


def answering(monkeypatch, *, status=0, stdout=b""):
    def run(command, **_):
        return subprocess.CompletedProcess(command, status, stdout, b"")

    monkeypatch.setattr(foreign.subprocess, "run", run)


def test_an_answer_to_another_question(monkeypatch):
    answering(monkeypatch, stdout=b"Dpackage")
    with pytest.raises(Refused) as caught:
        foreign.read_foreign(b"", "xlsb", Limits())
    assert (caught.value.reason, caught.value.data) == ("foreign_crashed", {"detail": "answer"})


def test_a_reason_that_nobody_knows(monkeypatch):
    answering(monkeypatch, stdout=b'R{"reason": "new", "data": {}}')
    with pytest.raises(Refused) as caught:
        foreign.read_foreign(b"", "xlsb", Limits())
    assert caught.value.reason == "foreign_crashed"


@pytest.mark.parametrize("status", [-int(getattr(signal, "SIGXCPU", 0)) or TIME_IS_UP, TIME_IS_UP])
def test_a_child_over_its_processor_time(monkeypatch, status):
    answering(monkeypatch, status=status)
    with pytest.raises(Refused) as caught:
        foreign.read_foreign(b"", "xlsb", Limits(seconds=3.0))
    assert (caught.value.reason, caught.value.data) == ("time", {"limit": 3})


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="inlineStr"><is><t>_x0041_文</t></is></c>', "A文"),
        ('<c r="A1" t="str"><f>A2</f><is><t>x</t></is></c>', "x"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', " x "),
    ],
)
def test_inline_texts_in_bulk(tmp_path, cell, text):
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts({"様式": sheet_xml(f'<row r="1">{cell}<c r="B1" t="str"><v>_x0042_</v></c></row>')})))
    assert open_workbook(path).sheets[0].text == [text, "B"]


COLUMNS = "<cols>" + '<col min="5" max="7" hidden="1"/>' * 2000 + "</cols>"
ENTRIES = {
    "[Content_Types].xml": ("</Types>", '<Override PartName="/a{n}" ContentType="x"/>'),
    "xl/_rels/workbook.xml.rels": ("</Relationships>", '<Relationship Id="q{n}"/>'),
    "xl/workbook.xml": ("</sheets>", '<sheet name="s{n}" r:id="rId1"/>'),
    "xl/styles.xml": ("</numFmts>", '<numFmt numFmtId="{n}" formatCode="0"/>'),
}


@pytest.mark.parametrize("part", ENTRIES)
def test_what_is_kept_of_a_part_is_counted_as_memory(part, refusal):
    """A hundred megabytes of entries by name would become a gigabyte."""
    members = parts({"様式": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')})
    end, entry = ENTRIES[part]
    members[part] = members[part].replace(end, "".join(entry.format(n=n) for n in range(1000, 6000)) + end, 1)
    refused = refusal(zipped(members), limits=Limits(memory_bytes=1_500_000))
    assert (refused.code, refused.reason) == ("FIL011", "memory")


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        ("".join(f'<row r="{n}" hidden="1"/>' for n in range(1, 4000, 2)), ""),
        ("", COLUMNS),
    ],
)
def test_hidden_rows_and_columns_count_as_cells_where_they_do_not_lie_together(rows, before, refusal):
    data = zipped(parts({"様式": sheet_xml(rows, before=before)}))
    assert refusal(data, limits=Limits(cells=1000)).reason == "cells"
