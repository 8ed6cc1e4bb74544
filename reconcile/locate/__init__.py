"""Finds the forms of a pack in a workbook by their printed labels, wherever they stand."""

from reconcile.locate.band import Band, Matched
from reconcile.locate.card import Card, CardLabels, find_cards
from reconcile.locate.example_sheets import ExampleCaption, example_caption
from reconcile.locate.grid import Grid
from reconcile.locate.lines import LineLabels
from reconcile.locate.regions import Placement, find_placements
from reconcile.locate.tags import Tagged, find_tagged, tagged_part
from reconcile.locate.titles import NOTES
from reconcile.locate.vocabulary import Vocabulary

__all__ = [
    "NOTES",
    "Band",
    "Card",
    "CardLabels",
    "ExampleCaption",
    "Grid",
    "LineLabels",
    "Matched",
    "Placement",
    "Tagged",
    "Vocabulary",
    "example_caption",
    "find_cards",
    "find_placements",
    "find_tagged",
    "tagged_part",
]
