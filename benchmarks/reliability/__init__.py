"""Measurements of what becomes of damaged files, and of runs that are killed."""
