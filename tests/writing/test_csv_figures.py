"""What is written of many figures at once is what each of them is written as."""

from __future__ import annotations

import random
from decimal import Decimal

import numpy as np
import pytest

from reconcile.package.written_bytes import Table
from reconcile.writing.csv_figures import decimals, grouped

MOST = 1 << 62  # beyond it figures are no numbers of 64 bits
EDGES = [sign * (10**size + more) for size in range(19) for more in (-1, 0, 1) for sign in (1, -1)]


def drawn(seed: int) -> list[int]:
    chance = random.Random(seed)
    return [0, -MOST, MOST, *EDGES, *(chance.randrange(-(10**n), 10**n) for n in range(1, 19) for _ in range(200))]


def read(rows: Table, sizes: np.ndarray) -> list[str]:
    return [bytes(row)[len(row) - size :].decode() for row, size in zip(rows, sizes.tolist(), strict=True)]


@pytest.mark.parametrize("places", [0, 1, 2, 5, 6, 7, 8, 12, 17, 30])
@pytest.mark.parametrize("seed", range(3))
def test_decimals(places: int, seed: int) -> None:
    numbers = drawn(seed)
    found = read(*decimals(np.array(numbers, dtype=np.int64), places))
    assert found == [f"{Decimal(number).scaleb(-places):.{places}f}" for number in numbers]


@pytest.mark.parametrize("greatest", [1, 9, 99, 999, 12_345, 999_999, 10**12])
@pytest.mark.parametrize("places", [0, 2])
def test_decimals_none_of_which_is_large(greatest: int, places: int) -> None:
    numbers = [0, greatest, 1, *(-number for number in range(0, greatest, max(1, greatest // 50)))]
    found = read(*decimals(np.array(numbers, dtype=np.int64), places))
    assert found == [f"{Decimal(number).scaleb(-places):.{places}f}" for number in numbers]


@pytest.mark.parametrize("seed", range(3))
def test_digits_in_groups(seed: int) -> None:
    numbers = drawn(seed)
    assert read(*grouped(np.array(numbers, dtype=np.int64))) == [f"{number:,}" for number in numbers]


@pytest.mark.parametrize("greatest", [1, 9, 99, 999, 1_000, 12_345])
def test_few_digits_in_groups(greatest: int) -> None:
    numbers = [0, greatest, -greatest, 1]
    assert read(*grouped(np.array(numbers, dtype=np.int64))) == [f"{number:,}" for number in numbers]


def test_no_figures() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert read(*decimals(nothing, 2)) == read(*grouped(nothing)) == []
