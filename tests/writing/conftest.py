"""Real runs over the sample returns, made once, and their masters."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from reconcile import pipeline
from reconcile.consolidate import Consolidated
from reconcile.packs import load
from reconcile.writing import master
from reconcile.writing.voice import Voice

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plan2022"


@pytest.fixture(scope="session")
def clean() -> Consolidated:
    """The run over the returns as printed: no errors, everybody has answered."""
    return pipeline.run(load("plan2022"), [SAMPLES / "returns"], None)


@pytest.fixture(scope="session")
def faulty() -> Consolidated:
    """The run over the returns with planted faults of every kind."""
    return pipeline.run(load("plan2022"), [SAMPLES / "returns-with-errors"], None)


@pytest.fixture(scope="session")
def clean_master(clean: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "master.xlsx"
    master.write(path, clean, Voice(clean.pack, "ja"))
    return path


@pytest.fixture(scope="session")
def faulty_master(faulty: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faulty") / "master.xlsx"
    master.write(path, faulty, Voice(faulty.pack, "ja"), {s.file: f"annotated/{s.file}" for s in faulty.submissions})
    return path


@pytest.fixture(scope="session")
def running_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the pack with months: running totals, three levels of areas, what two departments answer alike."""
    run = pipeline.run(load("districts2022"), [SAMPLES.parent / "districts2022" / "returns-with-errors"], None)
    path = tmp_path_factory.mktemp("running") / "master.xlsx"
    master.write(path, run, Voice(run.pack, "ja"))
    return path


@pytest.fixture(scope="session")
def clean_book(clean_master: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(clean_master, data_only=True)


@pytest.fixture(scope="session")
def faulty_book(faulty_master: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(faulty_master)
