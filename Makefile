# `make` alone shows the targets. Everything runs in .venv, which the first target that needs it makes.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
FILE ?=

.PHONY: help demo test static check bench check-bench eval build clean

help: ## show this
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# What the demo does not need: the test tools and the cluster engine (some hundred megabytes).
.venv/dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: .venv/installed ## summarise the sample from its recording, or FILE=path with whatever engine is configured
	@if [ -n "$(FILE)" ]; then $(BIN)/summarise "$(FILE)"; else $(BIN)/summarise evals/cases/morocco-us-ai/article.txt --replay evals/recordings/pipeline/morocco-us-ai; fi

test: .venv/dev ## run the tests (offline)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --cov --cov-report=term --cov-fail-under=90

static: .venv/dev ## lint, types, import contracts, labels
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m evals check

check: static test eval ## everything that CI runs but the wheel

bench: .venv/dev ## measure against the peers, an hour or so, and write docs/benchmarks.md
	$(BIN)/python -m bench

check-bench: .venv/dev ## a short benchmark: has any ratio become worse than bench/baseline.json?
	$(BIN)/python -m bench check

eval: .venv/dev ## judge every system on every case, offline, from the recordings
	$(BIN)/python -m evals

build: .venv/dev ## build the wheel
	$(BIN)/python -m build --wheel

clean: ## remove what can be made again
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .coverage
