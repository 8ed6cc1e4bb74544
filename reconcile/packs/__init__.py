"""Packs: what one office collects, as data (forms, lists, registers, checks)."""

from reconcile.packs.load import PackError, available, load
from reconcile.packs.model import Basis, Column, Department, Form, FormField, Pack, Table, slot

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
