PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := -m pip install --quiet --disable-pip-version-check
LOCALE := store/locale
# Its dates are laid around the day it is made: each day has one of its own.
DEMO := .demo/$(shell date +%F)/demo.json

# Of pytest, on two cores: a third one works while another waits for a process, a terminal or a server.
WORKERS := 3

# Where it is set, each worker of each run would compile all tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-server test-torture test-release quick golden test-newest check bench torture release picture man docs catalogue lock clean help

run: $(VENV)/.installed  ## open the demo store; without a terminal, print its status
	@test -f $(DEMO) || $(BIN)/followup demo $(DEMO) >/dev/null
	@if [ -t 0 ] && [ -t 1 ] && [ -t 2 ]; then FOLLOWUP_STORE=$(DEMO) $(BIN)/followup; \
	else FOLLOWUP_STORE=$(DEMO) $(BIN)/followup status; fi
	@echo
	@case "$$FOLLOWUP_LANG" in \
	ru) echo "Это была учебная база. Чтобы поработать с ней:" ;; \
	*) echo "This was the demo store. Try it yourself:" ;; \
	esac | tr '\n' ' '; echo "export FOLLOWUP_STORE=$(CURDIR)/$(DEMO) PATH=$(CURDIR)/$(BIN):\$$PATH"

test: $(VENV)/.installed-dev  ## run the tests on the locked libraries, under four minutes
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  -m "not (release or torture or server) and (server_sample or not on_server)"

test-server: $(VENV)/.installed-dev  ## test the store on a server, run all tests that run on a file and on a server, and compare what both print
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "on_both or server"

test-torture: $(VENV)/.installed-dev  ## run the torture in short, and prove that it notices each of the broken builds
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m torture

test-release: $(VENV)/.installed-dev  ## build a release twice, run its zipapp, install it by the pages (root, network)
	$(BIN)/python -m pytest -m release

quick: $(VENV)/.installed-dev  ## run the unit tests, with fewer examples, under a minute
	$(BIN)/python -m pytest -n 2 --dist worksteal --hypothesis-profile=quick $(NO_UNIT:%=--ignore=tests/%)

# They drive whole programs: the command, the screen in a terminal, a browser, an office program, a server, broken builds.
NO_UNIT := docs torture test_release.py tui/app tui/cli store/formats/test_in_browser_and_office.py test_benchmarks.py \
  store/server store/imports/files/test_bombs.py store/imports/apply/test_import_is_one_change.py

golden: $(VENV)/.installed-dev  ## renew the golden screens and reports of the tests, and print what changed
	$(BIN)/python -m tests.support.renew_golden

# Without those of a release, which is made of the locked libraries alone.
test-newest:  ## run all tests on the newest libraries that pyproject.toml allows, each command newly started
	$(PYTHON) -m venv --clear $(VENV)-newest
	$(VENV)-newest/bin/python $(PIP) --upgrade "pip>=25.1"
	$(VENV)-newest/bin/python $(PIP) --upgrade --editable . --group dev
	REAL_PROCESSES=1 $(VENV)-newest/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not release"

check: $(VENV)/.installed-dev  ## check format, style, types and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev  ## measure how quick everything is (BENCH=--help)
	$(BIN)/python -m benchmarks $(BENCH)

torture: $(VENV)/.installed-dev  ## try to lose or damage data, about 25 minutes (TORTURE=--help, SERVER=URL)
	$(BIN)/python -m torture $(TORTURE) $(if $(SERVER),--server '$(SERVER)')

release: $(VENV)/.installed-dev  ## build wheel, sdist, zipapp, SBOM and sums of the commit into dist (RELEASE=FOLDER)
	$(BIN)/python -m release $(RELEASE)

picture: $(VENV)/.installed-dev  ## draw docs/screen.svg anew, and docs/sheet.png where Chromium and poppler are there
	$(BIN)/python -m tests.docs.draw_screen_svg
	$(BIN)/python -m tests.docs.draw_sheet_png

man: $(VENV)/.installed-dev  ## after a change of the table of commands: write docs/followup.1 anew
	$(BIN)/python -m tests.docs.man_page

docs: $(VENV)/.installed-dev  ## write the tables and the output of commands in the documents anew
	$(BIN)/python -m tests.docs.write_anew $(DOCS)

# The new words stand untranslated in followup.po, which is compiled as it is.
catalogue: $(VENV)/.installed-dev  ## after a change of words that people read: bring them into the translations (NEW=fr begins one)
	PYTHONPATH=. $(BIN)/pybabel -q extract -F pyproject.toml --no-location --no-default-keywords \
	  -k tr -k tr_in:1c,2 -k plural:1,2 -k phrase -k phrase_in:1c,2 -k CommitmentColumn:2 \
	  -k Command:2 -k CommandAlias:3 -k Option:2 -k _party:2 --project followup --version 1 -o $(LOCALE)/followup.pot store tui
	$(if $(NEW),$(BIN)/pybabel -q init -D followup -i $(LOCALE)/followup.pot -d $(LOCALE) -l $(NEW))
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100 \
	  -D followup -i $(LOCALE)/followup.pot -d $(LOCALE)
	rm $(LOCALE)/followup.pot
	$(BIN)/pybabel -q compile -D followup -d $(LOCALE)

# The run-time libraries second, held to the versions of the others: one environment has both.
lock: $(VENV)-lock/.installed  ## after a change of the libraries: write the lock files anew, with the newest versions (UPGRADE= keeps the others)
	$(COMPILE) --group dev --output-file requirements-dev.lock
	$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock

UPGRADE := --upgrade

# For every system and every Python from 3.11 on, with one version of each library: `pip download` for another Python
# takes the versions for the one that runs it.
COMPILE = $(VENV)-lock/bin/uv pip compile pyproject.toml --quiet $(UPGRADE) --universal --python-version 3.11 --fork-strategy fewest \
  --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock"

clean:  ## remove what make has built, and the demo stores
	rm -rf $(VENV) $(VENV)-lock $(VENV)-newest .demo

help:  ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*  ## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

$(VENV)/.installed: pyproject.toml requirements.lock tui/launcher.py
	@case "$(CURDIR)" in *" "*) echo "$(CURDIR) has a blank in it, with which no command of a Python environment starts: move it"; exit 1;; esac
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "followup needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python $(PIP) --require-hashes --requirement requirements.lock
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q store tui
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python $(PIP) --require-hashes --requirement requirements-dev.lock
	touch $@

$(VENV)-lock/.installed:
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python $(PIP) "uv>=0.9,<1"
	touch $@
