"""The nearest place at which something stands is the one that is found by looking at all."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reconcile.package.bits import Bits, between, packed


def places(chance: random.Random, size: int, seldom: int) -> list[int]:
    return sorted(chance.sample(range(size), max(1, size // seldom)))


def mask(size: int, at: list[int]) -> np.ndarray:
    found = np.zeros(size, dtype=bool)
    found[at] = True
    return found


@pytest.mark.parametrize("seldom", [1, 2, 7, 60, 300])
@pytest.mark.parametrize("seed", range(6))
def test_so_many_back(seed: int, seldom: int) -> None:
    chance = random.Random(seed)
    size = chance.randrange(400, 1_000)
    held = places(chance, size, seldom)
    counts = sorted(chance.sample(range(1, 9), chance.randrange(1, 5)))
    asked = [place for place in range(size + 1) if sum(one < place for one in held) >= counts[-1]]
    found = Bits(packed(mask(size, held))).before(np.array(asked, dtype=np.int64), counts)
    for count, each in zip(counts, found, strict=True):
        assert each.tolist() == [[one for one in held if one < place][-count] for place in asked]


def test_fewer_than_that() -> None:
    bits = Bits(packed(mask(500, [3, 480])))
    assert bits.before(np.array([481]), (1, 2)) == [480, 3]
    with pytest.raises(ValueError, match="missing"):
        bits.before(np.array([481]), (1, 3))
    with pytest.raises(ValueError, match="missing"):
        bits.before(np.array([3]))


@pytest.mark.parametrize("seldom", [1, 2, 7, 60, 300])
@pytest.mark.parametrize("seed", range(6))
def test_the_next(seed: int, seldom: int) -> None:
    chance = random.Random(seed)
    size = chance.randrange(400, 1_000)
    held = places(chance, size, seldom)
    found = Bits(packed(mask(size, held))).behind(np.arange(size)).tolist()
    for place in range(held[-1] + 1):
        assert found[place] == min(one for one in held if one >= place)
    assert all(place >= size for place in found[held[-1] + 1 :])


@pytest.mark.parametrize("seed", range(10))
def test_between_marks(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices('a"', weights=(chance.choice((1, 60)), 1), k=chance.randrange(1, 500)))
    text += '"' * (text.count('"') % 2)
    at = [place for place, mark in enumerate(text) if mark == '"']
    found = between(packed(mask(len(text), at)))
    inside = np.unpackbits(found.astype(">u8").view(np.uint8))[: len(text)].tolist()
    assert inside == [text[: place + 1].count('"') % 2 for place in range(len(text))]


def test_a_mark_without_a_second_one() -> None:
    with pytest.raises(ValueError, match="quotation mark"):
        between(packed(mask(100, [70])))
