"""A pack's files say the same to the quick reader and to the one that keeps their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.packs.load import _plain, _tree, builtin_folders

FILES = sorted(path for folder in builtin_folders() for path in folder.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_both_readers_say_the_same(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    assert _plain(_tree(text, lines=False)) == _plain(_tree(text, lines=True))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{day: 2025-04-01, at: 1_000}", {"day": "2025-04-01", "at": 1000}),
        ("a: yes\nb: on\nc: 0o17\nd: 017\ne: ~\n", {"a": "yes", "b": "on", "c": 15, "d": 17, "e": None}),
        ("名: [一, '二', \"三\\n\"]\n", {"名": ["一", "二", "三\n"]}),
        ("{見出し: ［a:b］, 単位:円}", {"見出し": "［a:b］", "単位:円": None}),
        ("text: |\n  one\n  two\nfolded: >\n  one\n  two\n", {"text": "one\ntwo\n", "folded": "one two\n"}),
        ("one: &kept {a: 1}\ntwo: *kept\n", {"one": {"a": 1}, "two": {"a": 1}}),
    ],
)
def test_they_say_what_the_version_of_today_means(text: str, says: object) -> None:
    assert _plain(_tree(text, lines=False)) == _plain(_tree(text, lines=True)) == says
