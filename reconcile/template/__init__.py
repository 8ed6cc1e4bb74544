"""Blank returns, made from a pack alone: one workbook for each department, filled in as far as the register knows."""

from reconcile.template.writing import Templates, write_templates

__all__ = ["Templates", "write_templates"]
