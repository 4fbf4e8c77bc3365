"""What a profiling did not get: it is told, and the next sitting asks for it and for nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import CallFailed, PromptTooLong, UserError
from engine.pool import Expert, RewardModel
from engine.profiling import Missing
from profiling_sittings import ANN_AND_BOB, QUESTIONS, Begin, pupils, sittings, without
from scripted import ScriptedRuntime
from small_pool import pool


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Begin]:
    with sittings(tmp_path) as begin:
        yield begin


def test_a_failed_answer_is_told_and_asked_for_again(sit: Begin) -> None:
    broken = without(lambda expert, asked: expert.name == "bob" and "1 + 2" in asked, CallFailed("Broken."))
    first = sit(broken)
    assert [one.right for one in first.build().questions] == [
        {"ann": True, "bob": False},
        {"ann": False},
        {"ann": False, "bob": False},
    ]
    assert first.profiling.missing == [Missing("answers", "bob", 1, 3, "Broken.", lasting=False)]
    again = sit(ScriptedRuntime(pupils))
    assert again.build().questions[1].right == {"ann": False, "bob": True}
    assert again.asked == ["bob"]
    assert again.profiling.missing == []


def test_keywords_that_failed_are_told_and_asked_for_again(sit: Begin) -> None:
    first = sit(without(lambda _, asked: "Keywords:" in asked and "1 + 2" in asked, CallFailed("Broken.")))
    assert [one.skills for one in first.build().questions] == [("addition",), (), ("addition",)]
    assert first.profiling.missing == [Missing("keywords", "ann", 1, 3, "Broken.", lasting=False)]
    again = sit(ScriptedRuntime(pupils))
    assert again.build().questions[1].skills == ("addition",)
    assert again.asked == ["ann"]


def test_tests_and_rewards_that_failed_are_told_and_asked_for_again(sit: Begin) -> None:
    of = pool("ann", "bob", "cyd", aggregator="ann")  # at q1 Ann alone is right, which makes a test

    def fails(expert: Expert, asked: str) -> bool:
        return "Say Yes or No" in asked or (expert.name == "bob" and "Several models" in asked)

    first = sit(without(fails, CallFailed("Broken.")), of)
    profile = first.build(QUESTIONS[:1])
    assert profile.calibration is None
    assert first.profiling.missing == [
        Missing("aggregator tests", "bob", 1, 1, "Broken.", lasting=False),
        *(Missing("rewards", name, 1, 1, "Broken.", lasting=False) for name in ("ann", "bob", "cyd")),
    ]
    again = sit(ScriptedRuntime(pupils), of)
    profile = again.build(QUESTIONS[:1])
    assert again.asked == ["bob"]  # what scores is not among the texts that are asked for
    assert profile.tests[0].right == {"ann": True, "bob": False, "cyd": False}
    assert profile.calibration is not None
    assert set(profile.calibration.rewards) == {"ann", "bob", "cyd"}


def test_a_question_that_is_too_long_for_the_expert_that_is_added_is_left_out(
    sit: Begin,
) -> None:
    known = sit(ScriptedRuntime(pupils), pool("ann"), "known").build()
    added = sit(without(lambda _, asked: "1 + 2" in asked, PromptTooLong("Too long.")))
    extended = added.extend(known)
    assert [one.right.get("bob") for one in extended.questions] == [False, None, False]
    assert added.profiling.missing == [Missing("answers", "bob", 1, 3, "Too long.", lasting=True)]


def test_what_is_missing_of_an_added_expert_is_asked_for_though_the_profile_has_it(
    sit: Begin,
) -> None:
    known = sit(ScriptedRuntime(pupils), pool("ann"), "known").build()
    partly = sit(without(lambda _, asked: "1 + 2" in asked, CallFailed("Broken."))).extend(known)
    again = sit(ScriptedRuntime(pupils))
    extended = again.extend(partly)
    assert again.asked == ["bob"]
    assert [one.right["bob"] for one in extended.questions] == [False, True, False]
    assert extended.made_how == "by a test; then bob added"
    assert extended.calibration is not None
    assert len(extended.calibration.rewards["bob"]) == 3


def test_where_nobody_answers_anything_there_is_no_profile(sit: Begin) -> None:
    runtime = ScriptedRuntime(pupils)
    runtime.refuse = {"ann": "It is away.", "bob": "It is away."}
    with pytest.raises(UserError, match=r"No question was answered.* It is away"):
        sit(runtime).build()


def test_rewards_by_other_judges_than_the_profiles_do_not_count_and_are_told(
    sit: Begin,
) -> None:
    known = sit(ScriptedRuntime(pupils), pool("ann"), "known").build()
    model = RewardModel(
        name="rewarder", title="Rewarder", model="rewarder", parameters=1, licence="none", judges="outcome"
    )
    of = ANN_AND_BOB.model_copy(update={"outcome_reward": model})
    added = sit(ScriptedRuntime(lambda *asked: "1.0" if asked[0].name == "rewarder" else pupils(*asked)), of)
    extended = added.extend(known)
    assert extended.calibration == known.calibration
    reason = "Scored by Rewarder and Ann; the profile's rewards are by Ann."
    assert added.profiling.missing == [Missing("rewards", "bob", 3, 3, reason, lasting=True)]


def test_an_expert_that_could_not_be_loaded_is_asked_everything(sit: Begin) -> None:
    runtime = ScriptedRuntime(pupils)
    runtime.refuse = {"bob": "It does not fit."}
    first = sit(runtime)
    first.build()
    assert first.profiling.missing == [Missing("answers", "bob", 3, 3, "It does not fit.", lasting=False)]
    again = sit(ScriptedRuntime(pupils))
    assert all("bob" in one.right for one in again.build().questions)
    assert again.asked == ["bob"] * 3
