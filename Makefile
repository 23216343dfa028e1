# 城瞰 Chengkan. Each target first brings what it needs (.ci/setup): silent when nothing is missing.
.PHONY: help run test faults soak bench lint format screenshots setup lock translate licences
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
BIN := .venv/bin
ARGS ?=
# A screen of its own for everything that nobody looks at.
XVFB := xvfb-run -a -s "-screen 0 1920x1080x24 -noreset"
export PYQTGRAPH_QT_LIB := PySide6

help:
	@echo "make run          运行（模拟城市）      start the command center on the stand-in city"
	@echo "make test         全部测试              every test, on a display of its own"
	@echo "make faults       故障试验              every fault; writes docs/reliability.md"
	@echo "make soak         压缩试运行            a day of messages in half an hour, struck each 20 s"
	@echo "make bench        性能测量（JSON）      measurements as JSON; ARGS=\"--only NAME\""
	@echo "make mutants      变异检验              mistakes put in on purpose: the no-loss tests must find each"
	@echo "make lint         静态检查              ruff, basedpyright, import rules"
	@echo "make screenshots  截图到 out/screenshots   real windows as PNG"
	@echo "make setup | lock | translate | licences | format"

setup:
	@.ci/setup test

run: setup-run
	@$(PYTHON) main.py $(ARGS)

test: setup
	@.ci/test $(ARGS)

# Deliberate mistakes in the link, one at a time: the no-loss tests must go red on each.
.PHONY: mutants
mutants: setup
	@$(PYTHON) -m tests.mutants $(ARGS)

# All of tests/faults; its table goes into docs/reliability.md when the run is a whole one. What
# fails is tried once more alone: a fault that fails twice is red, one that does not is named.
faults: setup-faults
	@run() { CHENGKAN_FAULTS_TABLE=$(if $(ARGS),,1) QT_QPA_PLATFORM=xcb $(XVFB) \
	    $(PYTHON) -m pytest tests/faults -o cache_dir=out/faults-cache "$$@" $(ARGS); }; \
	run || { echo "[faults] 失败的再试一次 Once more what has failed:"; \
	    export CHENGKAN_FAULTS_AGAIN=1; run --last-failed --last-failed-no-failures none; }

# ARGS="--minutes 5 --seed 3"
soak: setup
	@$(PYTHON) -m tests.faults.soak $(ARGS)

bench: setup
	@QT_QPA_PLATFORM=xcb $(XVFB) $(PYTHON) -m tests.bench $(ARGS)

# Every view in every state at both sizes; red on empty panels, missing glyphs, clipped words.
screenshots: setup
	@$(PYTHON) -m tests.screens $(ARGS)

lint: setup-lint
	@failed=0; \
	for check in "ruff check ." "ruff format --check ." "basedpyright" "lint-imports --no-logo"; do \
	    echo "== $$check"; $(BIN)/$$check || failed=1; \
	done; exit $$failed

format: setup-lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: setup-run setup-lint setup-faults
setup-faults:
	@.ci/setup faults
setup-run:
	@.ci/setup run
setup-lint:
	@.ci/setup lint

lock: setup-lint
	.ci/lock

licences: setup-lint
	$(PYTHON) .ci/licences.py > resources/licences/README.md.new
	mv resources/licences/README.md.new resources/licences/README.md

# Collects the source texts of every tr() into en.ts, to be translated there. The station compiles
# it by itself; a test fails on what is left unfinished.
translate: setup-lint
	$(PYTHON) .ci/translate.py
