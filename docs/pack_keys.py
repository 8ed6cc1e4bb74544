"""Writes the reference of docs/packs.md and docs/packs.ja.md from the models of a pack: `python docs/pack_keys.py`.

What stands between the two marks in each document is written anew; `reference` gives that text, for the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reconcile.catalogue import entry, words
from reconcile.packs.checks import CheckModel
from reconcile.packs.model import Form, PackFile

DOCS = Path(__file__).resolve().parent
MARKS = ("<!-- reference -->", "<!-- /reference -->")
DOCUMENTS = {"en": "packs.md", "ja": "packs.ja.md"}
HEADS = {
    "en": ("key", "what stands there", "meaning"),
    "ja": ("キー", "書くもの", "意味"),
}
KINDS = {
    "en": {
        str: "text",
        bool: "true / false",
        int: "whole number",
        float: "number",
        "list": "list of",
        "dict": "keys with",
    },
    "ja": {str: "文字", bool: "true / false", int: "整数", float: "数", "list": "一覧：", "dict": "キーごとに："},
}
# The key under which a part stands.
NAMES = {
    "PackFile": "pack.yaml",
    "Bilingual": "ja, en",
    "Form": "form",
    "FormField": "fields",
    "BlockRows": "rows",
    "Lines": "lines",
    "Titled": "tables",
    "Inside": "inside",
    "Tags": "tags",
    "Examples": "examples",
    "Column": "columns",
    "Across": "across",
    "Heading": "heading",
    "Level": "levels",
    "OfSheet": "sheet",
    "Carried": "carries",
    "Total": "totals",
    "Relisted": "relisted",
    "Basis": "basis",
    "RegisterLink": "register",
    "Sections": "sections",
    "Above": "above",
    "Members": "members",
    "Rounding": "rounding",
    "Counted": "counts",
    "Grade": "grades",
}
DAY = {"en": "day", "ja": "日付"}
NEEDED = {"en": " **needed**", "ja": " **必須**"}


def models() -> list[type[BaseModel]]:
    """Every part of a pack, from the outside inwards; the checks last, by their codes."""
    found: list[type[BaseModel]] = []
    for root in (PackFile, Form):
        _walk(root, found)
    checks = sorted((m for m in found if issubclass(m, CheckModel)), key=lambda m: (codes(m), m.__name__))
    rest = [m for m in found if not issubclass(m, CheckModel)]
    return [*rest, *checks]


def _walk(annotation: Any, found: list[type[BaseModel]]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in found:
            found.append(annotation)
            for field in annotation.model_fields.values():
                _walk(field.annotation, found)
        return
    for part in get_args(annotation):
        _walk(part, found)


def codes(model: type[BaseModel]) -> tuple[str, ...]:
    """The rules a check may be of."""
    field = model.model_fields.get("code")
    return get_args(field.annotation) if field is not None else ()


def reference(lang: str) -> str:
    """The tables of all keys, one a part of a pack."""
    lines: list[str] = []
    for model in models():
        texts = words("keys")[model.__name__]
        name = " / ".join(codes(model)) or f"`{_shown(model)}`"
        lines += [f"### {name}: {texts['_'].get(lang)}" if lang == "en" else f"### {name}：{texts['_'].get(lang)}", ""]
        if codes(model):
            lines += [" / ".join(f"{code} {entry(code).title.get(lang)}" for code in codes(model)), ""]
        rows = list(_rows(model, lang))
        if rows:
            lines += ["| " + " | ".join(HEADS[lang]) + " |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _shown(model: type[BaseModel]) -> str:
    return NAMES.get(model.__name__, model.__name__)


def _rows(model: type[BaseModel], lang: str) -> Iterator[str]:
    texts = words("keys")[model.__name__]
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key == "code":
            continue
        needed = NEEDED[lang] if field.is_required() else ""
        yield f"| `{key}` | {_kind(field.annotation, lang)}{needed}{_default(field)} | {texts[key].get(lang)} |"


def _default(field: FieldInfo) -> str:
    default = field.default
    if field.is_required() or default in (None, "", False, 0, []) or not isinstance(default, str | int | float):
        return ""
    return f" (`{default}`)"


def _kind(annotation: Any, lang: str) -> str:
    kinds = KINDS[lang]
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(parts[0], lang)
    if origin in (Union, UnionType):
        # The many checks are a table of their own each.
        named = dict.fromkeys(_kind(part, lang) for part in parts if part is not NoneType)
        text = "[…](#checks)" if len(named) > 5 else " / ".join(named)
    elif origin is Literal:
        text = ", ".join(f"`{part}`" for part in parts)
    elif origin in (list, dict):
        text = f"{kinds['list' if origin is list else 'dict']} {_kind(parts[-1], lang)}".replace("： ", "：")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        text = f"`{_shown(annotation)}`"
    else:
        text = kinds.get(annotation, DAY[lang])
    return text


def written(text: str, lang: str) -> str:
    """A document with its reference as the models have it."""
    start, end = MARKS
    between = re.compile(re.escape(start) + r".*?" + re.escape(end), re.S)
    return between.sub(lambda _: f"{start}\n\n{reference(lang)}\n{end}", text)


if __name__ == "__main__":
    for lang, name in DOCUMENTS.items():
        path = DOCS / name
        path.write_text(written(path.read_text(encoding="utf-8"), lang), encoding="utf-8")
