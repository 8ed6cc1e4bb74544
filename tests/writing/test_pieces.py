"""Lines put together of pieces are the same as those joined one by one."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reconcile.package.written_bytes import table
from reconcile.writing.pieces import Store, lengths

TEXTS = ("", ",", "様式1,", "a" * 63, "b" * 64, "c" * 65, "備考" * 400, '"1,234"\r\n')


@pytest.mark.parametrize("longest", [3, len(TEXTS)])
@pytest.mark.parametrize("seed", range(10))
def test_lines_of_pieces(seed: int, longest: int) -> None:
    chance, store = random.Random(seed), Store()
    for round_ in range(3):
        said = [[chance.choice(TEXTS[:longest]) for _ in range(50)] for _ in range(chance.randrange(1, 6))]
        columns = [store.texts(texts, ";" * round_) for texts in said]
        expected = ["".join(text + ";" * round_ for text in line).encode() for line in zip(*said, strict=True)]
        assert store.lines(columns) == b"".join(expected)
        assert lengths(columns).tolist() == list(map(len, expected))


def test_more_lines_than_are_copied_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconcile.writing.pieces._AT_ONCE", 7)
    store = Store()
    said = [str(number) * (number % 5) for number in range(200)]
    assert store.lines([store.texts(said), store.texts(said, ",")]).decode() == "".join(f"{a}{a}," for a in said)


def test_lines_become_pieces() -> None:
    store = Store()
    columns = (store.texts(["1", "22", ""]), store.texts(["様式", "", "x"], ","))
    pieces = store.following(store.lines(columns), lengths(columns))
    assert store.lines([pieces[::-1]]).decode() == "x,22,1様式,"


def test_the_last_bytes_of_rows() -> None:
    store = Store()
    rows = table(["1234", "0056", "0000"])
    pieces = store.flush_right(rows, np.array([4, 2, 0]))
    assert store.lines([pieces, store.texts(["|"] * 3)]) == b"1234|56||"


def test_what_is_not_kept_is_forgotten() -> None:
    store = Store()
    kept = store.texts(["always"])
    store.keep()
    first = store.texts(["for once"])
    store.forget()
    assert store.texts(["for long"]).tolist() == first.tolist()
    assert store.lines([kept, first]) == b"alwaysfor long"
