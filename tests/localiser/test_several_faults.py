"""Two and more faults in one table, the ones that hide each other, and what is left when nothing explains it."""

from reconcile.localiser import Cell, Linear, compile_constraints, localise
from tests.localiser.drawing import grid


def named(result):
    return {c: v for f in result.findings for c, v in zip(f.candidates[0].cells, f.candidates[0].proposed, strict=True)}


def test_two_faults_in_one_row():
    true = grid()
    result = true.put(2, 1, 8720).put(2, 3, 614).localise()
    assert named(result) == {true.at(2, 1): 872, true.at(2, 3): 641}


def test_two_faults_in_rows_and_columns_of_their_own():
    true = grid()
    result = true.put(1, 1, 124).put(4, 3, 2042).localise()
    assert named(result) == {true.at(1, 1): 1240, true.at(4, 3): 2024}
    assert {f.candidates[0].cause for f in result.findings} == {"missing_zero", "transposed"}


def test_three_faults():
    true = grid()
    result = true.put(1, 2, 318000).put(3, 1, 3037).put(5, 3, 7292).localise()
    assert named(result) == {true.at(1, 2): 318, true.at(3, 1): 3307, true.at(5, 3): 7929}


def test_two_faults_that_hide_each_other_in_the_row():
    """The row still agrees; only the two columns do not."""
    true = grid()
    result = true.put(1, 1, 1240 + 300).put(1, 2, 318 - 300 + 1000).put(1, 4, 5633 + 1000).localise()
    assert true.at(1, 4) in {c for f in result.findings for a in f.candidates for c in a.cells}
    assert all(f.status != "localised" for f in result.findings) or named(result).keys() == {
        true.at(1, 1),
        true.at(1, 2),
        true.at(1, 4),
    }


def test_separate_tables_are_separate_findings():
    cells = [Cell(f"c{n}", "t", n // 3, n % 3) for n in range(12)]
    edits = [Linear({0: 1, 1: 1}, 2), Linear({0: 1}, 3), Linear({1: 1}, 4), Linear({2: 1}, 5)]
    edits += [Linear({6: 1, 7: 1}, 8), Linear({6: 1}, 9), Linear({7: 1}, 10), Linear({8: 1}, 11)]
    plan = compile_constraints(cells, edits)
    values = [120, 310, 430, 120, 310, 430] * 2
    values[0], values[7] = 210, 3100
    result = localise(plan, values)
    assert named(result) == {0: 120, 7: 310}
    assert len(result.combinations) == 2
    assert [f.impact for f in result.findings] == [2790, 90]


def test_what_cannot_be_explained_is_said():
    true = grid(locked="r2c2 r2c4 r5c2 r2c1 r2c3 r1c2 r3c2 r4c2 r5c4 r5c1 r5c3")
    result = true.put(2, 2, 9999).localise()
    assert result.status == "unexplained"
    assert result.unexplained == result.violated != ()
    assert not result.findings


def test_a_family_of_failing_edits_questions_the_template():
    true = grid()
    table = true
    for row in (1, 2, 3, 4):
        table = table.put(row, 4, (true.values[true.at(row, 4)] or 0) * 3 + row)
    assert table.localise().questioned == ("t",)


def test_no_time_is_no_crash():
    table = grid().put(1, 1, 7).put(2, 2, 11).put(3, 3, 13).put(4, 1, 17)
    result = table.localise(budget_ms=0)
    assert result.truncated
    assert result.status != "localised"


def test_the_same_table_gives_the_same_answer():
    table = grid().put(1, 1, 7).put(2, 2, 11).put(3, 3, 13)
    assert table.localise() == table.localise()
