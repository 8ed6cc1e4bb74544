"""The master's own words: sheet names, headings, remarks, in both languages (``words.yaml`` beside this file)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from reconcile.catalogue import Text


@cache
def words() -> Mapping[str, Text]:
    """Every word by its key."""
    from ruamel.yaml import YAML

    tree = YAML(typ="safe").load(files(__package__).joinpath("words.yaml").read_text(encoding="utf-8"))
    return {key: Text.model_validate(text) for key, text in tree.items()}


def word(key: str, lang: str, **data: object) -> str:
    """A word or remark in the language of the run, its places filled in.

    Raises:
        KeyError: for a key there is none of; the keys are the program's own, so that is a bug.
    """
    text = words()[key].get(lang)
    return text.format(**data) if data else text
