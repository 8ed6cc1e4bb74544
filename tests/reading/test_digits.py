"""What is written of many figures at once is what each of them is written as."""

import random
from decimal import Decimal

import numpy as np
import pytest

from reconcile.digits import decimals, grouped

EDGES = [sign * (10**size + more) for size in range(19) for more in (-1, 0, 1) for sign in (1, -1)]


@pytest.mark.parametrize("places", [0, 1, 2, 5, 6, 7, 8, 12, 17])
@pytest.mark.parametrize("seed", range(4))
def test_figures_are_what_each_reads(places: int, seed: int) -> None:
    chance = random.Random(seed)
    numbers = [0, -(2**63), 2**63 - 1, *EDGES]
    numbers += [chance.randrange(-(10**size), 10**size) for size in range(1, 19) for _ in range(200)]
    found = decimals(np.array(numbers, dtype=np.int64), places)
    assert found.tolist() == [f"{Decimal(number).scaleb(-places):.{places}f}" for number in numbers]


def test_short_figures_alone_and_none() -> None:
    numbers = [*range(-12_000, 12_000), *range(0, 100_000_000, 12_345)]
    assert decimals(np.array(numbers, dtype=np.int64), 0).tolist() == list(map(str, numbers))
    assert decimals(np.zeros(0, dtype=np.int64), 2).tolist() == []


@pytest.mark.parametrize("seed", range(4))
def test_digits_in_groups(seed: int) -> None:
    chance = random.Random(seed)
    numbers = [0, -(2**63), 2**63 - 1, *EDGES]
    numbers += [chance.randrange(-(10**size), 10**size) for size in range(1, 19) for _ in range(200)]
    assert grouped(np.array(numbers, dtype=np.int64)).tolist() == [f"{number:,}" for number in numbers]
