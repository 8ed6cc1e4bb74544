"""What was typed, as it is compared and computed with: labels, keys, names, figures, states, dates, periods.

Pure functions without input or output; none raises for anything a return can hold.
"""

from reconcile.normalise.dates import Order, from_serial, read_date
from reconcile.normalise.folding import (
    fold_key,
    fold_label,
    fold_label_core,
    fold_name,
    sign_of_labels,
    sign_of_no_label,
    similarity,
)
from reconcile.normalise.formats import NumberFormat, parse_format
from reconcile.normalise.measures import DOUBTS, PLAIN, PROBLEMS, Change, Measure, Notation, State
from reconcile.normalise.notation import read_measures
from reconcile.normalise.numerals import plain
from reconcile.normalise.periods import as_of, fiscal_year, fold_period
from reconcile.normalise.plain_numbers import PlainFormat, plain_format
from reconcile.normalise.reasons import Quotation, quoted_figures, split_original_target
from reconcile.normalise.shown import shown
from reconcile.normalise.stated import stated_money
from reconcile.normalise.states import DITTO_BEGINS, is_ditto
from reconcile.normalise.units import MONEY, fold_unit
from reconcile.normalise.wording import NAMED, words_in

__all__ = [
    "DITTO_BEGINS",
    "DOUBTS",
    "MONEY",
    "NAMED",
    "PLAIN",
    "PROBLEMS",
    "Change",
    "Measure",
    "Notation",
    "NumberFormat",
    "Order",
    "PlainFormat",
    "Quotation",
    "State",
    "as_of",
    "fiscal_year",
    "fold_key",
    "fold_label",
    "fold_label_core",
    "fold_name",
    "fold_period",
    "fold_unit",
    "from_serial",
    "is_ditto",
    "parse_format",
    "plain",
    "plain_format",
    "quoted_figures",
    "read_date",
    "read_measures",
    "shown",
    "sign_of_labels",
    "sign_of_no_label",
    "similarity",
    "split_original_target",
    "stated_money",
    "words_in",
]
