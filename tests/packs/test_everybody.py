"""`all` instead of the names of a thousand offices: who owes a form, and who answers a record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from writing_packs import small_pack

from reconcile.packs import PackError

FORM = """
form: plan
name: {ja: 様式1, en: Form 1}
title: {ja: 計画, en: Plan}
layout: table
key: [number]
fields:
  number: {type: key, label: 番号, required: true}
  amount: {type: integer, label: 数量}
"""
OWED = FORM + "owed_by: all\n"
LISTED = FORM + "register: {file: register.csv, key: number, field: number, names: {}, department: department}\n"
OFFICES = ("危機管理部", "道路部")


@pytest.mark.parametrize(
    ("form", "register"),
    [(OWED, ""), (FORM + "owed_by: [all]\n", ""), (LISTED, "number,department\n1, all \n2,道路部\n")],
)
def test_all_is_every_department_of_the_list(tmp_path: Path, form: str, register: str) -> None:
    pack = small_pack(tmp_path, {"plan": form}, {"register.csv": register} if register else {})
    assert pack.departments_owing(pack.forms["plan"]) == {*OFFICES}
    assert pack.expected_departments() == OFFICES
    table = pack.register_of(pack.forms["plan"])
    assert table is None or [row["department"] for row in table.rows] == [";".join(OFFICES), "道路部"]


@pytest.mark.parametrize(
    ("form", "files", "found"),
    [
        (FORM + "owed_by: [all, 道路部]\n", {}, "all"),
        (FORM + "owed_by: everybody\n", {}, "owed_by"),
        (LISTED, {"register.csv": "number,department\n1,all;道路部\n"}, "all"),
    ],
)
def test_all_stands_alone(tmp_path: Path, form: str, files: Mapping[str, str], found: str) -> None:
    with pytest.raises(PackError) as wrong:
        small_pack(tmp_path, {"plan": form}, files)
    assert any(found in (problem.where, problem.data.get("found")) for problem in wrong.value.problems)
