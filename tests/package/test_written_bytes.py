"""Numbers as bytes: as Python writes them, whatever their size and sign."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reconcile.package.written_bytes import Scaled, Table, beside, digits, figures, packed, some

LEAST, GREATEST = -(2**63), 2**63 - 1


def read(table: Table) -> list[str]:
    return [bytes(row).replace(b"\0", b"").decode() for row in table]


@pytest.mark.parametrize("size", [1, 9, 99, 9_999, 10_000, 12_345_678, 10**12, GREATEST])
@pytest.mark.parametrize("signed", [False, True])
def test_whole_numbers(size: int, signed: bool) -> None:
    chance = random.Random(size)
    numbers = [0, 1, size, *(chance.randint(-size if signed else 0, size) for _ in range(200))]
    assert read(digits(np.array(numbers))) == list(map(str, numbers))


def test_no_number_and_the_least_of_all() -> None:
    assert read(digits(np.array([], dtype=np.int64))) == []
    assert read(digits(np.array([LEAST, GREATEST, 0]))) == [str(LEAST), str(GREATEST), "0"]


def test_figures_with_and_without_a_fraction() -> None:
    values = [0.0, 12.5, -3.0, 0.1, 1 / 3, 8.41, -2.675, 1e15, 1e21, 5e-9, 123456789012345.0]
    assert read(figures(np.array(values), "%.16G".__mod__)) == [f"{value:.16G}" for value in values]
    assert read(figures(np.array([1.0, 2.0]), "%.16G".__mod__)) == ["1", "2"]


@pytest.mark.parametrize("by", [10, 1_000])
def test_figures_of_one_scale_read_as_their_quotients(by: int) -> None:
    # 94.6 has other digits where sixteen are told.
    numbers = np.array([0, 7 * by, -3, 946 * by // 10, -by, 2**31 - 1, 1 - 2**31], dtype=np.int32)
    scaled = Scaled(numbers, float(by))
    expected = [f"{value:.16G}" for value in (numbers / by).tolist()]
    assert read(figures(scaled, "%.16G".__mod__)) == expected
    assert read(figures(some(scaled, slice(1, 4), np.array([0, 2])), "%.16G".__mod__)) == [expected[1], expected[3]]
    assert read(figures(Scaled(numbers[:2], float(by)), "%.16G".__mod__)) == expected[:2]


def test_rows_of_pieces() -> None:
    rows = beside([b"<", digits(np.array([7, 1234])), b">", digits(np.array([10, 9]))], 2)
    assert packed(rows) == b"<7>10<1234>9"
