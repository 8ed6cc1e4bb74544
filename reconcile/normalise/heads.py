"""What stands before a number: its label, its sign, and words that qualify it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from reconcile.normalise.brackets import dates_shown, is_date_only
from reconcile.normalise.characters import closed_up
from reconcile.normalise.folding import fold_label


class Head(NamedTuple):
    """What was found: component (folded), notes, sign as typed, whether 約 stands there, the currency sign."""

    component: str = ""
    notes: tuple[str, ...] = ()
    sign: str = ""
    about: bool = False
    currency: str = ""
    problem: str = ""
    doubts: tuple[str, ...] = ()


_ABOUT: Final = re.compile(r"(?:約|およそ|おおよそ|概ね|おおむね|凡そ)\s*$")
_SIGN: Final = re.compile(r"[-+▲△‐‑‒–—―─ーｰ]\s*$")
_CURRENCY: Final = re.compile(r"[¥£$€]\s*$")
_BULLETS: Final = "・○●◎◆◇■□▪▫※ \n"
_QUALIFIERS: Final = re.compile(r"(?:(?:延べ|のべ|延|累計|累積|合計|総計|総数|計|通算|年間|年|全)\s*)+")
_HALF_BRACKET: Final = re.compile(r"\([^)]*$|^[^(]*\)")
#: Words before a number that make it something else than the figure of the record.
_REFUSED: Final = (
    ("bound", re.compile(r"(?:最大|最小|最低|最高|上限|下限|少なくとも)$")),
    ("not_a_number", _HALF_BRACKET),
    ("ordinal", re.compile(r"第$")),
    ("range", re.compile(r"[~→⇒➡]$")),
    ("each", re.compile(r"(?:各.{0,6}|毎.|月|週|日|[当あ]たり)$")),
)
_LABEL: Final = re.compile(
    r"(?=.*[一-鿿ァ-ヺ])[A-Za-z一-鿿々ァ-ヺーｦ-ﾟぁ-ん・/「」\ue030-\ue039()\[\] -]*[一-鿿々ァ-ヺーｦ-ﾟべめりみき」)]\s*"
)
_NO_LABEL: Final = re.compile(r"(?:から|まで|より|前年|昨年|超|うち)$|^(?:うち|内[^一-鿿])|^内$")


@lru_cache(maxsize=16384)
def read_head(text: str) -> Head:
    """`text` (narrow, dates hidden, up to a number) taken apart."""
    head, sign, about, currency = text, "", False, ""
    doubts: tuple[str, ...] = ()
    while True:
        if found := _ABOUT.search(head):
            about = True
        elif not sign and (found := _SIGN.search(head)) and not _is_prolonged(head, found):
            sign = found[0].strip()
            if sign not in "▲△+" and (sign != "-" or len(found[0]) > 1):
                # Another dash, or one apart from its number, can be a bullet.
                doubts = ("dash_as_minus",)
        elif not currency and (found := _CURRENCY.search(head)):
            currency = found[0].strip()
        else:
            break
        head = head[: found.start()]
    label, colon, rest = head.rpartition(":")
    component, notes, problem = _words(rest, bool(colon), sign)
    if colon and not problem:
        named = dates_shown(label).strip(_BULLETS)
        if component or not named or ":" in named or _HALF_BRACKET.search(named):
            problem = "not_a_number"
        elif _QUALIFIERS.fullmatch(named) or is_date_only(named):
            notes = (closed_up(named), *notes)
        else:
            component = fold_label(named)
    if component and not colon and head.endswith("\n"):
        doubts = (*doubts, "label_or_text")
    return Head(component, notes, sign, about, currency, problem, doubts)


def _is_prolonged(head: str, dash: re.Match[str]) -> bool:
    """Is the dash the end of a word in katakana (コンピューター 5台)?"""
    return dash[0].strip() in "ーｰ" and re.search("[ァ-ヺｦ-ﾟぁ-ん]$", head[: dash.start()]) is not None


def _words(text: str, after_colon: bool, sign: str) -> tuple[str, tuple[str, ...], str]:
    """(component, notes, problem) of the words directly before a number."""
    words = text.strip(_BULLETS)
    if not words:
        return "", (), ""
    if _QUALIFIERS.fullmatch(words):
        return "", (closed_up(words),), ""
    if problem := next((kind for kind, pattern in _REFUSED if pattern.search(words)), ""):
        return "", (), problem
    if is_date_only(words):
        return "", (closed_up(dates_shown(words)),), ""
    # A word and a dash (コース-5) can be a name as well as a negative figure.
    named = _LABEL.fullmatch(words) and len(words) > 1 and not (sign and sign not in "▲△+")
    if after_colon or not named or _NO_LABEL.search(words):
        return "", (), "not_a_number"
    return fold_label(dates_shown(words)), (), ""
