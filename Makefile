# Rembuk: `make run` and `make test` are all one needs; both may be repeated at will.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test lint bench doctor picture requirements clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 20

run: $(VENV)/run.done ## set up, build the demo city if the database is empty, and serve on 127.0.0.1
	@$(BIN)/python -m dashboard serve --port $(PORT)

test: $(VENV)/test.done lint ## set up and run the whole suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q

lint: $(VENV)/test.done ## check style, types and the floors of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >.lint-imports.log || { cat .lint-imports.log; rm -f .lint-imports.log; exit 1; }
	@rm -f .lint-imports.log

bench: $(VENV)/test.done ## run the benchmarks and print one table
	@$(BIN)/python -m tests.benchmarks

doctor: $(VENV)/run.done ## say what is installed, what is missing and what to do
	@$(BIN)/python -m dashboard doctor

picture: $(VENV)/test.done ## take the README's picture of the map again
	@$(BIN)/python -m tests.browser.picture

requirements: $(VENV)/test.done ## pin again from pyproject.toml
	@$(BIN)/pip-compile -q --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --strip-extras -o requirements.txt pyproject.toml
	@$(BIN)/pip-compile -q --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --strip-extras --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## remove the virtual environment; the database in .rembuk stays
	@rm -rf $(VENV)

$(VENV)/run.done: requirements.txt setup.sh
	@sh setup.sh requirements.txt
	@touch $@

$(VENV)/test.done: requirements-dev.txt $(VENV)/run.done setup.sh
	@sh setup.sh requirements-dev.txt
	@touch $@
