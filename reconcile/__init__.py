"""Reads departments' returns, checks them, and consolidates them into a master workbook."""

__version__ = "0.1.0"
