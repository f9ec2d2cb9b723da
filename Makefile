# make run    the clinic with invented people, in a minute
# make test   everything, on both databases and in a browser
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
TOOLS = .tools
WORKERS ?= auto

.PHONY: run setup dev check test drawings drills bench clean

run: $(VENV)/run
	@$(BIN)/flask start

setup: $(VENV)/run $(VENV)/dev

# uv installs in seconds; pip serves where there is no uv.
install = ($(BIN)/python -m uv pip install --quiet --compile-bytecode --python $(BIN)/python -r $(1) 2>/dev/null || $(BIN)/python -m pip install --quiet -r $(1))

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true

$(VENV)/run: requirements.txt | $(BIN)/python
	@echo "Installing what the clinic needs …"
	@$(call install,requirements.txt)
	@touch $@

$(VENV)/dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what checks and tests need …"
	@$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/run

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m tests.house.migrations_match

test: $(VENV)/dev
	@$(BIN)/python -m tests.tools $(TOOLS)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

drawings: $(VENV)/dev
	@$(BIN)/python -m tests.tools $(TOOLS)
	@$(BIN)/python -m tests.drawings.sheet $(ARGS)

drills: $(VENV)/dev
	$(BIN)/python -m tests.drills

bench: $(VENV)/dev
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) $(TOOLS) build .mypy_cache .ruff_cache .hypothesis
