"""From located forms to columns of facts: the values of one workbook, with what stood in the way."""

from reconcile.extract.answered import extract_answers
from reconcile.extract.workbook import Extracted, extract

__all__ = ["Extracted", "extract", "extract_answers"]
