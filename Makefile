# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OUT    := out
JOBS   ?= 2

.PHONY: help demo test lint bench figures lock clean

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

# The environment is made anew when the lock file or the project's own description changes.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("trucewatch needs Python 3.11 or newer; say which with: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once; under a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## read the shipped example reports, link some to incidents, hold some against an agreement, write a situation report
	@mkdir -p $(OUT) && rm -f $(OUT)/demo.db* $(OUT)/truce.db*
	@$(BIN)/trucewatch read examples/*.txt --format html -o $(OUT)/examples.html --jobs $(JOBS)
	@echo "One report as a record: the first lines of 'trucewatch read examples/02-ostukraine-2021.txt'"
	@$(BIN)/trucewatch read examples/02-ostukraine-2021.txt --format text | sed -n '1,7p'
	@echo "…"
	@echo
	@echo "Seven reports, three incidents, each with its grade and how many origins stand behind it:"
	@$(BIN)/trucewatch add examples/sudan-2024.jsonl --database $(OUT)/demo.db
	@$(BIN)/trucewatch incidents --no-background --database $(OUT)/demo.db
	@echo
	@echo "Fifteen reports held against an agreement:"
	@$(BIN)/trucewatch add examples/donbass-2021.jsonl --database $(OUT)/truce.db
	@$(BIN)/trucewatch assess --agreement minsk-measures-2020 --since 2021-03-26 --until 2021-04-04 --database $(OUT)/truce.db | sed -n '1,9p'
	@echo
	@$(BIN)/trucewatch report --agreement minsk --since 2021-03-26 --until 2021-04-04 -o $(OUT)/lagebericht.html --database $(OUT)/truce.db
	@$(BIN)/trucewatch report --agreement minsk --since 2021-03-26 --until 2021-04-04 -o $(OUT)/report.pdf --lang en --database $(OUT)/truce.db
	@echo
	@echo "Open these (all reports are invented):"
	@echo "  file://$(CURDIR)/$(OUT)/examples.html    ten reports, every field linked to its words"
	@echo "  file://$(CURDIR)/$(OUT)/lagebericht.html a situation report; in English: $(OUT)/report.pdf"
	@echo "Then: trucewatch show INCIDENT --database $(OUT)/demo.db, with an id from the list above"

test: $(READY)  ## run the tests
	@$(BIN)/python -m pytest

lint: $(READY)  ## ruff, mypy --strict over src/, import rules
	@failed=0; \
	$(BIN)/ruff check src tests benchmarks || failed=1; \
	$(BIN)/mypy --strict src || failed=1; \
	$(BIN)/lint-imports --no-logo || failed=1; \
	exit $$failed

bench: $(READY)  ## reports per second, cold start, memory
	@$(BIN)/python benchmarks/bench.py

figures: $(READY)  ## the same, and put figures and example into README.md and docs/
	@$(BIN)/python benchmarks/bench.py --docs

lock: $(READY)  ## pin what pyproject.toml asks for, with hashes, for every platform
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' -o requirements.lock

clean:  ## remove what was made
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
