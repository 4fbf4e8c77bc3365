"""The scheduler over the scripted runtime: loading, sharing, stopping, failing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from engine.errors import CallFailed, LoadFailed
from engine.pool import Expert
from engine.runtimes.base import Delta, Message, Sampling
from engine.scheduler import Call, Generate, Scheduler
from engine.scheduler.call import RunInFlight
from scripted import ScriptedModel, ScriptedRuntime, failing
from small_pool import expert


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.loads: list[str] = []
        self.first = asyncio.Event()

    def loading(self, _share: float | None, message: str) -> None:
        self.loads.append(message)

    def started(self) -> None:
        self.words.append("started")

    def came(self, delta: Delta) -> None:
        self.words.append(delta.text)
        self.first.set()


def _said(text: str) -> Generate:
    return Generate((Message("user", text),), Sampling(64))


def call(of: RunInFlight, asked: Expert, stage: int = 0, text: str = "hello there") -> Call:
    return Call(of, f"call/{asked.name}", asked, _said(text), stage, Heard())


@pytest.fixture
async def runtime() -> ScriptedRuntime:
    return ScriptedRuntime(memory_each=1)


@pytest.fixture
async def scheduler(runtime: ScriptedRuntime) -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(runtime, budget=1)
    yield scheduler
    await scheduler.close()


async def test_a_reply_carries_the_text_and_its_measures(scheduler: Scheduler) -> None:
    a = expert("a")
    with scheduler.run("run") as of:
        asked = call(of, a)
        reply = await scheduler.answer(asked)
    assert reply.text == "a heard: hello there"
    assert (reply.prompt_tokens, reply.tokens, reply.finish_reason) == (2, 4, "stop")
    assert 0 <= reply.seconds_to_first_token <= reply.seconds
    assert 0 <= reply.seconds_queued <= reply.seconds
    assert isinstance(asked.listener, Heard)
    assert asked.listener.words == ["started", "a ", "heard: ", "hello ", "there"]
    assert "reading weights" in asked.listener.loads


async def test_all_waiting_calls_of_an_expert_are_answered_with_one_load_and_at_once(
    runtime: ScriptedRuntime, scheduler: Scheduler
) -> None:
    a, b = expert("a"), expert("b")

    async def question(number: int) -> None:
        with scheduler.run(f"run {number}") as of:
            await asyncio.gather(scheduler.answer(call(of, a)), scheduler.answer(call(of, b)))
            await scheduler.answer(call(of, a, stage=1))

    await asyncio.gather(*(question(number) for number in range(10)))
    assert runtime.most_running["a"] == 10
    assert runtime.loads["b"] == 1
    assert runtime.loads["a"] <= 2


async def test_experts_stay_loaded_within_the_budget(runtime: ScriptedRuntime) -> None:
    scheduler = Scheduler(runtime, budget=2)
    with scheduler.run("run") as of:
        for name in ("a", "b", "a", "b"):
            await scheduler.answer(call(of, expert(name)))
        assert runtime.loads == {"a": 1, "b": 1}
        await scheduler.answer(call(of, expert("c")))
        assert runtime.loaded == {"b", "c"}
    await scheduler.close()
    assert runtime.loaded == set()


async def test_no_more_calls_run_at_once_than_the_expert_has_slots(
    runtime: ScriptedRuntime, scheduler: Scheduler
) -> None:
    narrow = expert("a", slots=2)
    with scheduler.run("run") as of:
        await asyncio.gather(*(scheduler.answer(call(of, narrow)) for _ in range(7)))
    assert runtime.most_running["a"] == 2


async def test_a_fast_expert_does_not_wait_for_a_slow_one(runtime: ScriptedRuntime) -> None:
    runtime.gates["slow"] = asyncio.Event()
    scheduler = Scheduler(runtime, budget=2)
    with scheduler.run("run") as of:
        slow = asyncio.create_task(scheduler.answer(call(of, expert("slow"))))
        await scheduler.answer(call(of, expert("fast")))
        assert not slow.done()
        runtime.gates["slow"].set()
        assert (await slow).text == "slow heard: hello there"
    await scheduler.close()


async def test_in_a_batch_the_question_that_began_first_is_continued_first(runtime: ScriptedRuntime) -> None:
    scheduler = Scheduler(runtime, budget=1)
    gate = runtime.gates["a"] = asyncio.Event()
    narrow = expert("a", slots=1)
    with scheduler.run("older", batch=True) as older, scheduler.run("newer", batch=True) as newer:
        # The older question's second call comes after all of the newer one's.
        sent = [(older, "1"), (newer, "2"), (newer, "3"), (older, "4")]
        asked = [
            asyncio.create_task(scheduler.answer(call(of, narrow, text=number))) for of, number in sent[:3]
        ]
        while not runtime.running["a"]:
            await asyncio.sleep(0)
        asked.append(asyncio.create_task(scheduler.answer(call(older, narrow, text="4"))))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*asked)
    assert [messages[-1].content for _, messages, _ in runtime.calls] == ["1", "4", "2", "3"]
    await scheduler.close()


async def test_cancelling_frees_the_slot(runtime: ScriptedRuntime, scheduler: Scheduler) -> None:
    gate = runtime.gates["a"] = asyncio.Event()
    narrow = expert("a", slots=1)
    with scheduler.run("run") as of:
        running = asyncio.create_task(scheduler.answer(call(of, narrow)))
        waiting = asyncio.create_task(scheduler.answer(call(of, narrow)))
        while not runtime.running["a"]:
            await asyncio.sleep(0)
        running.cancel()
        waiting.cancel()
        await asyncio.wait([running, waiting])
        gate.set()
        await scheduler.answer(call(of, narrow))
    assert runtime.cancelled["a"] == 1
    assert len(runtime.calls) == 2
    assert of.outstanding == 0


async def test_a_call_withdrawn_just_as_a_slot_frees_takes_none(scheduler: Scheduler) -> None:
    narrow = expert("a", slots=1)
    with scheduler.run("run") as of:
        first = call(of, narrow)
        answered = asyncio.create_task(scheduler.answer(first))
        withdrawn = asyncio.create_task(scheduler.answer(call(of, narrow)))
        await asyncio.sleep(0)
        # Told of the reply before the scheduler looks what may start in the slot that frees.
        first.reply.add_done_callback(lambda _: withdrawn.cancel())
        await asyncio.wait([answered, withdrawn])
        async with asyncio.timeout(5):
            await scheduler.answer(call(of, narrow))
            (seat,) = scheduler.seats
            while seat.outstanding:
                await asyncio.sleep(0)


async def test_a_model_that_cannot_be_closed_does_not_hold_up_the_others(
    runtime: ScriptedRuntime, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def close(_model: ScriptedModel) -> None:
        raise RuntimeError("it does not close")

    with scheduler.run("run") as of:
        await scheduler.answer(call(of, expert("a")))
        with monkeypatch.context() as patched:
            patched.setattr(ScriptedModel, "close", close)
            async with asyncio.timeout(5):
                await scheduler.answer(call(of, expert("b")))
    assert runtime.loads["b"] == 1


async def test_an_expert_that_cannot_be_loaded_fails_its_calls_and_no_others(
    runtime: ScriptedRuntime,
) -> None:
    runtime.refuse["broken"] = "its weights are damaged"
    scheduler = Scheduler(runtime, budget=2)
    with scheduler.run("run") as of:
        broken, sound = await asyncio.gather(
            scheduler.answer(call(of, expert("broken"))),
            scheduler.answer(call(of, expert("sound"))),
            return_exceptions=True,
        )
    assert isinstance(broken, LoadFailed)
    assert str(broken) == "its weights are damaged"
    assert not isinstance(sound, BaseException)
    await scheduler.close()


async def test_an_expert_too_large_for_the_budget_says_so(
    runtime: ScriptedRuntime, scheduler: Scheduler
) -> None:
    runtime.needs["a"] = 3 << 30
    with scheduler.run("run") as of, pytest.raises(LoadFailed, match=r"needs 3\.0 GiB"):
        await scheduler.answer(call(of, expert("a")))


async def test_a_model_whose_process_ended_is_loaded_again_by_the_next_call(
    runtime: ScriptedRuntime, scheduler: Scheduler
) -> None:
    with scheduler.run("run") as of:
        await scheduler.answer(call(of, expert("a")))
        runtime.crashed.add("a")
        with pytest.raises(CallFailed, match="ended"):
            await scheduler.answer(call(of, expert("a")))
        assert (await scheduler.answer(call(of, expert("a")))).text
    assert runtime.loads["a"] == 2


async def test_a_call_that_fails_raises_what_the_runtime_said(
    runtime: ScriptedRuntime, scheduler: Scheduler
) -> None:
    runtime.script = failing(CallFailed("the server is down"))
    with scheduler.run("run") as of, pytest.raises(CallFailed, match="the server is down"):
        await scheduler.answer(call(of, expert("a")))


async def test_a_load_that_runs_into_a_defect_fails_its_calls_with_the_cause(
    runtime: ScriptedRuntime, scheduler: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(runtime, "load", explode)
    with scheduler.run("run") as of, pytest.raises(LoadFailed, match="a defect"):
        await scheduler.answer(call(of, expert("a")))


async def test_preloading_fills_the_memory_and_no_more(runtime: ScriptedRuntime) -> None:
    scheduler = Scheduler(runtime, budget=2)
    runtime.refuse["b"] = "damaged"
    await scheduler.preload((expert("a"), expert("b"), expert("c"), expert("d")))
    assert runtime.loaded == {"a", "c"}
    await scheduler.close()
