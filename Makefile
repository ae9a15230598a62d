# The environment is made when it is first needed, from python3 and the locked requirements; nothing else is asked for.
PYTHON ?= python3
CORPUS ?= seeds
N ?= 200
VENV := .venv
READY := $(VENV)/ready

.PHONY: help report demo test lab lock quality ablate mutations
.DELETE_ON_ERROR:

help:
	@echo "make report                  the report on seeds/, in reports/seeds/index.html"
	@echo "make report CORPUS=folder    the report on your own folder of articles"
	@echo "make demo                    the report on 20 invented articles about two events, in reports/demo/index.html"
	@echo "make test                    the tests, and the report's notebooks run again and compared"
	@echo "make lab                     the notebooks and reports in JupyterLab; as root: make lab LAB=--allow-root"
	@echo "make quality REAL=path       how good claims and figures are, on labelled real articles and on our own, anew for the report"
	@echo "make ablate GOLD=file        what each rule is worth on gold; RULE=figures.standing: only those whose names begin so"
	@echo "make mutations N=10000       what so many damaged files of every format, and so many damaged articles, do"
	@echo "make lock                    requirements.txt anew, from pyproject.toml"

# Whoever types these two wants the work done; a schedule calls `onrecord report`, which does nothing where nothing changed.
report: $(READY)
	@$(VENV)/bin/onrecord report "$(CORPUS)" --force

demo: $(READY)
	@$(VENV)/bin/onrecord report tests/invented/demo --force

test: $(READY)
	@$(VENV)/bin/python -m pytest --nbval tests $(wildcard reports/seeds/notebooks)

quality: $(READY)
	@$(VENV)/bin/onrecord evaluate $(REAL) tests/gold/claims.test.jsonl tests/gold/figures.jsonl --quality analysis/report/quality.json

GOLD ?= tests/gold/claims.dev.jsonl tests/gold/figures.jsonl

ablate: $(READY)
	@$(VENV)/bin/onrecord ablate $(GOLD) $(if $(RULE),--rule $(RULE))

mutations: $(READY)
	@$(VENV)/bin/python -m tests.format_mutations $(N)
	@$(VENV)/bin/python -m tests.mutations $(N)

lab: $(READY)
	@[ "$$(id -u)" != 0 ] || [ -n "$(LAB)" ] || { echo "JupyterLab does not run as root unless told to: make lab LAB=--allow-root" >&2; exit 1; }
	$(VENV)/bin/jupyter lab --LabApp.default_url=/lab/tree/notebooks $(LAB)

lock: $(READY)
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet pip-tools
	$(VENV)/lock/bin/pip-compile --quiet --generate-hashes --extra test --allow-unsafe --strip-extras --no-header \
		--no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.txt pyproject.toml

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("On Record needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Making the environment in $(VENV), once; this takes a few minutes."
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)
