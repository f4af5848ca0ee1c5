# Thin on purpose: what needs more than a line or two stands in scripts/.
# Everything is made into .venv/, node_modules/ and static/dist/, and only when its sources changed.

export PATH := $(CURDIR)/.venv/bin:$(PATH)
PIP := .venv/bin/python -m pip --disable-pip-version-check --no-input -qq
FRONT_SOURCES := $(shell find browser widget operator locales -not -name '*.test.ts*') \
	package.json tsconfig.json vite.config.ts $(wildcard scripts/*.ts)
# The last that a build writes: as new as it is, so are the loader and the widget.
FRONTS := static/dist/operator/index.html

.PHONY: help run test check soak bench build lock clean lint test-tools
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "make %-6s  %s\n", $$1, $$2 }' Makefile

run: .venv/.run $(FRONTS) ## serve the panel and a demo site; HOST=… and PORT=… say where
	@# exec: a signal to make then reaches the server itself, not a shell around it.
	@exec .venv/bin/kell demo

test: test-tools .venv/.dev $(FRONTS) lint ## everything: both databases, real Chromium
	@.venv/bin/python scripts/run_tests.py all

check: .venv/.dev $(FRONTS) lint ## the fast part of it: lint, types, layers, quick tests
	@.venv/bin/python scripts/run_tests.py quick

soak: test-tools .venv/.dev $(FRONTS) ## the long tests alone: 200 kills on each database, ten minutes and more
	@.venv/bin/python -m pytest tests/fault tests/browser --soak -q

bench: test-tools .venv/.dev $(FRONTS) ## how fast and how small: docs/performance.md; wants the machine for itself
	@.venv/bin/python -m bench --json docs/performance.json --docs

build: .venv/.run $(FRONTS) ## a wheel in dist/, with the built fronts inside
	rm -rf dist
	.venv/bin/python -m hatchling build --target wheel

lock: .venv/.dev ## renew the lock files after a change of pyproject.toml; UPGRADE=1 takes the newest
	@scripts/lock

clean: ## remove all that make made; data/ stays
	rm -rf .venv node_modules static/dist dist .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis

lint: .venv/.dev node_modules/.installed
	ruff check .
	ruff format --check .
	mypy
	lint-imports --no-logo
	npm run --silent check
	npm run --silent test

test-tools:
	@scripts/test-tools

.venv/bin/python:
	@scripts/make-venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml scripts/hatch_build.py
	@echo "Installing Python packages"
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@echo "Installing the tools for tests"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

# Node comes with the Python packages, but a renewed environment leaves node_modules as it is.
node_modules/.installed: package.json package-lock.json .npmrc | .venv/.run
	@echo "Installing npm packages"
	@npm ci --no-progress --loglevel=error
	@touch $@

$(FRONTS): $(FRONT_SOURCES) node_modules/.installed
	@echo "Building the fronts"
	@npm run --silent build
