"""Packs written for a test: a folder of small text files, with one form or several."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reconcile.packs import Pack, load

MAIN = """
pack: small
title: {ja: 小さな様式, en: Small}
cover: cover.yaml
periods: {"2023": {ja: 2023年, en: "2023"}, "2024": {ja: 2024年, en: "2024"}}
versions: {planned: {ja: 計画, en: planned}, spent: {ja: 実績, en: spent}, rest: {ja: 残, en: rest}}
departments: departments.csv
forms: [%s]
"""
COVER = """
form: cover
name: {ja: 表紙, en: Cover}
title: {ja: 表紙, en: Cover}
layout: card
fields: {department: {type: text, label: 提出部署, required: true}}
"""
DEPARTMENTS = "name,also\n危機管理部,\n道路部,\n"


def write_pack(folder: Path, forms: Mapping[str, str], files: Mapping[str, str] | None = None) -> Path:
    """A pack whose ``forms`` (name → text of its file) stand beside ``files`` (path → text, lists mostly)."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "pack.yaml": MAIN % ", ".join(f"{name}.yaml" for name in forms),
        "cover.yaml": COVER,
        "departments.csv": DEPARTMENTS,
        **{f"{name}.yaml": text for name, text in forms.items()},
        **(files or {}),
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small_pack(folder: Path, forms: Mapping[str, str], files: Mapping[str, str] | None = None) -> Pack:
    """The same, read."""
    return load(str(write_pack(folder, forms, files)))
