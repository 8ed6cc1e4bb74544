"""What is read of many spans at once is what each of them says."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reconcile.package.spans import ROOM, Places, Text, leading, texts

EDGES = ["0", "-0", "7", "-7", "1234567", "-1234567", "12345678", "-12345678", "123456789", "999999999999999"]
EDGES += ["-999999999999999", "1234567890123456", "9007199254740992", "9007199254740993", "12345678901234567890"]
EDGES += ["0.5", "-0.5", "12.50", "99999999.9", "1234567.1234567", "1E+21", "5E-09", "123456789012.345", "0.000001"]
EDGES += ["53.10000000000001", "94.59999999999999", "-1.00000000000001", "0.1234567890123456", "123456789012345678.5"]


def text(content: bytes) -> Text:
    return Text(bytes(ROOM) + content + bytes(ROOM), ROOM, ROOM + len(content))


def spans(said: list[str]) -> tuple[Text, Places, Places]:
    """Texts with a comma behind each, and where they begin and end."""
    sizes = np.array([len(each.encode()) for each in said])
    ends = np.cumsum(sizes + 1) - 1
    return text("".join(f"{each}," for each in said).encode()), ends - sizes, ends


@pytest.mark.parametrize("seed", range(5))
def test_figures_are_what_each_reads(seed: int) -> None:
    chance = random.Random(seed)
    said = list(EDGES)
    for _ in range(3_000):
        size = 10 ** chance.randrange(1, 20)
        said += [f"{chance.randrange(-size, size)}", f"{chance.uniform(-size, size):.{chance.randrange(1, 18)}f}"]
        said.append(f"{chance.uniform(-1, 1) * 10.0 ** chance.randrange(-9, 22):.16G}")
    chance.shuffle(said)
    found, begins, _ = spans(said)
    assert found.figures(begins, ord(",")).tolist() == list(map(float, said))


@pytest.mark.parametrize(
    "wrong", ["", "x", "1x", "1 2", "--1", "-", "/5", "5:", "1.5x", "12345678x", "1234.12345678x", "1_0x"]
)
def test_what_is_no_figure_is_told(wrong: str) -> None:
    found, begins, _ = spans(["15", wrong, "16"])
    with pytest.raises(ValueError, match="could not convert"):
        found.figures(begins, ord(","))


@pytest.mark.parametrize("said", ["15", "-15", "1.5", "12345678", "1234567890.25"])
def test_a_figure_that_does_not_end(said: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        text(said.encode()).figures(np.array([0]), ord(","))


def test_the_same_text_has_the_same_mark_and_another_another() -> None:
    said = ["", "a", "b", "ab", "ba", "amount,plan,Q1", "amount,plan,Q2", "様式1", "様式2", "a" * 8, "a" * 9, "a" * 16]
    found, begins, ends = spans(said * 3)
    marks = found.marks(begins, ends).reshape(3, -1)
    assert (marks == marks[0]).all()
    assert len(set(marks[0].tolist())) == len(said)


@pytest.mark.parametrize(
    ("said", "number", "digits"),
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
def test_the_number_that_comes_first(said: str, number: int, digits: int) -> None:
    padded = text(said.encode("latin-1").ljust(8, b"\0"))
    assert [each.tolist() for each in leading(padded.behind(np.array([0])))] == [[number], [digits]]


@pytest.mark.parametrize("seed", range(20))
def test_pieces_end_where_lines_do(seed: int) -> None:
    chance = random.Random(seed)
    content = b"".join(bytes(chance.choices(b"ab\r", k=chance.randrange(12))) + b"\r\n" for _ in range(60)) + b"rest"
    chunks, begin = [], 0
    while begin < len(content):
        chunks.append(content[begin : begin + chance.randrange(30)])
        begin += len(chunks[-1])
    found = [piece.piece(0, len(piece.codes)) for piece in texts(chunks, b"\r\n")]
    assert b"".join(found) == content
    assert all(piece.endswith(b"\r\n") for piece in found[:-1])
    assert found[-1] == b"rest"


def test_a_stream_of_nothing() -> None:
    assert list(texts([], b"\r\n")) == list(texts([b""], b"\r\n")) == []
