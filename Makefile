# Everything that a person does with a clone. Each target makes the environment that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RECORD := out/demo.sqlite
TREEBANKS ?= ../shared/treebanks
CORPORA ?= ../shared/corpora

.PHONY: help demo test check serve model network bench evaluate clean

help:
	@echo "make demo      install, read the samples, print a brief, write out/brief.html"
	@echo "make serve     open the desk over the samples"
	@echo "make test      run the tests"
	@echo "make check     ruff, mypy and the import contract"
	@echo "make evaluate  the figures on texts with known answers"
	@echo "make model     train the parser anew (about half an hour)"
	@echo "make network   train the network anew on the gold (an hour or two on two cores)"
	@echo "make bench     speed and scale"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# One stamp an extra; pyproject.toml decides what is installed.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,dev]'
	touch $@ $(VENV)/.installed $(VENV)/.installed-test

$(RECORD): $(VENV)/.installed
	mkdir -p out
	rm -f $(RECORD) $(RECORD)-wal $(RECORD)-shm
	$(BIN)/dragoman demo --record $(RECORD) || test $$? -eq 1

demo: $(VENV)/.installed
	@mkdir -p out
	@rm -f $(RECORD) $(RECORD)-wal $(RECORD)-shm
	$(BIN)/dragoman demo --record $(RECORD) || test $$? -eq 1
	$(BIN)/dragoman brief GBR RUS --record $(RECORD)
	$(BIN)/dragoman brief GBR RUS --record $(RECORD) --format html --out out/brief.html
	@echo
	@echo "The brief with its chart: out/brief.html"
	@echo "The desk:                 make serve"

serve: $(RECORD)
	$(BIN)/dragoman serve --record $(RECORD)

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/.installed
	$(BIN)/dragoman evaluate

model: $(VENV)/.installed
	@mkdir -p out
	$(BIN)/python training/train.py --treebanks $(TREEBANKS) --out out/model $(TRAINING)
	@echo "The new parser: out/model. It ships from src/dragoman/knowledge/models/en once it measures better:"
	@echo "  $(BIN)/python training/evaluate.py out/model --treebanks $(TREEBANKS)"

$(VENV)/.installed-train: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	touch $@ $(VENV)/.installed

network: $(VENV)/.installed-train
	@mkdir -p out
	$(BIN)/python -m training.network.train evals/gold/read.jsonl evals/gold/written_*.jsonl --corpora $(CORPORA) --out out/network $(TRAINING)
	$(BIN)/python -m training.network.export out/network --to out/network/shipped
	@echo "The new network: out/network/shipped. It ships from src/dragoman/knowledge/models/en/network once it measures better."

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/search.py

clean:
	rm -rf out build dist
