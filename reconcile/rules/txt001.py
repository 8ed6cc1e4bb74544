"""TXT001: a placeholder is left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from reconcile.facts import ERROR, MILESTONE, TEXT
from reconcile.normalise import fold_name, sign_of_labels
from reconcile.packs.checks import PlaceholderCheck
from reconcile.packs.model import Form
from reconcile.rules.context import Confrontation, Outcome, finding_at, involved, unreadable

# What may stand around a word that holds the place of a text: 「目標値は調整中です」「現在、調整中」.
_BEFORE = r"(?:現在|目下|ただいま|今後)?(?:.{1,8}[はが])?(?:現在|目下)?"
_AFTER = r"(?:です|である|とする|となる|のため|につき)?"
_ENDS = re.compile(r"[\s、。，．,.:：;；()（）\[\]［］【】「」『』〈〉《》/／※＊*]+")


def judge(check: PlaceholderCheck, form: Form, data: Confrontation) -> Outcome:
    """Each text of the fields named, and each figure's cell that holds words instead.

    ○○ counts wherever it stands. A word (調整中) counts where a phrase consists of it, not inside a sentence that
    tells of something: 「関係機関と調整中であった」 is no placeholder. A figure that could not be read is FLD002.
    """
    outcome = Outcome()
    table = data.table(form.form)
    if table is None:
        return outcome
    records = table.is_level("record")
    broken = [table.at(name)[records & (table.state(name) == ERROR)] for name in check.fields]
    outcome.unjudged = unreadable(data.facts, np.concatenate(broken), check.code, "", "text_not_readable")
    chosen = [
        table.at(name)[records & (table.text(name) != "") & (table.state(name) != ERROR)] for name in check.fields
    ]
    for slot in form.slots():
        field = form.fields[slot.partition(".")[0]]
        if field.numeric:
            words = (MILESTONE, TEXT) if field.may_be_text("".join(slot.split(".")[1:2])) else (MILESTONE,)
            chosen.append(table.at(slot)[records & np.isin(table.state(slot), words)])
    cells = np.unique(np.concatenate(chosen)) if chosen else np.zeros(0, dtype=np.int64)
    facts = data.facts
    # Several measures of one cell share its text.
    cells = cells[np.sort(np.unique(facts.cell_numbers(cells), return_index=True)[1])]
    texts = facts.raw[cells].tolist()
    placeholders = data.pack.file.placeholders
    sign = sign_of_labels(map(fold_name, placeholders))
    found_in = {
        text: "" if sign is not None and sign.search(text) is None else placeholder_in(text, placeholders)
        for text in dict.fromkeys(texts)
    }
    left = [(cell, found_in[text]) for cell, text in zip(cells.tolist(), texts, strict=True) if found_in[text]]
    outcome.passed = len(cells) - len(left)
    for cell, placeholder in left:
        outcome.findings.append(
            finding_at(
                facts,
                cell,
                check.code,
                variant="whole" if fold_name(str(facts.raw[cell])) == fold_name(placeholder) else "",
                data={"placeholder": placeholder},
                cells=involved(facts, [cell], "text"),
            )
        )
    return outcome


def placeholder_in(text: str, placeholders: Iterable[str]) -> str:
    """The first of the placeholders that is left in a text; empty where none is."""
    folded = fold_name(text)
    phrases = [fold_name(phrase) for phrase in _ENDS.split(text) if phrase]
    for placeholder in placeholders:
        word = fold_name(placeholder)
        if not any(character.isalpha() or character.isdigit() for character in word):
            if word in folded:
                return placeholder
        elif any(re.fullmatch(_BEFORE + re.escape(word) + _AFTER, phrase) for phrase in phrases):
            return placeholder
    return ""
