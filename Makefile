# backcheck: an exact answer key and teaching checker for neural-network homework.
#
# Needs python3 (3.11 or later, with venv) and make; uv is used where it is found.
# Every target sets up .venv from requirements.lock first, where that is not yet done.

PYTHON ?= python3
PACKAGES := exact numeric checks
READY := .venv/ready
RUN := .venv/bin/python -m checks
BUILD ?= build
PORT ?= 8000

# Yours: make check SUBMISSIONS=dir DATA=dir ASSIGNMENT=file-or-name
SUBMISSIONS ?=
DATA ?=
ASSIGNMENT ?=
quoted = '$(subst ','\'',$(1))'
with_assignment = $(if $(ASSIGNMENT),--assignment $(call quoted,$(ASSIGNMENT)))
with_data = $(if $(DATA),--data $(call quoted,$(DATA)))

.DEFAULT_GOAL := help
.PHONY: help setup check solve tables verify figures serve page sample test goldens lint bench lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
	@echo
	@echo "  make check SUBMISSIONS=dir DATA=dir ASSIGNMENT=file   checks your own class"

setup: $(READY) ## a .venv with everything in requirements.lock

$(READY): requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: backcheck needs Python 3.11 or later; install it, or name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "backcheck needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another with PYTHON=..." >&2; exit 1; }
	@echo "Setting up .venv (once; about a minute) ..." >&2
	@rm -rf .venv
	@if command -v uv >/dev/null; then \
	    uv venv --quiet --python "$$(command -v $(PYTHON))" .venv && \
	    uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock && \
	    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . ; \
	else \
	    $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	        { echo "Python's venv is missing: install python3-venv (Debian, Ubuntu) or uv" >&2; exit 1; }; \
	    $(PYTHON) -m venv .venv && \
	    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi || { echo "Setting up .venv did not finish (see above); the next make begins it again." >&2; exit 1; }
	@.venv/bin/python -m compileall -q $(PACKAGES)
	@touch $@

check: $(READY) ## checks the example submissions, or those in SUBMISSIONS=dir
	@$(RUN) check $(call quoted,$(or $(SUBMISSIONS),checks/examples)) \
	    $(or $(with_assignment),$(if $(SUBMISSIONS),,--assignment sample)) $(with_data) --exit-zero

solve: $(READY) ## prints the exact key of the hand problem
	@$(RUN) solve $(with_assignment)

tables: $(READY) ## writes the tables, the worked solution and a worksheet (LaTeX, PDF) to build/
	@$(RUN) tables $(with_assignment) --out $(call quoted,$(BUILD))

verify: $(READY) ## counts the right classes in the course's data (DATA=dir)
	@$(RUN) verify $(with_assignment) $(with_data)

figures: $(READY) ## draws right and wrong digits to build/
	@$(RUN) figures $(with_assignment) $(with_data) --out $(call quoted,$(BUILD))

serve: $(READY) ## the students' self-check at http://127.0.0.1:8000/, of the sample or of ASSIGNMENT=file
	@$(RUN) serve $(or $(with_assignment),--assignment sample) $(with_data) --port $(PORT)

page: $(READY) ## the same page as a static site in build/page/, for any web space, and shown at http://127.0.0.1:8000/
	@$(RUN) page $(or $(with_assignment),--assignment sample) --out $(call quoted,$(BUILD)/page) --show $(PORT)

sample: $(READY) ## makes the bundled sample data and examples again
	@.venv/bin/python -m numeric.make_sample
	@.venv/bin/python -m tests.make_examples

# Bytecode is kept whatever the environment says: tests begin hundreds of processes, each of which would compile anew.
test: $(READY) ## all tests
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n auto --dist worksteal

goldens: $(READY) ## writes the golden files of the tests again
	@.venv/bin/python -m tests.make_goldens

lint: $(READY) ## ruff and mypy --strict
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

bench: $(READY) ## benchmarks, each beside its baseline
	@.venv/bin/python -m tests.bench

# Gradescope's container gets a lock of its own: what grading needs, of the versions that are tested here, without the
# tools of developers and without matplotlib, which only draws figures, and sympy, which is only the key's second witness. It is for Linux alone and one version of each
# package for all Pythons: the pip of Ubuntu 22.04 takes its Python, 3.11.0rc1, for neither older nor newer than 3.12.
lock: ## resolves both requirements.lock again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev pyproject.toml -o requirements.lock
	printf 'matplotlib\nsympy\n' | uv pip compile --quiet --python-platform linux --python-version 3.11 --generate-hashes \
	    --excludes - --constraints requirements.lock pyproject.toml -o checks/autograder/requirements.lock

clean: ## removes what make has made
	rm -rf .venv $(call quoted,$(BUILD)) .pytest_cache .mypy_cache .ruff_cache .hypothesis
