# Every target is thin: the work is in `tongban`, pytest and the programs named here.
# PORT and VAR choose another port and data folder; DATABASE_URL any PostgreSQL server; PYTHON another Python.
# DATA is a folder of items and judged wishes by which make bench measures search.

PYTHON ?= python3
PORT ?= 8000
VAR ?= var
BIN := .venv/bin

export PORT
export TONGBAN_VAR = $(abspath $(VAR))
# Many processes are started here: none shall compile anew what another did, whatever the surroundings say.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo exercise serve worker migrate test check bench guards messages lock
.DEFAULT_GOAL := help

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1	\2/' | expand -t 14

demo: .venv/runtime ## start everything, with a small demonstration; Ctrl-C stops it
	@$(BIN)/tongban demo

exercise: .venv/runtime ## let officers practise ten cases, on a database and a clock of their own
	@$(BIN)/tongban exercise

serve: .venv/runtime ## the web server alone
	@$(BIN)/tongban serve

worker: .venv/runtime ## the worker alone: public log, timers, jobs
	@$(BIN)/tongban worker

migrate: .venv/runtime ## bring the database to this version
	@$(BIN)/tongban migrate

test: .venv/development ## the whole suite, browser journeys included
	@$(BIN)/python tools/needs.py
# Three for two cores: while one waits for a browser, a database or a process to start, two work.
	@$(BIN)/pytest -n 3 --dist loadgroup

check: .venv/development ## format, lint, types, import contract, migrations, templates
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/tongban migrate --check
	@$(BIN)/tongban check

bench: .venv/development ## one JSON line a benchmark, each with its ratio to a floor of the same run
	@$(BIN)/python -m bench $(if $(DATA),--data $(DATA))

screenshots: .venv/development ## the chief pages as pictures into docs/pictures
	@$(BIN)/python -m tools.screenshots

guards: .venv/development ## break each protection in a copy and see a test fail for it
	@$(BIN)/python tests/guards/run.py

messages: .venv/development ## bring the catalogues of other languages up to the texts of today
	@PYTHONPATH=src $(BIN)/python -m tools.messages

lock: ## choose the newest versions again; needs uv
	uv pip compile $(LOCKING) --upgrade requirements.in -o requirements.lock
	uv pip compile $(LOCKING) --upgrade requirements-dev.in -c requirements.lock -o requirements-dev.lock

LOCKING := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

# The environment is made again only when its lock, or how the project is installed, has changed.
.venv/runtime: requirements.lock pyproject.toml tools/environment.py
	@$(PYTHON) tools/environment.py requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	@$(PYTHON) tools/environment.py requirements-dev.lock
	@touch $@
