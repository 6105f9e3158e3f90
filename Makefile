# The one task file. `make demo` does the main job on a fresh machine, `make test` checks it all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test bench table proofs lint gallery pictures

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "regions needs Python 3.11 or newer, this is %d.%d: make PYTHON=python3.11" % v)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: setup
	$(BIN)/regions gallery shapes --output build/demo

test: setup
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

bench: $(VENV)/.bench
	$(BIN)/python -m tests.bench

$(VENV)/.bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

table: setup
	$(BIN)/python -m tests.table --strategy edges

proofs: setup
	$(BIN)/python -m tests.proofs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gallery: setup
	$(BIN)/regions gallery shapes --output gallery

pictures: setup
	mkdir -p docs/pictures/language/small docs/pictures/front
	$(BIN)/python -m regions.story.front docs/pictures/front
	$(BIN)/python -m regions.story.stages docs/pictures
	$(BIN)/python -m regions.story.language docs/language.md docs/pictures/language
