"""What is read of many spans at once is what each of them says."""

import random

import numpy as np
import pytest

from reconcile.package.spans import Text, leading

EDGES = ["0", "-0", "7", "-7", "12345678", "123456789", "999999999999999", "-999999999999999", "1234567890123456"]
EDGES += ["0.5", "-0.5", "12.50", "99999999.9", "1234567.1234567", "1E+21", "5E-09", "123456789012.345", "0.000001"]


def spans(texts: list[str]) -> tuple[Text, np.ndarray, np.ndarray]:
    ends = np.cumsum([len(text.encode()) + 1 for text in texts]) - 1
    begins = ends - [len(text.encode()) for text in texts]
    return Text(",".join(texts).encode()), begins, ends


@pytest.mark.parametrize("seed", range(5))
def test_figures_are_what_each_reads(seed: int) -> None:
    chance = random.Random(seed)
    texts = list(EDGES)
    for _ in range(3_000):
        size = 10 ** chance.randrange(1, 16)
        texts += [f"{chance.randrange(-size, size)}", f"{chance.uniform(-size, size):.{chance.randrange(1, 8)}f}"]
        texts.append(f"{chance.uniform(-1, 1) * 10.0 ** chance.randrange(-9, 22):.16G}")
    text, begins, ends = spans(texts)
    assert text.figures(begins, ends).tolist() == list(map(float, texts))


@pytest.mark.parametrize("text", ["", "x", "1x", "1 2", "-1", "1.", ".1", "/5", "5:", "１", "1234567890123456"])
def test_what_is_no_whole_number_is_told_apart(text: str) -> None:
    found, begins, ends = spans(["15", text, "16"])
    value, good = found.whole(begins, ends)
    assert (good.tolist(), value[good].tolist()) == ([True, False, True], [15, 16])


def test_the_same_text_has_the_same_mark_and_another_another() -> None:
    texts = ["", "a", "b", "ab", "ba", "amount,plan,Q1", "amount,plan,Q2", "様式1", "様式2", "a" * 8, "a" * 9, "a" * 16]
    text, begins, ends = spans(texts * 3)
    marks = text.marks(begins, ends).reshape(3, -1)
    assert (marks == marks[0]).all()
    assert len(set(marks[0].tolist())) == len(texts)


@pytest.mark.parametrize(
    ("text", "number", "digits"),
    [
        ("", 0, 0),
        ("x1", 0, 0),
        ("7<", 7, 1),
        ("12345678", 12345678, 8),
        ("999/", 999, 3),
        ("5:", 5, 1),
        ("40\xff", 40, 2),
    ],
)
def test_the_number_that_comes_first(text: str, number: int, digits: int) -> None:
    padded = Text(text.encode("latin-1").ljust(8, b"\0"))
    assert [each.tolist() for each in leading(padded.behind(np.array([0])))] == [[number], [digits]]
