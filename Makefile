# `make chat`, `make demo` and `make test` set up what they need first.

UV := .advisor/uv/bin/uv
ADVISOR := .venv/bin/advisor
PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup photos chat demo test bench lint encoder nlu-report score-report locks clean

help: ## show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

chat: setup ## talk to the advisor in the terminal (also with piped input)
	@$(ADVISOR) chat

demo: setup ## talk to it as several people at once, on a page in the browser
	@$(ADVISOR) demo

# Files of tests go to a process each core, four at most because each may have a database server, a browser and a language server.
# Compiled modules are kept even where that is switched off: the tests start hundreds of processes.
BESIDE := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: setup ## run every test
	@env -u PYTHONDONTWRITEBYTECODE $(PYTHON) -m pytest $(BESIDE) $(ARGS)

bench: setup ## run the benchmarks, or one: make bench NAME=parse
	@$(PYTHON) -m tests.bench $(NAME)

lint: setup ## style, types, and the direction of imports
	@.venv/bin/ruff check --quiet . && .venv/bin/mypy && .venv/bin/lint-imports --no-cache

nlu-report: setup ## write docs/nlu-card.md anew; with ARGS=--bench its public figures too
	@$(PYTHON) -m tests.bench._nlu_report $(ARGS)

score-report: setup ## write docs/score-card.md anew; needs ADVISOR_BENCH_DATA
	@$(PYTHON) -m tests.bench._score_report

# What was asked for once is put back when the environment is made anew.
WANTED := $(if $(wildcard .advisor/photos),.venv/.photos)

setup: .venv/.ready .venv-nlu/.ready $(WANTED) ## install both environments; the command is then .venv/bin/advisor

photos: .venv/.photos ## figures in photos and scans, too (optional, about 300 MB)

.venv/.photos: .venv/.ready requirements/photos.txt
	@echo "installing what recognises characters in photos" >&2
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes --requirement requirements/photos.txt >&2
	@touch .advisor/photos $@

$(UV): requirements/uv.txt scripts/get-uv
	@echo "[1/3] installing uv" >&2
	@scripts/get-uv

.venv/.ready: $(UV) requirements/advisor.txt pyproject.toml
	@echo "[2/3] installing the advisor's environment (Python 3.11, about 370 MB)" >&2
	@scripts/make-venv .venv 3.11 requirements/advisor.txt
	@$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable . >&2
	@touch $@

.venv-nlu/.ready: $(UV) nlu/server/requirements.txt
	@echo "[3/3] installing the language server's environment (Python 3.10, about 1.4 GB)" >&2
	@scripts/make-venv .venv-nlu 3.10 nlu/server/requirements.txt
	@touch $@

encoder: .venv/.ready ## train the network that reads messages anew (an hour and a half; installs PyTorch, several GB); ARGS: sets to go on with
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes --requirement requirements/encoder.txt >&2
	@OMP_NUM_THREADS=1 $(PYTHON) -m nlu.linking.training.encoder $(ARGS)
	@OMP_NUM_THREADS=1 $(PYTHON) -m nlu.linking.training

locks: $(UV) ## renew the lists of pinned and hashed requirements
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev pyproject.toml --output-file requirements/advisor.txt
	@scripts/lock-photos
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --constraint requirements/advisor.txt requirements/encoder.in --output-file requirements/encoder.txt
	@scripts/lock-nlu

clean: ## remove environments, models and the local database
	@rm -rf .venv .venv-nlu .advisor
