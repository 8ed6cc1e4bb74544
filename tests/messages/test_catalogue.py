"""The catalogue is whole: every code, in both languages, in the house's way of speaking."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from reconcile import catalogue
from reconcile.catalogue.model import Entry
from reconcile.package.refusal import CODES as REFUSALS

# The codes and their severities as they were fixed; departments keep sheets that carry them.
FIXED = {row["code"]: row["severity"] for row in csv.DictReader((Path(__file__).parent / "codes.csv").open())}
TEXTS = ("title", "meaning", "unjudged", "example")


def sentences(entry: Entry) -> list[tuple[str, str, str]]:
    """Variant, language and text of every message."""
    return [(variant, lang, text.get(lang)) for variant, text in entry.messages.items() for lang in ("ja", "en")]


def first_sentence(text: str) -> str:
    return re.split(r"。|(?<!Excel 5)\. ", text)[0]


def test_the_catalogue_holds_the_fixed_codes_and_no_other() -> None:
    assert set(catalogue.codes()) == set(FIXED)


@pytest.mark.parametrize("code", FIXED)
class TestEntry:
    def test_severity_is_the_fixed_one(self, code: str) -> None:
        assert catalogue.entry(code).severity == FIXED[code]

    def test_never_blames(self, code: str) -> None:
        entry = catalogue.entry(code)
        texts = [getattr(entry, name).ja for name in TEXTS] + [
            text for _, lang, text in sentences(entry) if lang == "ja"
        ]
        assert [text for text in texts if re.search("不正|違反", text)] == []

    def test_a_fault_ends_in_a_request(self, code: str) -> None:
        if FIXED[code] == "info":
            return
        for variant, lang, text in sentences(catalogue.entry(code)):
            # A likely cause may follow the request.
            asked = "ください。" in text if lang == "ja" else "lease " in text
            assert asked, (variant, text)
        assert "ください" in catalogue.entry(code).example.ja

    def test_the_first_sentence_is_short(self, code: str) -> None:
        for variant, lang, text in sentences(catalogue.entry(code)):
            if lang == "ja":
                # Names and figures are the department's own and as long as they are.
                fixed = re.sub(r"\{\w+\}", "", first_sentence(text))
                assert len(fixed) <= 40, (variant, fixed)

    def test_both_languages_name_the_same(self, code: str) -> None:
        for variant, text in catalogue.entry(code).messages.items():
            assert text.placeholders("ja") == text.placeholders("en"), variant

    def test_the_example_is_a_printed_finding(self, code: str) -> None:
        example = catalogue.entry(code).example
        for text in (example.ja, example.en):
            assert "{" not in text
            assert text != catalogue.entry(code).title.ja

    def test_texts_are_in_their_language(self, code: str) -> None:
        entry = catalogue.entry(code)
        for name in TEXTS:
            assert re.search("[ぁ-んァ-ヶ一-龥]", getattr(entry, name).ja), name
        assert not re.search("[ぁ-ん]", entry.title.en)
        assert not re.search("[ぁ-ん]", re.sub('"[^"]*"', "", entry.meaning.en))


@pytest.mark.parametrize("code", FIXED)
def test_the_example_is_what_one_of_the_messages_gives(code: str) -> None:
    """An example that no message can produce would describe another program."""
    entry = catalogue.entry(code)
    for lang in ("ja", "en"):
        patterns = [
            ".*".join(re.escape(part) for part in re.split(r"\{\w+\}", text.get(lang)))
            for text in entry.messages.values()
        ]
        assert any(re.fullmatch(pattern, entry.example.get(lang)) for pattern in patterns), entry.example.get(lang)


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_of_a_file_has_a_sentence(reason: str) -> None:
    damaged = catalogue.entry("FIL001").messages["default"]
    text = catalogue.message(REFUSALS[reason], reason)
    speaks_of_damage = reason in {
        "damaged_container", "damaged_zip", "bad_xml", "bad_reference", "bad_style", "bad_cell_type", "bad_shared_string",
    }  # fmt: skip
    assert (text == damaged) == speaks_of_damage


def test_a_pack_may_raise_or_lower_a_severity() -> None:
    assert catalogue.severity_of("FLD010", {}) == "info"
    assert catalogue.severity_of("FLD010", {"FLD010": "error"}) == "error"


def test_an_unknown_code_is_no_entry() -> None:
    for name in ("BAL999", "ui", "../packs/x", ""):
        with pytest.raises(catalogue.UnknownCode):
            catalogue.entry(name)


@pytest.mark.parametrize("text", ["{found!r}", "{a.b}", "{}", "{0}", "{found", "{found:>9}"])
def test_a_message_cannot_reach_into_what_it_is_given(text: str) -> None:
    tree = {"ja": text, "en": text}
    with pytest.raises(ValueError, match="no placeholder"):
        Entry.model_validate(
            {"code": "BAL001", "severity": "error", "messages": {"default": tree}}
            | {name: {"ja": "あ", "en": "a"} for name in TEXTS}
        )
