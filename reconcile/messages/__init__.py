"""A finding as a sentence, in Japanese or English.

The sentence of a code stands in the catalogue; what fills it is the finding's own data. Text from a return is only
ever put in, never read as a pattern, and what could disturb a terminal or a reader is made visible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from reconcile import catalogue
from reconcile.catalogue import term
from reconcile.findings import CellRef, Finding
from reconcile.messages.places import at, column_name, form_of, place, place_ref, row_name, version_name
from reconcile.messages.values import as_figure, clean, written
from reconcile.packs.model import Pack

LANGUAGES = ("ja", "en")
# What a cell was read as: a plain figure with its unit, which the sentence writes with commas.
READINGS = ("after", "read_as")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class _Absent(KeyError):
    """A sentence names something that the finding does not have."""


def render(finding: Finding, pack: Pack, lang: str) -> str:
    """The finding's sentence.

    A variant whose data are not all there falls back on the code's default sentence; what is still unknown is left
    as ``―``, for a finding must reach its reader (:func:`missing` lets tests see it).
    """
    said = _said(finding, pack, lang)
    if "alike" in finding.data:
        said += _filled(catalogue.words("roots")["beside"]["alike"].get(lang), finding, pack, lang, absent="―")
    return said


def _said(finding: Finding, pack: Pack, lang: str) -> str:
    entry = catalogue.entry(finding.code)
    for text in (catalogue.message(finding.code, finding.variant), entry.messages["default"]):
        try:
            return _filled(text.get(lang), finding, pack, lang)
        except _Absent:
            continue
    return _filled(entry.messages["default"].get(lang), finding, pack, lang, absent="―")


def missing(finding: Finding) -> frozenset[str]:
    """What the sentence of this finding would name and the finding does not have."""
    text = catalogue.message(finding.code, finding.variant)
    named = text.placeholders("ja") | text.placeholders("en")
    given = {*finding.data, *("said" for key in ("said_ja", "said_en") if key in finding.data)}
    given |= {"columns"} if "slots" in finding.data else set()
    return frozenset(n for n in named - GENERAL.keys() if n.removesuffix("_mb") not in given)


def _filled(template: str, finding: Finding, pack: Pack, lang: str, absent: str | None = None) -> str:
    def value(match: re.Match[str]) -> str:
        try:
            return _value(match[1], finding, pack, lang)
        except _Absent:
            if absent is None:
                raise
            return absent

    return _PLACEHOLDER.sub(value, template)


def filled(template: str, data: Mapping[str, object], lang: str) -> str:
    """A sentence of the commands with its values in place; a text stays whole up to a thousand characters.

    Raises:
        KeyError: when the sentence names something that is not given, which is a bug.
    """

    def value(match: re.Match[str]) -> str:
        given = data[match[1]]
        return clean(given, 1000) if isinstance(given, str) else written(given, CellRef(""), lang)

    return _PLACEHOLDER.sub(value, template)


def _value(name: str, finding: Finding, pack: Pack, lang: str) -> str:
    if name == "forms" and isinstance(forms := finding.data.get("forms"), tuple):
        names = tuple(pack.forms[form].name.get(lang) if form in pack.forms else form for form in forms)
        return written(names, finding.ref, lang)
    if name == "columns" and isinstance(slots := finding.data.get("slots"), tuple):
        return written(tuple(_column_of(finding, slot, pack, lang) for slot in slots), finding.ref, lang)
    if name == "said" and f"said_{lang}" in finding.data:
        return clean(str(finding.data[f"said_{lang}"]), 1000)
    if name in finding.data and name != "row_name":
        value = finding.data[name]
        if name == "read_as" and finding.variant == "basis":
            value = _basis_name(str(finding.data.get("basis")), finding, pack, lang) or value
        if name in READINGS and isinstance(value, str):
            value = as_figure(value)
        return written(value, finding.ref, lang, signed=name == "difference")
    if name in GENERAL:
        return GENERAL[name](finding, pack, lang)
    in_bytes = finding.data.get(name.removesuffix("_mb"))
    if name.endswith("_mb") and isinstance(in_bytes, int):
        return f"{in_bytes / 1_000_000:,.0f}"
    raise _Absent(name)


def _column_of(finding: Finding, slot: str, pack: Pack, lang: str) -> str:
    field, version, period = (*slot.split(".", 2), "", "")[:3]
    return column_name(replace(finding, field=field, version=version, period=period), pack, lang)


def _form_name(finding: Finding, pack: Pack, lang: str) -> str:
    form = form_of(finding, pack)
    return form.name.get(lang) if form else finding.form


def _form_title(finding: Finding, pack: Pack, lang: str) -> str:
    form = form_of(finding, pack)
    return form.title.get(lang) if form else finding.form


def _absent(finding: Finding, _: Pack, lang: str) -> str:
    return _with_name(str(finding.data.get("typed_key") or finding.record), finding, lang)


def _meant(finding: Finding, _: Pack, lang: str) -> str:
    return _with_name(str(finding.data.get("nearest", "")), finding, lang)


def _with_name(key: str, finding: Finding, lang: str) -> str:
    """``「1-2」（訓練の回数）``: a record of the register, with its name where the register has one beside the key."""
    name = clean(str(finding.data.get("name", "")))
    name = "" if name == clean(key) else name
    if lang == "ja":
        return f"「{clean(key)}」" + (f"（{name}）" if name else "")
    return f"{clean(key)} ({name})" if name else f'"{clean(key)}"'


# What every sentence may name, whatever the finding's data; the rest comes from Finding.data.
GENERAL: Mapping[str, Callable[[Finding, Pack, str], str]] = {
    "place": place,
    "at": lambda finding, _, lang: at(finding, lang),
    "row_name": lambda finding, pack, _: row_name(finding, pack),
    "column_name": column_name,
    "field": column_name,
    "form": _form_name,
    "form_title": _form_title,
    "version": lambda finding, pack, lang: version_name(finding.version, pack, lang),
    "found": lambda finding, _, __: clean(finding.found),
    "expected": lambda finding, _, __: clean(finding.expected),
    "record": lambda finding, _, __: clean(finding.record),
    "absent": _absent,
    "meant": _meant,
    "department": lambda finding, _, __: clean(finding.department),
    "file": lambda finding, _, __: clean(finding.ref.file),
    "sheet": lambda finding, _, __: clean(finding.ref.sheet),
    "cell": lambda finding, _, __: finding.cell or "",
}


def _basis_name(basis: str, finding: Finding, pack: Pack, lang: str) -> str:
    """The word of the pack's own list for a basis: 年度末値, year-end value."""
    form = form_of(finding, pack)
    if form is None or form.basis is None or form.basis.field is None:
        return ""
    rows = pack.code_list(form.fields[form.basis.field]).rows
    return next((row.get(lang, "") for row in rows if row.get("code") == basis), "")


def severity_name(severity: str, lang: str) -> str:
    """エラー / 要確認 / 参考."""
    return term("severity", severity, lang)


def severity_meaning(severity: str, lang: str) -> str:
    """What a severity asks of the reader: 直さないと公表できません …"""
    return term("severity_meaning", severity, lang)


def verdict_name(verdict: str, lang: str) -> str:
    """The word for a verdict of :data:`reconcile.balances.VERDICTS`."""
    return term("verdict", verdict, lang)


def why_text(why: str, lang: str) -> str:
    """Why something could not be judged.

    Raises:
        KeyError: for a reason ``why.yaml`` does not have; the reasons are the program's own, so that is a bug.
    """
    return catalogue.words("why")["why"][why].get(lang)


__all__ = [
    "GENERAL",
    "LANGUAGES",
    "clean",
    "filled",
    "missing",
    "place",
    "place_ref",
    "render",
    "severity_meaning",
    "severity_name",
    "verdict_name",
    "why_text",
]
