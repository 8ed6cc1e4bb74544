"""What pydantic says of a pack's file, as problems: with the line, the keys there are, and what was expected."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reconcile.packs.problems import Problem, Wrong, named, nearest

Step = str | int
# What a value should have been, by the kind of pydantic's complaint: a word of the catalogue (pack).
EXPECTED = {
    "string_type": "a_text",
    "int_type": "a_whole_number",
    "int_from_float": "a_whole_number",
    "float_type": "a_number",
    "bool_type": "true_or_false",
    "list_type": "a_list",
    "dict_type": "keys_and_values",
    "model_type": "keys_and_values",
    "model_attributes_type": "keys_and_values",
    "date_type": "a_day",
    "date_from_datetime_parsing": "a_day",
    "is_instance_of": "keys_and_values",
}


def problems_of(wrong: ValidationError, tree: Any, path: Path, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem a mistake; what the branches of a choice say of one value is one."""
    seen: dict[tuple[Step, ...], list[ErrorDetails]] = {}
    errors = wrong.errors()
    # A key that is misspelt is missing, too; that is one mistake.
    meant = set()
    for error in errors:
        there = real_path(tree, error["loc"])
        if error["type"] == "extra_forbidden" and there:
            known = [key for own in models_at(model, there[:-1], tree) for key in keys_of(own)]
            meant.add((there[:-1], nearest(str(there[-1]), known)))
    for error in errors:
        if error["type"] == "missing" and (real_path(tree, error["loc"]), str(error["loc"][-1])) in meant:
            continue
        there = real_path(tree, error["loc"])
        if error["type"] in EXPECTED:
            seen.setdefault(there, []).append(error)
        else:
            yield _problem(error, there, tree, path, model)
    for there, alike in seen.items():
        from reconcile.packs.problems import sentence

        kinds = list(dict.fromkeys(EXPECTED[error["type"]] for error in alike))
        if len(kinds) > 1 and isinstance(node_at(tree, there), dict | list):
            kinds = [kind for kind in kinds if kind != "a_text"] or kinds
        if kinds == ["a_text"] and isinstance(node_at(tree, there), int | float | bool):
            yield Problem(
                path, line_of(tree, there), dotted(there), "quote_it", {"found": _shown(node_at(tree, there))}
            )
            continue
        words = {lang: _or(lang).join(sentence(kind, {}, lang) for kind in kinds) for lang in ("ja", "en")}
        data = {"ja": words["ja"], "en": words["en"], "found": _shown(node_at(tree, there))}
        yield Problem(path, line_of(tree, there), dotted(there), "expected", data)


def _or(lang: str) -> str:
    return "、または" if lang == "ja" else " or "


def _problem(error: ErrorDetails, there: tuple[Step, ...], tree: Any, path: Path, model: type[BaseModel]) -> Problem:
    kind, context = error["type"], error.get("ctx", {})
    last = str(error["loc"][-1]) if error["loc"] else ""
    inner = context.get("error")
    place = there
    key, data = "not_allowed", dict[str, object](found=_shown(error["input"]), why=error["msg"])
    if kind == "missing":
        key, data = "missing", {"key": last}
    elif kind == "extra_forbidden":
        known = [own for model_there in models_at(model, there[:-1], tree) for own in keys_of(model_there)]
        key, data = named("unknown_key", last, dict.fromkeys(known))
    elif kind == "literal_error":
        key, data = named("one_of", _shown(error["input"]), _literals(str(context.get("expected", ""))))
    elif kind == "union_tag_invalid":
        place = (*there, "code")
        key, data = named("one_of", str(context.get("tag", "")), _literals(str(context.get("expected_tags", ""))))
    elif kind == "union_tag_not_found":
        key, data = "missing", {"key": str(context.get("discriminator", "code")).strip("'")}
    elif kind == "string_pattern_mismatch":
        key, data = "identifier", {"found": _shown(error["input"])}
    elif isinstance(inner, Wrong):
        key, data = inner.key, dict(inner.data)
    elif isinstance(inner, Exception):
        key, data = "not_readable", {"found": _shown(error["input"]), "why": str(inner)}
    return Problem(path, line_of(tree, place), dotted(there), key, data)


def _literals(text: str) -> list[str]:
    return [part.strip(" '") for part in text.replace(" or ", ", ").split(",") if part.strip(" '")]


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"


def dotted(path: tuple[Step, ...]) -> str:
    """``fields.name.type``, ``checks[2].parts``."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def real_path(tree: Any, location: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps of a location that the file really has; others name a branch of a choice, or what is missing."""
    node, found = tree, []
    for step in location:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            continue
        found.append(step)
    return tuple(found)


def node_at(tree: Any, path: tuple[Step, ...]) -> Any:
    """What stands at a path."""
    for step in path:
        tree = tree[step]
    return tree


def line_of(tree: Any, location: tuple[Step, ...]) -> int:
    """The line of the deepest node of ``location`` that the file really has."""
    node: Any = tree
    line = 1
    for step in location:
        try:
            lines: Any = node.lc
            place = lines.item(step) if isinstance(node, list) else lines.key(step)
            node = node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            continue
        line = place[0] + 1
    return int(line)


def place_of(node: Any, value: str, path: tuple[Step, ...] = ()) -> tuple[Step, ...] | None:
    """The path to the first key or text of a tree that is ``value``."""
    items: typing.Iterable[tuple[Step, Any]] = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for step, own in items:
        if value in (own, step):
            return (*path, step)
        deeper = place_of(own, value, (*path, step))
        if deeper is not None:
            return deeper
    return None


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that a part of a file may have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def models_at(annotation: Any, path: tuple[Step, ...], node: Any) -> list[type[BaseModel]]:
    """The models that may stand at a path; of a choice by its ``code`` those with that code."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return models_at(get_args(annotation)[0], path, node)
    if origin in (Union, UnionType):
        return [found for branch in get_args(annotation) for found in models_at(branch, path, node)]
    below: Any = None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not path:
            return [annotation] if _has_code(annotation, node) else []
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        below = fields.get(str(path[0]))
    elif path and origin in (list, dict):
        below = get_args(annotation)[-1]
    return models_at(below, path[1:], _child(node, path[0])) if below is not None else []


def _has_code(model: type[BaseModel], node: Any) -> bool:
    field = model.model_fields.get("code")
    if field is None or get_origin(field.annotation) is not Literal or not isinstance(node, Mapping):
        return True
    return node.get("code") in get_args(field.annotation)


def _child(node: Any, step: Step) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None
