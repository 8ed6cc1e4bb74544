# make demo   installs into .venv and runs the main job on the bundled returns
# make test   installs into .venv and runs every check and test; make coverage measures what the tests run
# Needs Python 3.11 or newer and make; the network only for pip. PYTHON=python3.12 make test chooses another Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What the installed package is made of: a change in any of it installs again. (Workbooks are left out, since make
# cannot take names with spaces; they change together with the tables and scripts that make them.)
SOURCES := $(shell find reconcile schemas samples -type f \( -name '*.py' -o -name '*.yaml' -o -name '*.csv' \))

# What is between the cells of a return and its findings, where it names causes too.
CORE := reconcile/facts.py,reconcile/fact_columns.py,reconcile/fact_lines.py,reconcile/figures.py,reconcile/coded.py,reconcile/balances.py,$\
reconcile/constraints.py,reconcile/intake.py,reconcile/inputs.py,reconcile/repeats.py,reconcile/acceptance.py,$\
reconcile/consolidate.py,reconcile/validate.py,reconcile/findings.py,reconcile/submissions.py,reconcile/tallies.py,$\
reconcile/consequences.py,reconcile/edits.py,reconcile/source_files.py,reconcile/locate/*,reconcile/extract/*,reconcile/rules/*,$\
reconcile/localisation/*,reconcile/localiser/*

.PHONY: help demo golden docs test lint coverage clean
.DEFAULT_GOAL := help

help:
	@sed -n '1,3s/^# //p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; found: $$($(PYTHON) --version 2>&1). Set PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The demo uses the package as a user would install it, the tests use the checkout; the stamp that is newer holds.
$(VENV)/.installed: pyproject.toml $(SOURCES) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@rm -f $(VENV)/.developing
	@touch $@

$(VENV)/.developing: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@rm -f $(VENV)/.installed
	@touch $@

demo:
	@test -e $(VENV)/.developing || $(MAKE) --no-print-directory $(VENV)/.installed
	@$(BIN)/reconcile demo

lint: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Writes anew what must come out of the samples (samples/*/expected); read the difference before you commit it.
golden: $(VENV)/.developing
	PYTHONPATH=tests/pipeline $(BIN)/python tests/pipeline/golden.py

# Writes anew what the documents take from the program: the rules, and the keys of packs.
docs: $(VENV)/.developing
	$(BIN)/python docs/rules.py
	$(BIN)/python docs/pack_keys.py

test: lint
	$(BIN)/python -m pytest -n auto

# Which lines and branches the tests run: the reader and the normaliser whole, the core nearly so.
coverage: $(VENV)/.developing
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -n auto tests
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=100 --skip-covered --include='reconcile/package/*,reconcile/normalise/*'
	$(BIN)/python -m coverage report --fail-under=95 --skip-covered --include='$(CORE)'

clean:
	rm -rf .coverage* $(VENV) build dist reconcile-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
