# `make help` lists the targets. Everything is set up on first use, in .venv; nothing outside the checkout is touched
# but Debian packages, and those only where a target cannot do without them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    ?= out
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(DEV): $(READY)
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

.PHONY: setup
setup: $(DEV) ## Make the virtual environment with everything development needs

## Books

.PHONY: epub html pdf book
epub: $(READY) ## Build the seed as EPUB 3 in out/
	$(BIN)/pipeline build --format epub --out $(OUT)

html: $(READY) ## Build the seed as one HTML page in out/
	$(BIN)/pipeline build --format html --out $(OUT)

pdf: $(READY) tex ## Build the seed as PDF in out/ (installs TeX where it can)
	$(BIN)/pipeline build --format pdf --out $(OUT)

book: $(READY) tex ## Build all three
	$(BIN)/pipeline build --format all --out $(OUT)

.PHONY: pages
pages: $(READY) tex ## Turn the PDF into PNG pages under out/pages, for looking
	$(BIN)/pipeline build --format pdf --out $(OUT)
	rm -rf $(OUT)/pages && mkdir -p $(OUT)/pages
	pdftoppm -r 110 -png $(OUT)/*.pdf $(OUT)/pages/page

## Programs that pip cannot install: on Debian, as root, they are installed; elsewhere the message names them

.PHONY: tex programs
tex:
	@tools/need.sh xelatex texlive

programs: tex
	@tools/need.sh pdftotext poppler-utils
	@tools/need.sh java default-jre-headless
	@tools/need.sh chromium chromium
	@tools/need.sh npm npm

## Checks

.PHONY: test
test: $(DEV) programs lint types ## Every check: lint, types, tests with EPUBCheck, XeLaTeX and Chromium
	$(BIN)/pytest -n auto -q --durations=15

.PHONY: quick
quick: $(DEV) ## The tests that need neither TeX, nor Java, nor a browser
	$(BIN)/pytest -n auto -q -m 'not tex and not browser and not slow'

.PHONY: hostile fuzz
hostile: $(DEV) programs ## Hostile dumps as large as is promised: 10^5 levels, 50 MB in a line, a million posts
	HOSTILE=large $(BIN)/pytest -q tests/hostile

fuzz: $(DEV) ## Coverage-guided fuzzing of the reader and the math gate (SECONDS=60 each)
	$(BIN)/pip install --quiet --editable '.[fuzz]'
	$(BIN)/python tools/fuzz.py reader -max_total_time=$(or $(SECONDS),60) -max_len=4096
	$(BIN)/python tools/fuzz.py gate -max_total_time=$(or $(SECONDS),60) -max_len=4096

.PHONY: interop
interop: $(DEV) ## Convert the EPUBs with calibre, to Kindles' formats too, and look for every word (DUMP=file)
	@tools/need.sh ebook-convert calibre
	$(BIN)/python tools/interop.py $(DUMP)

.PHONY: golden
golden: $(DEV) ## Rewrite the expectations of golden cases and books in place; then read the difference
	GOLDEN=overwrite $(BIN)/pytest -q tests/test_cases.py tests/test_books.py
	git diff --stat tests

.PHONY: docs
docs: $(DEV) ## Make the pages of docs/ that follow from the code
	$(BIN)/python tools/document_codes.py > docs/diagnostics.md

.PHONY: lint
lint: $(DEV) ## ruff, check and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(DEV) ## mypy --strict
	$(BIN)/mypy

.PHONY: bench bench-page bench-math
bench: $(DEV) ## Time and memory, beside pandoc (DUMP=file to measure on another text, PDF=1 for PDF too)
	$(BIN)/python tools/bench.py $(DUMP) $(if $(PDF),--pdf)

bench-page: $(DEV) ## Time and memory of a large page in Chromium (PAGE=file)
	$(BIN)/python tools/bench_page.py $(PAGE)

bench-math: $(DEV) ## Coverage and speed of formulas, beside other converters (DUMP=file)
	$(BIN)/python tools/bench_math.py $(DUMP)

## What it is made of, and releases

.PHONY: lock audit licences release
lock: $(DEV) ## Pin every run-time dependency with its hashes
	$(BIN)/pip install --quiet --editable '.[release]'
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

audit: $(DEV) ## Compare the pinned dependencies with known vulnerabilities; fails where one cannot be looked up
	$(BIN)/pip install --quiet --editable '.[release]'
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

licences: $(DEV) ## Make docs/licences.md
	$(BIN)/python tools/licences.py > docs/licences.md

release: $(DEV) ## Wheel and source archive, built twice and compared, and a bill of materials, in dist/
	$(BIN)/pip install --quiet --editable '.[release]'
	rm -rf dist build/again
	$(BIN)/hatchling build -d dist
	$(BIN)/hatchling build -d build/again
	diff --recursive dist build/again
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible --output-file dist/sbom.cdx.json

.PHONY: clean
clean: ## Remove what was built
	find $(OUT) -mindepth 1 ! -name .gitkeep -delete
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
