# Two commands: `make briefings` renders everything, `make test` passes the tests. Both set up .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: briefings test check lint lab bench eval weights clean

briefings: .venv/ready
	$(BIN)/udcg build --all

test: .venv/ready lint
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/udcg check

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: .venv/ready
	$(BIN)/jupyter lab notebooks

# ours against papermill and nbconvert, a million claims, a thousand briefings, a cluster; fails where a target is missed
bench: .venv/ready
	$(BIN)/python -m pip install --quiet --group bench
	status=0; for part in press ledger memory cluster reading; do $(BIN)/python tests/benchmarks/$$part.py || status=1; done; exit $$status

# how well `udcg read` finds claims, beside two libraries that find quantities
eval: .venv/ready
	$(BIN)/python -m pip install --quiet --group eval
	$(BIN)/python tests/reading/evaluate.py

weights: .venv/ready
	$(BIN)/python tests/reading/fit.py

# set up again only when pyproject.toml changes
.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

clean:
	find build -mindepth 1 -not -name .gitignore -delete
