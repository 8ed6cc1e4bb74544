"""What LibreOffice computes in every formula cell is what the master has stored there."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
CELL = re.compile(rb"(<c [^>]*><f>.*?</f>)<v>.*?</v>", re.DOTALL)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("which", ["clean_master", "faulty_master", "running_master"])
def test_stored_results_are_what_libreoffice_computes(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    master: Path = request.getfixturevalue(which)
    removed = _without_results(master, tmp_path / "bare.xlsx")
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "done")]
    subprocess.run([*call, str(tmp_path / "bare.xlsx")], check=True, capture_output=True, timeout=300)
    stored = openpyxl.load_workbook(master, data_only=True)
    formulas = openpyxl.load_workbook(master)
    computed = openpyxl.load_workbook(tmp_path / "done" / "bare.xlsx", data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours = stored[sheet.title][cell.coordinate].value
                    theirs = computed[sheet.title][cell.coordinate].value
                    assert theirs == pytest.approx(ours, abs=1e-9), (sheet.title, cell.coordinate, cell.value)
                    compared += 1
    assert compared == removed
    assert compared > 250


def _without_results(source: Path, target: Path) -> int:
    """A copy whose formulas have no stored results, so that they must be computed; how many there were."""
    removed = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content, count = CELL.subn(rb"\1", content)
                removed += count
            new.writestr(name, content)
    return removed
