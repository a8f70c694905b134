# Two commands: `make demo` and `make test`. `make` alone prints help.

PYTHON ?= python3
# TORCH=pinned installs the torch of constraints.txt; TORCH=system uses the one $(PYTHON) has.
TORCH ?= pinned
# How many rows the benchmarks of the kernels take; 1 M and 10 M unless said.
ROWS ?=

# The folder of this file, also when it is called with -f from elsewhere and the path holds spaces.
HERE := $(shell cd "$$(dirname "$$(echo "$(MAKEFILE_LIST)" | sed 's/^ //')")" && pwd -P)
GOALS := help demo test test-cuda test-kill test-aa test-gate coverage bench bench-store gate gate-record lint clean
.PHONY: $(GOALS)
.DEFAULT_GOAL := help

ifneq ($(CURDIR),$(HERE))
$(GOALS):
	@$(MAKE) --no-print-directory -C "$(HERE)" $@
else

# The stamp is made last, so an interrupted set-up is redone.
READY := .venv/.ready-$(TORCH)
FITMENT := .venv/bin/fitment
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet install --no-warn-script-location

help:
	@echo "make demo        measure a few models here, join published results, recommend (after set-up: < 6 min)"
	@echo "make test        the whole test suite"
	@echo "make test-cuda   only the tests that need a CUDA device"
	@echo "make test-aa     measure tiny cells twice, live: do two measurements of one thing agree? (10 min, idle machine)"
	@echo "make test-gate   gate one commit against itself, live: 20 trials without an alarm (10 min, idle machine)"
	@echo "make test-kill   a sweep of 200 cells, killed ten times at random moments (minutes)"
	@echo "make coverage    the tests of the kernels, uncompiled: which lines of their bodies ran"
	@echo "make bench       the benchmarks, with their rivals in the same run; writes their table into README.md"
	@echo "make bench-store ten million stored results scored, beside SQL, and asked; published ones; two writers (minutes)"
	@echo "make gate        the project's own gate: counters against the baselines in benchmarks/, times as advice"
	@echo "make gate-record those baselines anew, for a change that is meant"
	@echo "make lint        ruff and strict mypy"
	@echo "make clean       remove .venv, build products and the demo's store"
	@echo
	@echo "ROWS=50000000 make bench takes other numbers of rows, by comma."
	@echo "PYTHON=python3.12 chooses the interpreter; TORCH=system uses its installed torch (a GPU lab's own build)."

$(READY): constraints.txt pyproject.toml Makefile
	@"$(PYTHON)" -c 'import sys; sys.exit("fitment needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	rm -rf .venv
ifeq ($(TORCH),system)
	"$(PYTHON)" -m venv --system-site-packages .venv
	@.venv/bin/python -c 'import importlib.util, sys; sys.exit(None if importlib.util.find_spec("torch") else "TORCH=system: this Python has no torch; name the one that has it: make TORCH=system PYTHON=...")'
	grep -v '^torch==' constraints.txt > .venv/constraints.txt
else
	"$(PYTHON)" -m venv .venv
	cp constraints.txt .venv/constraints.txt
	$(PIP) -c .venv/constraints.txt torch
endif
	$(PIP) -c .venv/constraints.txt setuptools wheel
	$(PIP) -c .venv/constraints.txt --no-build-isolation --editable '.[dev]'
	touch $@

demo: $(READY)
	$(FITMENT) sweep configs/sweeps/quick.toml
	$(FITMENT) import timm configs/published/timm/*.csv
	$(FITMENT) calculate-scores
	$(FITMENT) recommend mlp-784-512-512-10 --top-k 5
	$(FITMENT) recommend mlp-784-512-512-10 --top-k 5 --latency-sensitive
	$(FITMENT) recommend all-MiniLM-L6-v2 --top-k 5
	$(FITMENT) recommend resnet50 --precision fp32 --top-k 5
	$(FITMENT) recommend vit_base_patch16_224 --top-k 5

test: $(READY)
	.venv/bin/python -m pytest -n 2

test-kill: $(READY)
	.venv/bin/python -m pytest tests/harness/kill_sweep.py

test-cuda: $(READY)
	.venv/bin/python -m pytest -m cuda -rs

test-aa: $(READY)
	.venv/bin/python -m pytest tests/live/aa.py

test-gate: $(READY)
	.venv/bin/python -m pytest tests/live/gate.py

# Numba's functions are left as plain Python, so that coverage sees their lines.
coverage: $(READY)
	NUMBA_DISABLE_JIT=1 .venv/bin/python -m coverage run -m pytest tests/kernels -m 'not compiled'
	.venv/bin/python -m coverage report

bench: $(READY)
	mkdir -p .benchmarks
	.venv/bin/python -m pytest benchmarks --benchmark-only --rows '$(ROWS)' --benchmark-json .benchmarks/kernels.json --benchmark-columns median,min,max,rounds
	.venv/bin/python -m benchmarks.tables .benchmarks/kernels.json --write
	.venv/bin/python -m benchmarks.harness_cost
	.venv/bin/python -m benchmarks.optimum_benchmark

bench-store: $(READY)
	.venv/bin/python -m benchmarks.store_scores
	.venv/bin/python -m benchmarks.ragged_scores
	.venv/bin/python -m benchmarks.two_writers

# Instructions are counted where valgrind is; without it they are told as not measured.
GATE := -q --benchmark-only
COUNTER := $(if $(shell command -v valgrind),callgrind,auto)

gate: $(READY)
	.venv/bin/python -m pytest benchmarks/gated.py $(GATE) --fitment-gate --fitment-baseline benchmarks/gated.json
	.venv/bin/python -m pytest benchmarks/gated_steps.py $(GATE) --fitment-gate --fitment-baseline benchmarks/gated_steps.json --fitment-instructions $(COUNTER)

gate-record: $(READY)
	$(FITMENT) gate record --output benchmarks/gated.json -- .venv/bin/python -m pytest benchmarks/gated.py $(GATE)
	$(FITMENT) gate record --output benchmarks/gated_steps.json --instructions $(COUNTER) -- .venv/bin/python -m pytest benchmarks/gated_steps.py $(GATE)

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

clean:
	rm -rf .venv .benchmarks .coverage build dist *.egg-info fitment.duckdb fitment.duckdb.wal fitment.journal

endif
