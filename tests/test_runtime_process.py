"""A model's process: it fails alone, and never outlives whoever started it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from ended import Watched
from engine import own_process
from engine.errors import LoadFailed, ModelLost
from engine.pool import read_pool
from engine.runtimes.base import Sampling
from engine.runtimes.local import LocalRuntime
from engine.runtimes.model_process import ModelProcess
from generating import STORY, answer, asking, ignore, rest_of, small_expert

SECONDS_TO_BE_GONE = 10

GENERATES = """
import asyncio
from engine.runtimes.base import Sampling
from engine.runtimes.local import LocalRuntime
from generating import STORY, asking, ignore, small_expert

async def generate():
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    story = model.generate(asking(STORY), Sampling(max_tokens=2000, temperature=0))
    await anext(story)
    print(model.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(generate())
"""


async def test_a_killed_model_process_fails_its_calls_and_says_so() -> None:
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    story = model.generate(asking(STORY), Sampling(max_tokens=2000, temperature=0))
    await anext(story)
    os.kill(model.pid, signal.SIGKILL)
    with pytest.raises(ModelLost, match="SmolLM2 135M was killed"):
        await rest_of(story)
    with pytest.raises(ModelLost):
        await answer(model, STORY, Sampling(max_tokens=8))
    await model.close()


async def test_closing_a_model_ends_its_process_and_its_calls() -> None:
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    watched = Watched(model.pid)
    story = model.generate(asking(STORY), Sampling(max_tokens=2000, temperature=0))
    await anext(story)
    await model.close()
    assert watched.ended_within(0)
    with pytest.raises(ModelLost, match="unloaded"):
        await rest_of(story)


async def test_loading_tells_its_phases() -> None:
    told: list[str] = []
    model = await LocalRuntime("openvino").load(small_expert(), lambda _share, words: told.append(words))
    await model.close()
    assert told[0] == "starting"
    assert {"reading weights", "warming up"} <= set(told)


async def test_a_model_that_cannot_be_read_is_a_failed_load_and_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF, or so it says")
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(LoadFailed, match="SmolLM2 135M could not be loaded"):
        await ModelProcess.start("openvino", tmp_path / "broken.gguf", small_expert(), ignore)
    assert {child.pid for child in psutil.Process().children()} <= before


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("pass", "ended with status 0"),
        ("import sys; sys.exit('no such library')", "no such library"),
        ("print('{', end='')", "ended with status 0"),
        ("import time; print('Hello!', flush=True); time.sleep(600)", "was killed"),
    ],
    ids=["at once", "with last words", "in the middle of a reply", "without making sense"],
)
async def test_a_process_that_ends_before_it_has_loaded_is_a_failed_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, told: str
) -> None:
    monkeypatch.setattr(own_process, "command", lambda _module: (sys.executable, "-c", program))
    create = asyncio.create_subprocess_exec

    async def slowly(*command: str, **options: Any) -> asyncio.subprocess.Process:
        process = await create(*command, **options)
        time.sleep(0.3)  # The loop is busy: it comes to watch the process when that may be gone.
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", slowly)
    async with asyncio.timeout(SECONDS_TO_BE_GONE):
        with pytest.raises(LoadFailed, match=told):
            await ModelProcess.start("openvino", tmp_path, small_expert(), ignore)


async def test_a_load_given_up_leaves_no_process() -> None:
    began = asyncio.Event()
    loading = asyncio.create_task(LocalRuntime("openvino").load(small_expert(), lambda *_: began.set()))
    await began.wait()
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    assert not [child for child in psutil.Process().children() if "child_main" in " ".join(child.cmdline())]


async def test_a_model_process_does_not_outlive_a_killed_app() -> None:
    environment = {**os.environ, "PYTHONPATH": "tests"}
    with subprocess.Popen(
        [sys.executable, "-c", GENERATES], stdout=subprocess.PIPE, text=True, env=environment
    ) as app:
        assert app.stdout
        watched = Watched(int(app.stdout.readline()))
        app.kill()
    assert watched.ended_within(SECONDS_TO_BE_GONE)


def test_a_model_process_ends_when_a_killed_app_leaves_half_a_request() -> None:
    with subprocess.Popen(
        own_process.command("engine.runtimes.child_main"),
        stdin=subprocess.PIPE,
        env=own_process.environment(),
        start_new_session=True,
    ) as process:
        try:
            process.communicate(b'{"id": 0, "ask": "gener', timeout=SECONDS_TO_BE_GONE)
            assert process.returncode == -signal.SIGKILL
        finally:
            process.kill()


async def test_the_embedder_gives_unit_vectors_that_tell_meanings_apart() -> None:
    model = await LocalRuntime("embedding").load(read_pool("tests/pools/one.toml").embedder, ignore)
    cat, kitten, shares = await model.embed(["a cat", "a kitten", "the stock market"])
    await model.close()

    def product(one: list[float], other: list[float]) -> float:
        return sum(x * y for x, y in zip(one, other, strict=True))

    assert product(cat, cat) == pytest.approx(1, abs=1e-4)
    assert product(cat, kitten) > product(cat, shares) + 0.2
