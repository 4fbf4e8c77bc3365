"""Which runtime is chosen, by name or by what the machine has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import PROJECT
from engine.errors import UserError
from engine.runtimes import choose


def test_auto_is_openvino_without_a_graphics_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose("auto").name == "openvino"


@pytest.mark.parametrize(
    ("told", "runtime"), [("echo 81559, 81000", "vllm"), ("echo No devices were found", "openvino")]
)
def test_auto_is_vllm_with_an_nvidia_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, runtime: str
) -> None:
    driver = tmp_path / "nvidia-smi"
    driver.write_text(f"#!/bin/sh\n{told}\n")
    driver.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose("auto").name == runtime


def test_vllms_own_process_is_spawned_also_where_vllm_would_fork_it() -> None:
    """On CUDA a forked one would wait for ever for the stdin that the model process reads in a thread."""
    told = "import engine.runtimes.vllm_engine, vllm.envs; print(vllm.envs.VLLM_WORKER_MULTIPROC_METHOD)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VLLM_")}
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=PROJECT, env=environment
    )
    assert done.stdout.split()[-1] == "spawn"


@pytest.mark.parametrize("name", ["openvino", "vllm", "transformers"])
def test_a_runtime_is_taken_by_its_name(name: str) -> None:
    assert choose(name).name == name


def test_an_unknown_runtime_is_told_with_the_known_ones() -> None:
    with pytest.raises(UserError, match=r"abacus.*openvino"):
        choose("abacus")


def test_a_server_needs_its_address() -> None:
    with pytest.raises(UserError, match="--server"):
        choose("openai")
    assert choose("openai", server="http://127.0.0.1:1").name == "openai"


def test_choosing_keeps_torch_out_of_the_app() -> None:
    program = "import sys; from engine.runtimes import choose; choose('auto'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
