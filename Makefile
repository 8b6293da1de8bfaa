# Two commands do everything on a fresh machine that has Python 3.11 or newer and make:
#   make run     the service with invented people, on http://127.0.0.1:8000
#   make test    the whole test suite
# Both first build a private environment in .venv from requirements.lock.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench demo format lock clean python standin

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Start everything with invented people on http://127.0.0.1:8000
	@exec $(BIN)/throughcare up --demo

test: $(READY) standin ## Run the whole test suite
	$(BIN)/pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

standin: $(READY) ## Install what stands in for Twilio in the tests; `make test` does it too
	@$(BIN)/python -m tests.standin.installing

check: $(READY) ## Lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) standin ## Run the benchmarks and print each figure as a ratio
	$(BIN)/python -m tests.bench

demo: $(READY) ## Bring invented journeys to every stage in a service that is already running
	$(BIN)/throughcare demo

format: $(READY) ## Rewrite the code as the formatter and the safe lint fixes want it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## Resolve requirements.lock afresh from the two .in files
	$(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --quiet \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	    --output-file requirements.lock requirements-dev.in

clean: ## Remove the environment and the caches, but never the service's state in .throughcare
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -type d -name __pycache__ -not -path './.throughcare/*' -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { \
	    echo "Python was not found as '$(PYTHON)'. Install Python 3.11 or newer (Debian, Ubuntu:"; \
	    echo "apt install python3 python3-venv; macOS: brew install python), or name yours:"; \
	    echo "make run PYTHON=/path/to/python3"; exit 1; } >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$$($(PYTHON) --version) is too old: install Python 3.11 or newer, or name a newer one:"; \
	    echo "make run PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "This Python cannot create environments: its venv module is missing."; \
	    echo "Install it (Debian, Ubuntu: apt install python3-venv)."; exit 1; } >&2

# The stamp is written last, so that an interrupted installation is begun again.
$(READY): requirements.lock pyproject.toml | python
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
