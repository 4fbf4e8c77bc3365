"""How often a profiling loads experts that have no room beside each other, and how it tells its progress."""

from pathlib import Path

from engine import events
from engine.engine import Engine
from engine.profiling import Notebook, Phase, Profiling
from engine.question import Question
from engine.roster import Roster
from profiling_sittings import pupils
from scripted import Gate, ScriptedRuntime
from small_pool import pool

QUESTIONS = [Question(f"What is 1 + {n}?", kind="math", gold=str(1 + n), id=f"q{n}") for n in range(100)]
PUPILS = ("ann", "bob", "cyd")


def test_each_expert_is_loaded_once_for_all_questions_and_every_answer_moves_the_bar(tmp_path: Path) -> None:
    runtime = ScriptedRuntime(pupils, memory_each=1)
    all_asked = runtime.load_gates["ann"] = Gate()
    profiling = Profiling(Notebook(tmp_path / "notebook", "a test"))
    begun = 0
    loads: dict[str, int] = {}
    told: list[int] = []

    def sink(event: events.Event) -> None:
        nonlocal begun
        begun += isinstance(event, events.RunStarted)
        if begun == len(QUESTIONS):
            all_asked.open()
        profiling.record(event)

    def progress(phase: Phase, done: int, of: int) -> None:
        if phase == "answers":
            assert of == len(QUESTIONS) * len(PUPILS)
            told.append(done)
        elif not loads:
            loads.update(runtime.loads)

    engine = Engine(Roster(pool(*PUPILS, aggregator="ann")), runtime, ScriptedRuntime(), sink, 1)
    engine.start()
    profiling.build(engine, QUESTIONS, 0, "by a test", progress)
    engine.close()
    assert loads == dict.fromkeys(PUPILS, 1)
    assert told == list(range(len(QUESTIONS) * len(PUPILS) + 1))
