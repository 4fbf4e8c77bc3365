"""A model judge: what it is told, how its judgement is read, and where its quotes are found."""

import json
from collections.abc import Iterator, Sequence

import pytest

from engine import events
from engine.engine import Engine
from engine.pool import Expert
from engine.protocols import PROTOCOLS
from engine.protocols.critique_judge import CRITIQUE_JUDGE
from engine.question import Question
from engine.quotes import alike, exact
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool

LABELS = [{"name": "vague", "description": "Nobody could tell."}, {"name": "wrong"}]
CRITIQUE = (
    "<think>vague thought</think>The 🎻 second step adds where it should multiply. It is vague thought."
)
ANSWER = "There are 8 crates.\n\nSo $8 + 9 = 17$ jars in all."
JUDGED = {
    "comment": "It names the step.",
    "verdict": "helpful",
    "followed": True,
    "spans": [
        {"quote": "second step adds", "label": "vague"},
        {"quote": "So $8 + 9 = 17$ jars", "label": "wrong"},
    ],
}


class Stage:
    """A judge whose answers are given one after another, the last again and again."""

    def __init__(self, *answers: str, enforces: bool = True) -> None:
        self.answers = list(answers)
        self.seen: list[events.Event] = []
        self.runtime = ScriptedRuntime(self._says)
        self.runtime.enforces_json = enforces
        self.engine = Engine(
            Roster(pool("ann", "bob")), self.runtime, ScriptedRuntime(), self.seen.append, 1 << 30
        )
        self.engine.start()

    def _says(self, _expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def judge(self, **settings: object) -> None:
        texts = {"expert": "bob", "critique": CRITIQUE, "answer": ANSWER, "labels": LABELS}
        question = Question.posed("How many jars?")
        self.engine.wait(self.engine.ask(question, CRITIQUE_JUDGE, texts | settings, 1))

    def of(self, kind: type[events.Event]) -> list[events.Event]:
        return [event for event in self.seen if isinstance(event, kind)]

    @property
    def annotated(self) -> events.CritiqueAnnotated:
        (event,) = self.of(events.CritiqueAnnotated)
        assert isinstance(event, events.CritiqueAnnotated)
        return event

    @property
    def finished(self) -> events.RunFinished:
        (event,) = self.of(events.RunFinished)
        assert isinstance(event, events.RunFinished)
        return event


@pytest.fixture
def stages() -> Iterator[list[Stage]]:
    opened: list[Stage] = []
    yield opened
    for stage in opened:
        stage.engine.close()


def staged(stages: list[Stage], *answers: object, enforces: bool = True) -> Stage:
    said = [one if isinstance(one, str) else json.dumps(one) for one in answers]
    stages.append(Stage(*said, enforces=enforces))
    return stages[-1]


def test_it_is_not_offered_to_ask_with() -> None:
    assert CRITIQUE_JUDGE.name not in PROTOCOLS


def test_quotes_become_spans_in_code_points_of_the_recorded_texts(stages: list[Stage]) -> None:
    stage = staged(stages, JUDGED)
    stage.judge(refined="So $8 \\times 9 = 72$.")
    told = stage.annotated
    assert (told.verdict, told.followed, told.comment) == ("helpful", True, "It names the step.")
    # "<think>vague thought</think>" has 28 code points, "The 🎻 " 6: the quote of 16 begins at 34.
    critique, answer = told.spans
    assert critique == {
        "role": "critique",
        "start": 34,
        "end": 50,
        "label": "vague",
        "comment": "",
        "quote": "second step adds",
    }
    assert (answer["role"], answer["start"], answer["end"]) == ("answer", 21, 41)
    assert ANSWER[21:41] == answer["quote"]
    assert stage.finished.answer == "helpful"


def test_it_reads_question_answer_critique_and_refinement_but_no_thinking(stages: list[Stage]) -> None:
    stage = staged(stages, JUDGED)
    stage.judge(refined="So 72.")
    ((_, messages, sampling),) = stage.runtime.calls
    told = messages[-1].content
    for shown in ("How many jars?", ANSWER, "The 🎻 second step", "So 72.", '"vague" (Nobody could tell.)'):
        assert shown in told
    assert "<think>" not in told
    schema = sampling.json_schema
    assert schema
    assert schema["required"] == ["comment", "verdict", "followed", "spans"]
    assert schema["properties"]["spans"]["items"]["properties"]["label"]["enum"] == ["vague", "wrong"]


def test_without_a_refinement_nothing_is_said_of_following(stages: list[Stage]) -> None:
    stage = staged(stages, JUDGED)
    stage.judge()
    assert stage.annotated.followed is None
    (_, messages, sampling) = stage.runtime.calls[0]
    assert "followed" not in messages[-1].content.lower()
    assert sampling.json_schema
    assert "followed" not in sampling.json_schema["properties"]


def test_what_is_not_in_the_texts_is_left_out_and_counted(stages: list[Stage]) -> None:
    spans = [
        {"quote": "second step adds", "label": "vague"},
        {"quote": "a passage that stands nowhere at all", "label": "wrong"},
        {"quote": "8 crates", "label": "made up"},
    ]
    stage = staged(stages, {**JUDGED, "spans": spans})
    stage.judge()
    assert len(stage.annotated.spans) == 1
    (notice,) = stage.of(events.Noticed)
    assert isinstance(notice, events.Noticed)
    assert notice.message.startswith("2 of 3 passages are left out")


def test_an_answer_that_cannot_be_read_is_asked_for_again(stages: list[Stage]) -> None:
    stage = staged(stages, "I think it is helpful.", f"Here: {json.dumps(JUDGED)} Bye.", enforces=False)
    stage.judge()
    assert stage.annotated.call == "judge/bob/retry-1"
    hopeless = staged(stages, "I think it is helpful.", enforces=False)
    hopeless.judge()
    assert len(hopeless.runtime.calls) == 4
    assert hopeless.finished.outcome == "failed"
    assert "no judgement that can be read" in str(hopeless.finished.error)


def test_a_judge_may_leave_out_what_is_not_enforced(stages: list[Stage]) -> None:
    stage = staged(stages, '{"verdict": "Harmful."}', enforces=False)
    stage.judge()
    assert (stage.annotated.verdict, stage.annotated.spans) == ("harmful", [])


def test_where_a_quote_stands() -> None:
    text = "Thinking: it adds. And so it adds, where it should multiply the crates."
    assert exact("it adds", text) == (10, 17)
    assert exact("it adds", text, 12) == (26, 33)
    assert exact("", text) is None
    found = alike("where it should multiply  the crate", text)
    assert found
    assert text[slice(*found)].startswith("where it should multiply the crate")
    assert alike("where nobody has ever been before", text) is None
    assert alike("it addz", text) is None  # too short to be found by likeness
