"""Packs: what one office collects, as data (forms, lists, registers, checks)."""

from reconcile.packs.load import available, load
from reconcile.packs.model import Basis, Column, Department, Form, FormField, Pack, Table, slot
from reconcile.packs.problems import PackError

__all__ = [
    "Basis",
    "Column",
    "Department",
    "Form",
    "FormField",
    "Pack",
    "PackError",
    "Table",
    "available",
    "load",
    "slot",
]
