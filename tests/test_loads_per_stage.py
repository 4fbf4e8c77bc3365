"""Forty questions at once on real models that cannot all be loaded together: each is loaded once per stage at most."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from engine import events
from engine.engine import Engine
from engine.pool import read_pool
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from engine.run import Batched
from engine.runtimes import choose
from engine.runtimes.local import LocalRuntime

QUESTIONS = 40


@pytest.fixture
def seen() -> list[events.Event]:
    return []


@pytest.fixture
def engine(seen: list[events.Event]) -> Iterator[Engine]:
    pool = read_pool("tests/pools/three.toml")
    runtime = choose("openvino")
    room_for_one = max(runtime.memory(expert) for expert in pool.experts)
    engine = Engine(Roster(pool), runtime, LocalRuntime("embedding"), seen.append, room_for_one)
    engine.start()
    yield engine
    engine.close()


def test_forty_questions_load_each_expert_once_per_stage_at_most(
    engine: Engine, seen: list[events.Event]
) -> None:
    protocol = find_protocol("symbolic-moe")
    runs = [
        engine.ask(
            Question.posed(f"A box holds {n} pens. How many are in 3 boxes?"),
            protocol,
            seed=n,
            batched=Batched(),
        )
        for n in range(1, QUESTIONS + 1)
    ]
    for run in runs:
        engine.wait(run)

    finished = [event for event in seen if isinstance(event, events.RunFinished)]
    assert [event.outcome for event in finished] == ["done"] * QUESTIONS
    stages: dict[str, set[str]] = defaultdict(set)
    for event in seen:
        if isinstance(event, events.CallQueued):
            stages[event.expert].add(event.step)
    assert set(stages) == {"first", "second", "third"}
    loads = {state.name: state.loads for state in engine.experts()}
    assert all(1 <= loads[expert] <= len(stages[expert]) for expert in stages), (loads, stages)
