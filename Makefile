# make run    set everything up, build the graph of the bundled listing and say where to look
# make test   set everything up (a browser included) and run all tests
# make lint   ruff and mypy
# make bench  measure speed; figures go to the terminal
# make portability  ask the named queries in Comunica and Apache Jena too, which it installs
# make clean  remove what the others made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: run test lint bench portability clean browser

run: $(STAMP)
	$(BIN)/kg build

test: $(STAMP) browser
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) browser
	@for script in tests/benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# Comunica comes into .node by npm; it asks for Node 18 or newer. Apache Jena comes from Debian.
portability: $(STAMP)
	@test -d .node/node_modules/@comunica || { mkdir -p .node && npm install --prefix .node --silent --no-audit --no-fund @comunica/query-sparql-file@4; }
	@test -e /usr/share/java/jena-arq.jar || { \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends default-jdk-headless libapache-jena-java >/dev/null; }
	$(BIN)/python -m pytest tests/test_portability.py tests/test_server_clients.py

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(STAMP)

# The page is tested in Debian's Chromium, the Turtle file also with rapper; both are installed where they are missing.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null && command -v rapper >/dev/null || { \
	  echo "installing chromium, chromium-driver and raptor2-utils"; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq chromium chromium-driver raptor2-utils >/dev/null; }

clean:
	rm -rf $(VENV) .node build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete
