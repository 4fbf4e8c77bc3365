"""Profiles, beyond who was right: the test of aggregators, calibration of rewards, and one more expert."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from engine.engine import Engine
from engine.errors import CallFailed, UserError
from engine.pool import Expert, Pool
from engine.profile import Profile
from engine.profiling import Notebook, Phase, Profiling
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from scripted import ScriptedRuntime
from small_pool import pool

QUESTIONS = [
    Question("What is 1 + 1?", kind="math", gold="2", id="q1", source="sums"),
    Question("What is 1 + 2?", kind="math", gold="3", id="q2", source="sums"),
]
SAYS = {"ann": "2", "bob": "5", "cyd": "7", "dan": "3"}


def pupils(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    """Each always says the same number, so Ann is right at q1 and Dan at q2; Bob and Ann aggregate by saying theirs."""
    asked = messages[-1].content
    if "Keywords:" in asked:
        return "Keywords: addition"
    if "Say Yes or No" in asked:
        return "Yes" if "boxed{2}" in asked else "No"
    return f"{expert.name} says \\boxed{{{SAYS[expert.name]}}}"


class Making:
    """A profiling over the scripted runtime, and how far its phases have come."""

    def __init__(self, of: Pool, notebook: Path) -> None:
        self.runtime = ScriptedRuntime(pupils)
        self.profiling = Profiling(Notebook(notebook, "a test"))
        self.told: dict[Phase, tuple[int, int]] = {}
        self.engine = Engine(Roster(of), self.runtime, ScriptedRuntime(), self.profiling.record, 1 << 30)
        self.engine.start()

    def build(self) -> Profile:
        return self.profiling.build(self.engine, QUESTIONS, 0, "by a test", self._progress)

    def extend(self, profile: Profile, expert: str) -> Profile:
        return self.profiling.extend(self.engine, profile, expert, 0, f"{expert} added", self._progress)

    def _progress(self, phase: Phase, done: int, of: int) -> None:
        self.told[phase] = (done, of)

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [(name, messages[-1].content) for name, messages, _ in self.runtime.calls]


@pytest.fixture
def makings() -> Iterator[list[Making]]:
    made: list[Making] = []
    yield made
    for making in made:
        making.engine.close()


def making(makings: list[Making], tmp_path: Path, *names: str, notebook: str = "notebook") -> Making:
    # The keyword expert is the first, the aggregator and so the verifier of equally good ones the last.
    makings.append(Making(pool(*names), tmp_path / notebook))
    return makings[-1]


def test_every_expert_aggregates_a_right_and_two_wrong_chains(makings: list[Making], tmp_path: Path) -> None:
    made = making(makings, tmp_path, "ann", "bob", "cyd")
    profile = made.build()
    # At q2 nobody is right, so there is a test of q1 alone: Ann's chain and the wrong ones of Bob and Cyd.
    (test,) = profile.tests
    assert test.question == "q1"
    assert sorted(test.chains) == [f"{name} says \\boxed{{{SAYS[name]}}}" for name in ("ann", "bob", "cyd")]
    assert test.right == {"ann": True, "bob": False, "cyd": False}
    prompts = [prompt for _, prompt in made.asked if "Several models answered" in prompt]
    assert len(prompts) == 3
    assert all(chain in prompt for chain in test.chains for prompt in prompts)
    assert made.told == {"answers": (6, 6), "aggregator tests": (3, 3), "calibration": (6, 6)}


def test_solutions_are_scored_to_standardise_by(makings: list[Making], tmp_path: Path) -> None:
    profile = making(makings, tmp_path, "ann", "bob", "cyd").build()
    assert profile.calibration is not None
    # Ann is the best expert, so she verifies: Yes with 0.9 to the outcome and the one step of what says 2, else 0.1.
    assert profile.calibration.judges == {"outcome": "Ann", "steps": "Ann"}
    assert profile.calibration.rewards["ann"] == pytest.approx((1.8, 1.8))
    assert profile.calibration.rewards["bob"] == pytest.approx((0.2, 0.2))


def test_one_expert_is_added_without_asking_the_others(makings: list[Making], tmp_path: Path) -> None:
    profile = making(makings, tmp_path, "ann", "bob", "cyd").build()
    added = making(makings, tmp_path, "ann", "bob", "cyd", "dan", notebook="dan")
    extended = added.extend(profile, "dan")
    assert {name for name, _ in added.asked} == {"dan"}
    assert [question.right["dan"] for question in extended.questions] == [False, True]
    assert extended.questions[0].right["ann"] is True
    assert extended.questions[0].skills == profile.questions[0].skills
    assert extended.tests[0].right == {"ann": True, "bob": False, "cyd": False, "dan": False}
    assert extended.calibration is not None
    assert set(extended.calibration.rewards) == {"ann", "bob", "cyd", "dan"}
    assert extended.made_how == "by a test; then dan added"


def test_what_was_tested_and_scored_before_a_kill_is_not_asked_again(
    makings: list[Making], tmp_path: Path
) -> None:
    profile = making(makings, tmp_path, "ann", "bob", "cyd").build()
    again = making(makings, tmp_path, "ann", "bob", "cyd")
    assert again.build() == profile
    assert again.asked == []


def test_an_aggregator_that_fails_has_not_taken_the_test(makings: list[Making], tmp_path: Path) -> None:
    made = making(makings, tmp_path, "ann", "bob", "cyd")
    made.runtime.script = lambda expert, messages, sampling: (
        CallFailed("broken")
        if expert.name == "bob" and "Several models" in messages[-1].content
        else pupils(expert, messages, sampling)
    )
    (test,) = made.build().tests
    assert test.right == {"ann": True, "cyd": False}


def test_an_expert_that_the_profile_has_is_not_added_again(makings: list[Making], tmp_path: Path) -> None:
    profile = making(makings, tmp_path, "ann", "bob", "cyd").build()
    with pytest.raises(UserError, match="has ann already"):
        making(makings, tmp_path, "ann", "bob", "cyd", notebook="ann").extend(profile, "ann")


def test_a_notebook_of_another_profiling_is_refused(tmp_path: Path) -> None:
    Notebook(tmp_path / "notebook", "pool a")
    with pytest.raises(UserError, match="of another profiling"):
        Notebook(tmp_path / "notebook", "pool b")
    (tmp_path / "letter").write_text("Dear reader\n")
    with pytest.raises(UserError, match="is no notebook"):
        Notebook(tmp_path / "letter", "pool a")


def test_a_line_that_was_not_written_to_its_end_is_left_out(makings: list[Making], tmp_path: Path) -> None:
    made = making(makings, tmp_path, "ann", "bob", "cyd")
    profile = made.build()
    path = made.profiling.notebook.path
    path.write_text(path.read_text()[:-20])
    again = making(makings, tmp_path, "ann", "bob", "cyd")
    assert again.build() == profile
