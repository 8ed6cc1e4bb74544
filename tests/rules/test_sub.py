"""SUB001, SUB002: who has not answered, and which form is missing from a return."""

from dataclasses import replace
from typing import Any

import pytest

from reconcile.findings import CellRef, Finding
from reconcile.rules import sub001, sub002
from reconcile.rules.context import Confrontation
from reconcile.submissions import FoundForm, Submission
from tests.rules.drawing import confront, plan

CRISIS = "危機管理部"
ALL_FORMS = tuple(FoundForm(form, "s", 3, 1) for form in ("activity", "outcome", "budget"))


def submitted(*submissions: Submission) -> Confrontation:
    return replace(confront(), submissions=submissions)


def a_return(file: str = "a.xlsx", department: str = CRISIS, **more: Any) -> Submission:
    return replace(Submission(file, "", 0, department=department, forms=ALL_FORMS), **more)


def test_each_expected_department_without_a_return_is_found() -> None:
    expected = plan().expected_departments()
    outcome = sub001.judge(submitted(a_return()))
    assert outcome.passed == 1
    assert [f.department for f in outcome.findings] == [name for name in expected if name != CRISIS]
    finding = outcome.findings[0]
    assert (finding.ref, finding.cell, finding.variant) == (CellRef(""), None, "")
    assert finding.data["forms"] == ("activity", "outcome", "budget")


def test_a_department_that_owes_nothing_is_not_missed() -> None:
    owing = set(plan().expected_departments())
    assert {d.name for d in plan().departments} - owing
    assert {f.department for f in sub001.judge(submitted()).findings} == owing


def test_files_of_nobody_known_are_named_and_nothing_is_guessed() -> None:
    outcome = sub001.judge(submitted(a_return("危機管理部.xlsx", "", refused="locked")))
    finding = next(f for f in outcome.findings if f.department == CRISIS)
    assert (finding.variant, finding.data["files"]) == ("unread", ("危機管理部.xlsx",))


def test_a_department_that_sent_another_round_has_been_told_so() -> None:
    outcome = sub001.judge(submitted(a_return(outside=True)))
    assert CRISIS not in [f.department for f in outcome.findings]
    assert [(u.department, u.why) for u in outcome.unjudged] == [(CRISIS, "return_of_another_round")]
    assert outcome.passed == 0


def test_a_form_missing_from_a_return_is_found() -> None:
    outcome = sub002.judge(submitted(a_return(forms=ALL_FORMS[:2])))
    (finding,) = outcome.findings
    assert (finding.ref, finding.form, finding.department) == (CellRef("a.xlsx"), "budget", CRISIS)
    assert outcome.passed == 2


def test_a_form_may_stand_in_a_second_workbook() -> None:
    outcome = sub002.judge(submitted(a_return(forms=ALL_FORMS[:2]), a_return("b.xlsx", forms=ALL_FORMS[2:])))
    assert (outcome.passed, outcome.findings) == (3, [])


def test_a_form_without_a_record_is_found_where_it_stands() -> None:
    empty = FoundForm("budget", "様式3", 4, 0)
    outcome = sub002.judge(submitted(a_return(forms=(*ALL_FORMS[:2], empty))))
    (finding,) = outcome.findings
    assert (finding.variant, finding.ref.sheet, finding.cell) == ("empty", "様式3", None)


@pytest.mark.parametrize(
    ("code", "form"),
    [("LAY001", "budget"), ("LAY002", "budget"), ("LAY003", "budget"), ("LAY005", ""), ("FIL006", "")],
)
def test_what_the_reader_said_is_not_said_again(code: str, form: str) -> None:
    said = Finding(code, CellRef("a.xlsx"), form=form)
    outcome = sub002.judge(submitted(a_return(forms=ALL_FORMS[:2], findings=(said,))))
    assert (outcome.findings, [u.why for u in outcome.unjudged]) == ([], ["form_not_read"])


def test_another_form_s_fault_explains_nothing() -> None:
    said = Finding("LAY002", CellRef("a.xlsx"), form="activity")
    outcome = sub002.judge(submitted(a_return(forms=ALL_FORMS[:2], findings=(said,))))
    assert [f.form for f in outcome.findings] == ["budget"]


@pytest.mark.parametrize("more", [{"refused": "locked", "department": ""}, {"outside": True}])
def test_a_return_that_was_not_read_is_not_searched_for_forms(more: dict[str, Any]) -> None:
    outcome = sub002.judge(submitted(a_return(forms=(), **more)))
    assert (outcome.findings, outcome.passed) == ([], 0)
