# Every target sets itself up: a virtual environment in .venv with what the lock files name.
# ARGS goes to the program: make test ARGS="-k compare", make plan ARGS=--verbose, make lock ARGS=--upgrade
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/requirements.txt.stamp
DEV := $(VENV)/requirements-dev.txt.stamp
ARGS ?=
# Test processes. The runner's own "auto" is the number of cores.
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help plan test check lint types imports workflows format models rules bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

plan: $(RUNTIME) ## plan every shipped product against the embedded sandbox org and print the plan
	@$(BIN)/ddops plan --org sandbox $(ARGS)

test: $(DEV) ## run the whole test suite
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(COVERAGE) $(ARGS)

# Measuring what the tests reach takes half as long again, so it is left to the check.
check: COVERAGE = --cov --cov-report=term:skip-covered
check: lint types imports workflows test ## run every check: style, types, import contracts, workflows, tests (what .ci/run runs)

lint: $(DEV) ## check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV) ## check types
	@$(BIN)/mypy

imports: $(DEV) ## check which module may import which
	@$(BIN)/lint-imports --no-cache --no-logo

# Both know by themselves what GitHub takes, and ask nobody.
workflows: $(DEV) ## check what runs on GitHub: its shape, and that it is safe
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --no-progress --quiet .github action.yml

format: $(DEV) ## format the code and mend what can be mended
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

models: $(DEV) ## write the models of dashboard widgets anew from the classes of datadog-api-client
	@$(BIN)/python scripts/generate_models.py

rules: $(RUNTIME) ## write docs/rules.md anew from the lint rules
	@$(BIN)/python scripts/write_rules.py

bench: $(DEV) ## measure planning
	@$(BIN)/python benchmarks/plan.py $(ARGS)

# uv is not in the lock, because only this target uses it; its environment is thrown away.
# Bounds live in pyproject.toml. Without ARGS=--upgrade a pin moves only where they force it to.
lock: ## write the lock files anew from pyproject.toml (ARGS=--upgrade: newest versions)
	@.ci/setup
	@echo "ddops: resolving dependencies" >&2
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(BIN)/python -m venv "$$tools"; \
	"$$tools/bin/pip" --disable-pip-version-check -qq install 'uv>=0.9,<1'; \
	compile() { "$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(ARGS) "$$@" pyproject.toml; }; \
	compile --group build --output-file requirements.txt; \
	compile --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove the virtual environment, caches and the sandbox org
	rm -rf $(VENV) .ddops .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.txt pyproject.toml
	@.ci/setup requirements.txt

$(DEV): requirements-dev.txt pyproject.toml
	@.ci/setup requirements-dev.txt
