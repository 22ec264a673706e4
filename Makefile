# run and test are for everybody; check, bench and torture are for those who change the program.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Its dates are laid around the day it is made: each day has one of its own.
LOCALE := store/reports/locale
DEMO := .demo/$(shell date +%F)/commitments.json

.PHONY: run test check bench torture picture catalogue clean

run: $(VENV)/.installed
	@test -f $(DEMO) || $(BIN)/followup demo $(DEMO) >/dev/null
	@if [ -t 0 ] && [ -t 1 ] && [ -t 2 ]; then FOLLOWUP_STORE=$(DEMO) $(BIN)/followup; \
	else FOLLOWUP_STORE=$(DEMO) $(BIN)/followup status; fi
	@echo
	@echo "This was the demo store. Try it yourself: export FOLLOWUP_STORE=$(CURDIR)/$(DEMO) PATH=$(CURDIR)/$(BIN):\$$PATH"

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks $(BENCH)

torture: $(VENV)/.installed-dev
	$(BIN)/python -m torture $(TORTURE)

# After a change of the papers' words: the new ones stand untranslated in followup.po, which is compiled as it is.
catalogue: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract --no-location --no-default-keywords -k say -k phrase -k plural:1,2 \
	  --project followup --version 1 -o $(LOCALE)/followup.pot store/reports
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100 \
	  -D followup -i $(LOCALE)/followup.pot -d $(LOCALE)
	rm $(LOCALE)/followup.pot
	$(BIN)/pybabel -q compile -D followup -d $(LOCALE)

picture: $(VENV)/.installed
	$(BIN)/python docs/picture.py

clean:
	rm -rf $(VENV) .demo

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "followup needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q store tui
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@
