"""Profiles: built by a run over each question, resumed after a kill, and read back."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from engine.engine import Engine
from engine.errors import CallFailed, UserError
from engine.pool import Expert
from engine.profile import Profile
from engine.profiling import Notebook, Profiling
from engine.question import Question
from engine.question_file import read_questions, sample
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool

QUESTIONS = [
    Question("What is 1 + 1?", kind="math", gold="2", id="q1", source="tests"),
    Question("What is 1 + 2?", kind="math", gold="3", id="q2", source="tests"),
    Question("Which letter is first?", ("B", "A"), kind="choice", gold="B", id="q3", source="tests"),
]


def pupils(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
    """Ann always says 2, Bob always says B."""
    asked = messages[-1].content
    if "Keywords:" in asked:
        return "Keywords: letters, order" if "letter" in asked else "Keywords: addition"
    return "The answer is \\boxed{2}" if expert.name == "ann" else "The answer is (B)"


@pytest.fixture
def runtime() -> ScriptedRuntime:
    return ScriptedRuntime(pupils)


@pytest.fixture
def profiling(tmp_path: Path) -> Profiling:
    return Profiling(Notebook(tmp_path / "notebook.jsonl", "a test"))


@pytest.fixture
def engine(runtime: ScriptedRuntime, profiling: Profiling) -> Iterator[Engine]:
    engine = Engine(Roster(pool("ann", "bob")), runtime, ScriptedRuntime(), profiling.record, 1 << 30)
    engine.start()
    yield engine
    engine.close()


def build(profiling: Profiling, engine: Engine, questions: Sequence[Question] = QUESTIONS) -> Profile:
    return profiling.build(engine, questions, 0, "by a test", lambda _phase, _done, _of: None)


def test_right_answers_count_one_up_wrong_ones_one_down_for_every_skill(
    profiling: Profiling, engine: Engine
) -> None:
    profile = build(profiling, engine)
    # Ann is right at q1 and wrong at q2, both addition, and wrong at q3; Bob is right at q3 alone.
    assert profile.scores() == {
        "ann": {"addition": 0, "letters": -1, "order": -1},
        "bob": {"addition": -2, "letters": 1, "order": 1},
    }
    assert profile.skills() == ("addition", "letters", "order")
    assert [question.id for question in profile.questions] == ["q1", "q2", "q3"]
    assert profile.questions[2].gold == "B"


def test_what_was_profiled_before_a_kill_is_not_asked_again(
    profiling: Profiling, engine: Engine, runtime: ScriptedRuntime
) -> None:
    build(profiling, engine, QUESTIONS[:2])
    asked_before = len(runtime.calls)
    again = Profiling(Notebook(profiling.notebook.path, "a test"))
    engine_again = Engine(Roster(pool("ann", "bob")), runtime, ScriptedRuntime(), again.record, 1 << 30)
    engine_again.start()
    profile = build(again, engine_again)
    engine_again.close()
    assert len(profile.questions) == 3
    # The five samples of keywords are one request.
    assert len(runtime.calls) - asked_before == 1 + 2
    assert all("letter" in messages[-1].content for _, messages, _ in runtime.calls[asked_before:])


def test_an_expert_that_fails_has_no_score_for_that_question(
    profiling: Profiling, engine: Engine, runtime: ScriptedRuntime
) -> None:
    runtime.script = lambda expert, messages, sampling: (
        CallFailed("broken") if expert.name == "bob" else pupils(expert, messages, sampling)
    )
    assert build(profiling, engine, QUESTIONS[:1]).questions[0].right == {"ann": True}


def test_questions_without_a_gold_answer_cannot_be_profiled(profiling: Profiling, engine: Engine) -> None:
    with pytest.raises(UserError, match="needs an id and an answer"):
        build(profiling, engine, [Question("Why?", id="q", source="tests")])


def test_question_files_are_read_with_what_they_state(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    lines = [
        {
            "id": "a",
            "kind": "choice",
            "question": "Which?",
            "choices": ["x", "y"],
            "answer": "B",
            "source": "S",
        },
        {"question": "How many are 2 and 2?", "answer": "4"},
    ]
    path.write_text("\n\n".join(map(json.dumps, lines)))
    first, second = read_questions(path)
    assert (first.id, first.kind, first.choices, first.gold, first.source) == (
        "a",
        "choice",
        ("x", "y"),
        "B",
        "S",
    )
    assert (second.id, second.kind, second.gold, second.source) == ("mine-3", "math", "4", "mine")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"question": "a?"}\n{"answer": "4"}', "line 2: The question is empty"),
        ("not json", "line 1"),
        ('{"question": "Which?", "kind": "choice", "answer": "A"}', "needs its choices"),
        ('{"question": "   "}', "line 1: The question is empty"),
    ],
)
def test_a_question_file_that_is_not_right_names_the_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(content)
    with pytest.raises(UserError, match=said):
        read_questions(path)


def test_a_sample_is_the_same_for_the_same_seed_and_keeps_the_order() -> None:
    questions = [Question(str(number)) for number in range(50)]
    drawn = sample(questions, 10, seed=1)
    assert drawn == sample(questions, 10, seed=1)
    assert drawn != sample(questions, 10, seed=2)
    assert [int(question.text) for question in drawn] == sorted(int(question.text) for question in drawn)
    assert sample(questions, None, seed=1) == questions
