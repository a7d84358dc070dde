# Every target does the same as run.py, which also works where make is missing.
PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
UV = $(shell command -v uv || ls .venv/bin/uv 2>/dev/null)
COMPILE = pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: run install install-dev test lint format lock messages bench-anonymity bench-judging bench

run: ## start everything: web, worker, scheduler, broker; Ctrl-C stops it
	@exec $(PYTHON) run.py

install: ## make .venv and install the locked dependencies
	@$(PYTHON) run.py install

install-dev:
	@$(PYTHON) run.py install --dev

test: ## everything that CI checks
	@$(PYTHON) run.py test

lint: install-dev ## the checks that need no database
	@$(VENV_PYTHON) -m config.verification --lint

format: install-dev ## rewrite the sources in the project's format
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix .

bench: install-dev ## what each page costs, with a hundred and with ten thousand entries: make bench DB=postgres; a ranking of a hundred thousand; then judging
	@$(VENV_PYTHON) -m benchmarks --db $(or $(DB),sqlite)
	@$(VENV_PYTHON) -m benchmarks.ranking --db $(or $(DB),sqlite)
	@$(VENV_PYTHON) -m benchmarks.judging $(ARGS)

bench-judging: install-dev ## dealing, calibration and ways to spend readings, against their goals (ARGS="--contests 0": sizes only)
	@$(VENV_PYTHON) -m benchmarks.judging $(ARGS)

bench-anonymity: install-dev ## how blind the copies are (ARGS="--quick": in a minute)
	@OPENBLAS_NUM_THREADS=1 $(VENV_PYTHON) -m benchmarks.anonymity $(ARGS)

messages: install-dev ## bring locale/*.po up to date with the sources
	@$(VENV_PYTHON) -m config.catalogues merge

lock: ## pin requirements/*.in anew (needs uv, on PATH or in .venv)
	@test -n "$(UV)" || { echo "uv is needed: .venv/bin/python -m pip install uv"; exit 1; }
	@$(UV) $(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	@$(UV) $(COMPILE) -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt
	@$(UV) $(COMPILE) --no-deps requirements/models.in -o requirements/models.txt
	@$(PYTHON) config/locks.py
