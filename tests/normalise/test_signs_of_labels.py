"""Texts that need not be folded to know that they are no label: never one that is."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.normalise import fold_label, fold_label_core, sign_of_labels, sign_of_no_label

LABELS = tuple(map(fold_label, ("合計", "小計", "令和4年度", "事業費（千円）", "No.", "計画値", "成果指標")))
PIECES = (
    *(
        "合計",
        "小 計",
        "総",
        "令和４年度",
        "R4",
        "2022年度",
        "事業費",
        "（千円）",
        "（単位：百万円）",
        "※１",
        "注2",
        "No.",
    ),
    *("計画値", "成果\n指標", "⾦", "㍻", "株", "実", "績", " ", "(単位:人口)", "－", "①", "㈱"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=5).map("".join)


@settings(max_examples=500)
@given(TEXTS)
def test_what_folds_to_a_label_bears_no_sign_of_being_none(text: str) -> None:
    if fold_label(text) in LABELS or fold_label_core(text) in LABELS:
        assert sign_of_no_label(LABELS).match(text) is None


@settings(max_examples=500)
@given(TEXTS)
def test_what_holds_a_label_bears_its_sign(text: str) -> None:
    labels = [label for label in LABELS if label not in {"no.", "fy2022"}]
    sign = sign_of_labels(labels)
    assert sign is not None
    if any(label in fold_label(text) for label in labels):
        assert sign.search(text)


def test_there_is_no_sign_where_a_label_has_no_ideograph() -> None:
    assert sign_of_labels(["合計", "total"]) is None


def test_every_character_that_folding_makes_an_ideograph_of_is_a_sign() -> None:
    sign = sign_of_labels(["合計"])
    assert sign is not None
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        made = unicodedata.normalize("NFKC", character)
        if made != character and any("\u4e00" <= one <= "\u9fff" for one in made):
            assert sign.search(character), hex(code)


def test_other_words_are_known_to_be_no_label() -> None:
    none = sign_of_no_label(LABELS)
    assert none.match("地域防災の推進")
    assert none.match("合計額")
    assert not none.match("合計")
    assert not none.match("合計（単位：兆）")
