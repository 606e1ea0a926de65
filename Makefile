# Everything a person or a machine does with this checkout. Needs GNU make and Python 3.11 or newer, nothing else.
# Another Python:  make PYTHON=/path/to/python3.12 test

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
LOCKER := build/locker/bin
PIP := -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup sandbox test check soak screenshots format lock clean

help: ## What this file can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-16s%s\n' "$$name" "$$what"; done

setup: $(READY) ## Make .venv and install what the lock names

sandbox: $(READY) ## Start Peerloop against a Slack of its own, with a past (ARGS=--empty: without); Ctrl-C stops both
	@trap : INT; $(PY) -m bot sandbox $(ARGS); code=$$?; test $$code -ne 130 || code=0; exit $$code

test: $(READY) ## Run the tests; ARGS="-k word" runs some of them
	$(PY) -m pytest --numprocesses auto $(ARGS)

check: $(READY) ## Format, lint, types, then every test with branch coverage
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest --numprocesses auto --cov --cov-report=term:skip-covered $(ARGS)

soak: $(READY) ## Kill the bot at random, again and again, and count what was lost or said twice
	$(PY) -m tests.soak $(ARGS)

screenshots: $(READY) ## Take the pictures in docs/pictures anew; needs Chromium
	$(PY) -m tests.page.pictures

format: $(READY) ## Put the code in order
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

clean: ## Remove what was made here; databases and .env stay
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Setting up. The stamp is newer than all that it depends on, so a second run costs nothing. The lock is whole, so
# nothing is left to resolve: older pips would look for `coverage[toml]` beside the pinned `coverage`, and find a newer one.

$(READY): requirements-dev.lock pyproject.toml manifest.yml $(PY)
	@echo "Installing what requirements-dev.lock names into $(VENV) ..."
	@$(PY) $(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@$(PY) $(PIP) --no-deps --no-build-isolation --editable .
	@$(PY) -m pip --disable-pip-version-check check
	@touch $@

$(PY):
	@set -e; found=; \
	for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	test -n "$$found" || { echo "Peerloop needs Python 3.11 or newer, and none was found. Install one, or name it: make PYTHON=/path/to/python3.12"; exit 1; }; \
	$$found -c 'import ensurepip, venv' 2>/dev/null || { echo "$$found cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }; \
	$$found -m venv --clear $(VENV)

# The locks: hash-pinned, for every supported Python and platform. UPGRADE=1 takes the newest of everything.
# Settings of this machine are kept out, so that a lock never depends on who made it.

NO_SETTINGS := env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_NO_INDEX
COMPILE = $(NO_SETTINGS) $(LOCKER)/uv pip compile --quiet --no-config --no-python-downloads --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: $(LOCKER)/uv ## Write the lock files anew; UPGRADE=1 takes newer versions
	$(COMPILE) pyproject.toml --extra postgres --output-file requirements.lock > /dev/null
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml - --extra postgres --extra dev \
		--constraint requirements.lock --output-file requirements-dev.lock > /dev/null
	printf 'hatchling\n' | $(COMPILE) - --constraint requirements-dev.lock --output-file requirements-build.lock > /dev/null

$(LOCKER)/uv: | $(PY)
	@$(PY) -m venv --clear build/locker
	@$(LOCKER)/python $(PIP) 'uv>=0.9'
