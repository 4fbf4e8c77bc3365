"""Pools that change while the engine runs: whose experts answer, what is loaded, and what makes room."""

import threading
from collections.abc import Iterator

import pytest

from engine import events
from engine.engine import Engine
from engine.errors import UserError, WeightsMissing
from engine.pool import Expert, Pool
from engine.profile import Profile, ProfiledQuestion
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from scripted import Gate, ScriptedRuntime
from small_pool import pool

QUESTION = Question.posed("How many are 3 and 4?")


def renamed(of: Pool, name: str, **models: str) -> Pool:
    """The pool under another name, with another model behind the experts that are named."""
    experts = tuple(
        expert.model_copy(update={"model": models.get(expert.name, expert.model)}) for expert in of.experts
    )
    return of.model_copy(update={"name": name, "experts": experts})


def profile(pool: str, skill: str) -> Profile:
    question = ProfiledQuestion(
        id="1", source="t", kind="math", question="?", gold="1", skills=(skill,), right={"ann": True}
    )
    return Profile(pool=pool, made="2026-11-21", made_how="by hand", questions=(question,))


def heard(expert: Expert, *_: object) -> str:
    """Which model answered."""
    return f"keywords: sums\n{expert.model} says \\boxed{{7}}"


class Stage:
    """An engine over a scripted runtime with room for two experts."""

    def __init__(self, roster: Roster) -> None:
        self.runtime = ScriptedRuntime(heard, memory_each=1)
        self.embedding = ScriptedRuntime()
        self.seen: list[events.Event] = []
        self.engine = Engine(roster, self.runtime, self.embedding, self.seen.append, memory=2)
        self.engine.start()

    def begin(self, roster: Roster | None = None) -> str:
        return self.engine.ask(QUESTION, find_protocol("symbolic-moe"), {"k": 2}, seed=1, roster=roster)

    def run(self, roster: Roster | None = None) -> str:
        run = self.begin(roster)
        self.engine.wait(run)
        return run

    def pool_of(self, run: str) -> str:
        (started,) = (e for e in self.seen if isinstance(e, events.RunStarted) and e.run == run)
        return started.pool

    def texts(self, run: str) -> str:
        return " ".join(e.text for e in self.seen if isinstance(e, events.CallFinished) and e.run == run)


FIRST = pool("ann", "bob")
SECOND = renamed(FIRST, "second", ann="another-ann")


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(Roster(FIRST))
    yield stage
    stage.engine.close()


def test_the_next_run_is_answered_by_the_pool_that_was_put_to_use(stage: Stage) -> None:
    before = stage.run()
    stage.engine.use(Roster(SECOND))
    after = stage.run()
    assert (stage.pool_of(before), stage.pool_of(after)) == ("tests", "second")
    assert stage.engine.roster.pool == SECOND


def test_an_expert_of_the_same_name_with_other_weights_is_loaded_anew(stage: Stage) -> None:
    assert "another-ann" not in stage.texts(stage.run())
    assert stage.runtime.loads["ann"] == 1
    stage.engine.use(Roster(SECOND))
    assert "another-ann says" in stage.texts(stage.run())
    assert stage.runtime.loads["ann"] == 2


def test_an_expert_that_both_pools_have_is_loaded_once_and_the_one_left_behind_makes_room(
    stage: Stage,
) -> None:
    stage.run()
    assert stage.runtime.loaded == {"ann", "bob"}
    stage.engine.use(Roster(SECOND))
    stage.run()
    assert stage.runtime.loads["bob"] == 1
    assert stage.runtime.unloads["ann"] == 1
    left_behind = {state.name: state.state for state in stage.engine.experts(FIRST)}
    assert left_behind == {"ann": "waiting", "bob": "loaded"}
    assert [state.state for state in stage.engine.experts()] == ["loaded", "loaded"]


def test_a_run_can_be_given_a_roster_that_is_not_in_use(stage: Stage) -> None:
    run = stage.run(Roster(SECOND))
    assert stage.pool_of(run) == "second"
    assert "another-ann says" in stage.texts(run)
    assert stage.engine.roster.pool == FIRST


def test_a_run_that_goes_on_keeps_its_experts(stage: Stage) -> None:
    stage.runtime.gates["bob"] = gate = Gate()
    run = stage.begin()
    stage.engine.use(Roster(SECOND))
    gate.open()
    stage.engine.wait(run)
    assert "another-ann" not in stage.texts(run)
    assert "bob says" in stage.texts(run)


def test_rosters_share_their_embedder_and_match_to_their_own_profiles(stage: Stage) -> None:
    stage.run(Roster(FIRST, profile("tests", "addition")))
    stage.run(Roster(SECOND, profile("second", "summing up")))
    matched = [e.skills[0]["profile_skill"] for e in stage.seen if isinstance(e, events.SkillsFound)]
    assert matched == ["addition", "summing up"]
    assert stage.embedding.loads["embedder"] == 1


def test_a_pool_whose_weights_are_missing_is_refused_with_where_to_fetch_them(stage: Stage) -> None:
    stage.runtime.lacking = {"ann", "bob"}
    with pytest.raises(WeightsMissing, match="fetch them on the page Experts"):
        stage.begin()
    stage.runtime.lacking = {"ann"}
    assert "bob says" in stage.texts(stage.run())


def test_a_pool_that_does_not_suit_the_runtime_says_so(stage: Stage) -> None:
    def unfit(expert: Expert) -> int:
        raise UserError(f"This runtime cannot read {expert.title}.")

    stage.runtime.memory = unfit
    with pytest.raises(UserError, match="cannot read Ann"):
        stage.begin()


def test_the_roster_put_to_use_is_warmed_up(stage: Stage) -> None:
    warm = threading.Event()
    stage.runtime.script = lambda *_: warm.set() or "keywords: sums"
    stage.engine.use(Roster(SECOND))
    assert warm.wait(30)
    assert stage.runtime.loaded == {"ann", "bob"}
    assert stage.seen == []


def thinking(of: Pool, *names: str) -> Pool:
    experts = tuple(expert.model_copy(update={"thinks": expert.name in names}) for expert in of.experts)
    return of.model_copy(update={"experts": experts})


@pytest.mark.parametrize(
    ("thinkers", "right", "verifier"),
    [
        ((), {"ann": True, "bob": False}, "ann"),
        ((), {"ann": True, "bob": True}, "bob"),  # as good, and the pool's aggregator
        (("ann",), {"ann": True, "bob": False}, "bob"),
        (("bob",), None, "ann"),
        (("ann", "bob"), {"ann": True, "bob": False}, "ann"),
    ],
)
def test_the_best_expert_that_answers_at_once_scores(
    thinkers: tuple[str, ...], right: dict[str, bool] | None, verifier: str
) -> None:
    question = ProfiledQuestion(
        id="1", source="t", kind="math", question="?", gold="1", skills=("sums",), right=right or {}
    )
    known = Profile(pool="tests", made="", made_how="", questions=(question,)) if right else None
    roster = Roster(thinking(FIRST, *thinkers), known)
    assert roster.verifier().name == verifier
    assert roster.best().name == ("ann" if right and not right["bob"] else "bob")
