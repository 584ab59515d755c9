# Two commands for everybody: `make run` and `make test`. The rest serves them.
.DEFAULT_GOAL := help
.PHONY: help setup development run test check format schema fuzz bench torture lock wheel clean

PYTHON ?= python3
PORT ?= 8000
SECONDS ?= 600
TARGET ?= questionnaires
VENV := .venv
FUZZ := .venv-fuzz
BIN := $(VENV)/bin
UV := $(BIN)/uv
# An organisation's own certificate authority is in the system's store, not in the installer's.
export UV_SYSTEM_CERTS ?= 1
# What lies in the environment is what the lock files say, hash by hash.
INSTALL := $(UV) pip install --quiet --python $(BIN)/python --require-hashes

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.installed ## make the virtual environment with the assessment command in it

$(VENV)/.installed: requirements/setup.txt requirements/use.txt requirements/system.sh pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "error: Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@echo "Setting up $(VENV) ..."
	@sh requirements/system.sh pdf
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@$(INSTALL) -r requirements/use.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

development: $(VENV)/.developing ## add what the checks need: test tools and a browser

$(VENV)/.developing: $(VENV)/.installed requirements/development.txt
	@echo "Adding the development tools ..."
	@sh requirements/system.sh browser
	@$(INSTALL) -r requirements/development.txt
	@touch $@

run: export ASSESSMENT_BASE_URL ?= http://127.0.0.1:$(PORT)
run: setup ## fill a demonstration enterprise on the first start and serve it
	@$(BIN)/assessment db upgrade --quiet
	@$(BIN)/assessment demo --once
	@exec $(BIN)/assessment serve --port $(PORT)

test: development ## run all checks
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest --numprocesses auto --dist worksteal

check: development ## format, lint, types and import contracts, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: development ## let the formatter and the linter mend what they can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: setup ## write the JSON Schema for editors anew, after the format changed
	$(BIN)/assessment schema > questionnaires/questionnaire-1.json

fuzz: $(FUZZ)/.installed ## look for documents that break the reader, for SECONDS=600 (TARGET=conversions: the converters)
	@$(FUZZ)/bin/python -m tests.fuzz.questionnaires $(TARGET) $(SECONDS)

bench: setup ## measure how fast people are served who answer; ends with 1 where a goal is missed
	@$(BIN)/python -m benchmarks.answering

torture: setup ## kill the server 200 times under people who answer, then look whether planted faults are found
	@$(BIN)/python -m benchmarks.torture --faults

# The fuzzer has an environment of its own: the other one holds what its lock files say, and nothing else.
$(FUZZ)/.installed: $(VENV)/.installed requirements/use.txt requirements/fuzz.txt
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv --without-pip $(FUZZ)
	@$(UV) pip install --quiet --python $(FUZZ)/bin/python --require-hashes -r requirements/use.txt -r requirements/fuzz.txt
	@touch $@

lock: setup ## write the lock files anew (add UPGRADE=--upgrade for newer versions)
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) requirements/setup.in -o requirements/setup.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) pyproject.toml -o requirements/use.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) --extra development --constraint requirements/use.txt pyproject.toml -o requirements/development.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) --constraint requirements/use.txt requirements/fuzz.in -o requirements/fuzz.txt

wheel: setup ## build the wheel into dist/
	@$(UV) build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir dist

clean: ## remove what was made, the data in instance/ excepted
	rm -rf $(VENV) $(FUZZ) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
