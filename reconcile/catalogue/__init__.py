"""The rule catalogue: what each code means, how severe it is, and the sentences it speaks with.

One YAML file a code, read when the code is first needed (a file takes about 1 ms). The codes and their meaning are
fixed: they stand in error sheets that departments keep. Beside them lie four tables of words: ``terms.yaml``
(severities, verdicts, states, causes), ``why.yaml`` (why something could not be judged), ``roots.yaml`` (the sentences
of findings whose cause was located, whatever their code), ``ui.yaml`` (what the commands say).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from reconcile.catalogue.model import Entry, Text
from reconcile.findings import Severity

# Variants of a finding of which a cause was located or read in a formula, or that questions its whole family of checks.
ROOTS = ("located", "formula", "family")
# The families in the order in which a return is judged; codes are listed in this order.
FAMILIES = (
    "FIL",
    "LAY",
    "FLD",
    "BAL",
    "CUM",
    "DUP",
    "RLS",
    "RAT",
    "REV",
    "PRG",
    "XRF",
    "CNT",
    "HIS",
    "SUB",
    "TXT",
    "OWN",
)


class UnknownCode(KeyError):
    """A code that is not in the catalogue."""


@cache
def codes() -> tuple[str, ...]:
    """Every code of the catalogue, family by family."""
    here = files(__package__)
    names = [part.name.removesuffix(".yaml") for part in here.iterdir() if part.name.endswith(".yaml")]
    return tuple(sorted((n for n in names if n[:3] in FAMILIES), key=lambda n: (FAMILIES.index(n[:3]), n)))


@cache
def entry(code: str) -> Entry:
    """What the catalogue says about a code.

    Raises:
        UnknownCode: when there is no such code.
    """
    if code not in codes():
        raise UnknownCode(code)
    found = Entry.model_validate(tree(code))
    if found.code != code:
        raise ValueError(f"{code}.yaml speaks of {found.code}")
    return found


def message(code: str, variant: str) -> Text:
    """The sentence of a variant: the code's own, else the one of a located cause, else the code's default."""
    own = entry(code).messages
    if variant not in own and variant.startswith(ROOTS):
        return words("roots")["root"].get(variant, own["default"])
    return own.get(variant, own["default"])


def severity_of(code: str, overrides: Mapping[str, Severity]) -> Severity:
    """The severity of a code: the pack's word goes over the catalogue's."""
    return overrides.get(code) or entry(code).severity


@cache
def words(table: str) -> Mapping[str, Mapping[str, Text]]:
    """One of the tables of words (``terms``, ``why``, ``roots``, ``ui``): group → key → text."""
    return {
        group: {str(key): Text.model_validate(text) for key, text in texts.items()}
        for group, texts in tree(table).items()
    }


def term(group: str, key: str, lang: str) -> str:
    """The word for a severity, verdict, state …: a key of ``terms.yaml``.

    Raises:
        KeyError: for a word the table does not have; the key is the program's own, so that is a bug.
    """
    return words("terms")[group][key].get(lang)


def tree(name: str) -> dict[str, Any]:
    """What a YAML file of the catalogue holds; ``name`` is its path without the ending."""
    from ruamel.yaml import YAML

    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    tree = YAML(typ="safe").load(text)
    assert isinstance(tree, dict)
    return tree


__all__ = [
    "FAMILIES",
    "Entry",
    "Text",
    "UnknownCode",
    "codes",
    "entry",
    "message",
    "severity_of",
    "term",
    "tree",
    "words",
]
