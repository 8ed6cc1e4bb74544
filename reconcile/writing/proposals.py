"""What was probably meant, in a few words beside the sentence: the cell, the figure, the slip, and how sure that is."""

from __future__ import annotations

from reconcile import catalogue
from reconcile.findings import Finding, Suggestion
from reconcile.messages.values import written
from reconcile.writing.words import word

# Another cause is named beside the first when it is at least so likely.
WORTH_NAMING = 0.05
# Of cells that cannot be told apart one is said to come nearest when it is so likely.
NEAR = 0.3
# The other reading of one wrong part: it was revised, and none of its totals.
TWIN = "totals_not_updated"
# What is wrong with a formula is a cause without a figure to be typed.
FORMULA = "formula_"


def proposed(finding: Finding, lang: str) -> str:
    """The proposal of a finding in the language of the reader; empty where there is none."""
    proposal = finding.suggestion
    cells = finding.data.get("candidates", ())
    if proposal is None and finding.variant.startswith(FORMULA):
        return catalogue.words("terms")["formula"][finding.variant].get(lang)
    if proposal is None:
        # Which of a few cells it is, no check can tell, nor what was meant.
        return word("undecided", lang, cells=written(cells, finding.ref, lang)) if cells else ""
    what = _what(finding, proposal, lang)
    if proposal.standing == "undecided" and isinstance(cells, tuple) and len(cells) == 1:
        # One cell, but not one figure: the sentence says what it should be.
        return word("proposal_probable", lang, proposal=what) if proposal.confidence >= NEAR else ""
    if proposal.standing == "undecided":
        open_ = word("undecided", lang, cells=written(cells, finding.ref, lang))
        nearest = proposal.confidence >= NEAR and _cause(proposal.cause, lang)
        return word("undecided_nearest", lang, undecided=open_, proposal=what) if nearest else open_
    if any(o.get("cause") == TWIN and _share(o) >= WORTH_NAMING for o in proposal.alternatives):
        what = word("proposal_or", lang, proposal=what, cause=_cause(TWIN, lang))
    if proposal.standing == "localised":
        return what
    key = {"constraints": "proposal_probable", "typing": "proposal_typing", "previous": "proposal_previous"}
    return word(key[proposal.evidence], lang, proposal=what)


def _what(finding: Finding, proposal: Suggestion, lang: str) -> str:
    """``F18 → 2,500 人（並んだ数字の入れ替わり）``."""
    key = "proposal" if proposal.exact else "proposal_about"
    what = word(key, lang, cell=written(proposal.ref, finding.ref, lang), shown=proposal.shown)
    slip = _cause(proposal.cause, lang)
    return word("proposal_cause", lang, proposal=what, cause=slip) if slip else what


def _cause(cause: str, lang: str) -> str:
    words = catalogue.words("terms")["cause"]
    return words[cause].get(lang) if cause in words else ""


def _share(other: object) -> float:
    share = other.get("confidence", 0.0) if isinstance(other, dict) else 0.0
    return float(share) if isinstance(share, float | int) else 0.0
