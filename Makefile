# make run    the hub on http://127.0.0.1:8000 (PORT= changes the port, HUB_DATA= the folder of its data)
# make test   every test
# make help   the rest

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/packages/*/LC_MESSAGES/*.po))
PYTHON_FILES := hub home resources search tests container .ci manage.py

.PHONY: help run test test-quick check bench catalogues messages format requirements clean environment environment-dev system-packages

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment catalogues ## Set up what is missing, then serve the hub on 127.0.0.1:8000 (PORT=, HUB_DATA=)
	@exec $(BIN)/python manage.py set_up --serve

test: environment-dev system-packages catalogues ## Run every test, on SQLite and on PostgreSQL (COVERAGE=1 measures that too)
	@.ci/run_tests

test-quick: environment-dev catalogues ## Run the tests that need no browser, server nor other process
	@.ci/run_tests --quick

check: environment-dev system-packages catalogues ## Lint, templates, migrations, deployment settings, catalogues
	@.ci/run_checks

bench: environment-dev catalogues ## Measure speed and size: a table, and JSON
	@$(BIN)/python -m tests.bench

catalogues: $(CATALOGUES) ## Compile the gettext catalogues

%.mo: %.po | environment
	@$(BIN)/python .ci/compile_catalogues.py $<

messages: environment-dev system-packages ## Gather new strings, of the hub and of packages, into the catalogues
	@source .ci/tools.sh; $(BIN)/python .ci/catalogues.py gather
	@$(MAKE) catalogues
	@$(BIN)/python .ci/package_catalogues.py

format: environment-dev ## Format Python and templates
	@$(BIN)/ruff check --quiet --fix $(PYTHON_FILES) || true
	@$(BIN)/ruff format $(PYTHON_FILES)
	@find hub home resources search -name '*.html' | xargs --no-run-if-empty $(BIN)/djhtml --tabwidth 2 --quiet

requirements: environment-dev ## Pin the dependencies of pyproject.toml anew (UPGRADE=1: to their newest versions)
	@.ci/pin_requirements

clean: ## Remove what make made, except the data of the hub
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	@find . -path ./.git -prune -o \( -name __pycache__ -o -name '*.mo' \) -print0 | xargs -0 --no-run-if-empty rm -rf

environment:
	@$(PYTHON) .ci/environment.py

environment-dev:
	@$(PYTHON) .ci/environment.py --dev

system-packages: environment-dev
	@.ci/install_system_packages
	@.ci/install_proxy
