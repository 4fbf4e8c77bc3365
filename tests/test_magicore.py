"""MAgICoRe, whole, over the scripted runtime: who is asked what, what is kept, and who scores."""

from collections.abc import Iterator, Sequence

import pytest

from engine import events
from engine.errors import UserError
from engine.pool import Expert, Pool, RewardModel
from engine.profile import Calibration, Profile
from engine.runtimes.base import Message, Sampling
from engine_stage import Stage
from scripted import Script
from small_pool import expert, pool

WRONG, RIGHT = "Eight and nine make \\boxed{17}", "Eight times nine make \\boxed{72}"


def solver(verdicts: dict[str, str]) -> Script:
    """Ann solves wrongly and refines rightly; `verdicts` is what the verifier says of a solution by its answer."""

    def script(_expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
        asked = messages[-1].content
        if "Say Yes or No" in asked:
            return verdicts["72" if "72" in asked.split("solution")[1] else "17"]
        if "You review this solution" in asked:
            return "Step 1 adds where it should multiply."
        if "A reviewer says" in asked:
            return RIGHT
        return WRONG

    return script


@pytest.fixture
def stages() -> Iterator[list[Stage]]:
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.engine.close()


def staged(
    stages: list[Stage], script: Script, of: Pool | None = None, profile: Profile | None = None
) -> Stage:
    stages.append(Stage(script, of or pool("ann"), profile))
    return stages[-1]


def steps(stage: Stage) -> list[str]:
    return [step.step for step in stage.of(events.StepStarted)]


def test_k_solutions_are_one_request_and_each_is_scored_as_a_whole_and_step_by_step(
    stages: list[Stage],
) -> None:
    stage = staged(stages, solver({"17": "Yes", "72": "Yes"}))
    stage.run("magicore", k=4)
    (request,) = (s for _, m, s in stage.runtime.calls if "Think step by step" in m[-1].content)
    assert (request.samples, request.temperature, request.top_p) == (4, 0.8, 0.95)
    rewarded = stage.of(events.SolutionRewarded)
    assert [one.call for one in rewarded] == [f"reason/ann/{chain}" for chain in range(4)]
    # The verifier says Yes with 0.9 against 0.1 for No, of the outcome and of the single step.
    assert rewarded[0].reward == pytest.approx(0.9 + 0.9)
    assert rewarded[0].steps == [{"text": WRONG, "score": pytest.approx(0.9)}]
    assert (rewarded[0].generative, rewarded[0].judges) == (True, {"outcome": "Ann", "steps": "Ann"})
    assert steps(stage) == ["reason", "answer"]
    assert stage.finished.answer == "17"
    scoring = [one for one in stage.of(events.CallFinished) if one.call.startswith("reward/")]
    assert len(scoring) == 8
    # Every prompt of the verifier has the question, of 12 words, and the solution or its step, of 6.
    assert all(one.prompt_tokens >= 18 and one.tokens == 0 for one in scoring)


def known(**rewards: tuple[float, ...]) -> Profile:
    calibration = Calibration(judges={"outcome": "Ann", "steps": "Ann"}, rewards=rewards)
    return Profile(pool="tests", made="", made_how="", questions=(), calibration=calibration)


def disagreeing(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
    """Every sample has a wrong answer of its own, until it is refined."""
    answer = solver({"17": "No", "72": "Yes"})(expert, messages, sampling)
    return f"Eight and nine make \\boxed{{1{sampling.seed % 4}}}, 17." if answer == WRONG else answer


def test_a_hard_question_is_reviewed_refined_and_what_scores_best_is_kept(stages: list[Stage]) -> None:
    stage = staged(stages, disagreeing, profile=known(ann=(1.5, 1.9)))
    stage.run("magicore", k=4)
    first, second = stage.of(events.DifficultyJudged)
    # Four answers with R = 0.1 + 0.1 each: (0.2 - 1.7) / 0.2 = -7.5, and H = ln 4: confidence 2 (1 - 4/5) = 0.4.
    assert (first.round, first.hard, first.standardised) == (0, True, pytest.approx(-7.5))
    assert (first.outcome_confidence, first.step_confidence) == (pytest.approx(0.4), pytest.approx(0.4))
    # All refined to 72 with R = 0.9 + 0.9: (1.8 - 1.7) / 0.2 = 0.5, one answer, so confidence 1.
    assert (second.round, second.hard, second.standardised) == (1, False, pytest.approx(0.5))
    assert (second.majority, second.outcome_confidence) == ("72", pytest.approx(1.0))
    (kept,) = stage.of(events.SolutionsKept)
    assert kept.kept == [f"refine/1/{chain}" for chain in range(4)]
    assert kept.dropped == [f"reason/ann/{chain}" for chain in range(4)]
    assert steps(stage) == ["reason", "review", "refine", "answer"]
    assert (stage.finished.answer, stage.finished.correct) == ("72", True)


def test_the_reviewer_sees_scores_of_ten_and_the_refiner_its_feedback(stages: list[Stage]) -> None:
    stage = staged(stages, disagreeing, profile=known(ann=(1.5, 1.9)))
    stage.run("magicore", k=4, rounds=1)
    review, refine = stage.prompt("review/1/0"), stage.prompt("refine/1/0")
    assert "(Score: 1/10)" in review
    assert "Do not write a new solution" in review
    assert "(Score: 1/10)" in refine
    assert "adds where it should multiply" in refine
    targets = {one.call: one.target for one in stage.of(events.CallQueued)}
    assert targets["review/1/2"] == targets["refine/1/2"] == "reason/ann/2"


def test_a_review_that_ends_within_its_thinking_has_nothing_refined(stages: list[Stage]) -> None:
    def thinking(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = disagreeing(expert, messages, sampling)
        return "<think>Well" if said == "Step 1 adds where it should multiply." else said

    stage = staged(stages, thinking, profile=known(ann=(1.5, 1.9)))
    stage.run("magicore", k=4, rounds=1)
    assert not [call for call in stage.called if call.startswith("refine/")]
    assert "Ann did not come to the end of its thinking" in stage.notices
    assert stage.finished.outcome == "done"


def test_refinement_ends_with_the_rounds_and_the_best_of_all_rounds_stand(stages: list[Stage]) -> None:
    def hopeless(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = disagreeing(expert, messages, sampling)
        return "Nine and nine \\boxed{18}, 17." if said == RIGHT else said

    stage = staged(stages, hopeless, profile=known(ann=(1.5, 1.9)))
    stage.run("magicore", k=5, rounds=2)
    assert [one.round for one in stage.of(events.DifficultyJudged)] == [0, 1, 2]
    # All score alike, and of equal ones the older is kept: five of ten each time.
    assert [len(one.kept) for one in stage.of(events.SolutionsKept)] == [5, 5]
    assert steps(stage) == ["reason", *["review", "refine"] * 2, "answer"]


def test_solutions_without_an_answer_join_no_majority(stages: list[Stage]) -> None:
    stage = staged(stages, lambda _e, m, _s: "Yes" if "Say Yes" in m[-1].content else "I do not know.")
    stage.run("magicore", k=3, rounds=0)
    (judged,) = stage.of(events.DifficultyJudged)
    assert (judged.hard, judged.majority, judged.standardised) == (True, None, None)
    assert (stage.finished.outcome, stage.finished.answer) == ("done", None)
    assert "could be read" in stage.notices


def test_one_answer_among_solutions_that_cannot_be_read_is_not_sure_of_itself(stages: list[Stage]) -> None:
    def cut_off(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = solver({"17": "No", "72": "Yes"})(expert, messages, sampling)
        return "First I take the eight crates, and then" if said == WRONG and sampling.seed % 4 else said

    stage = staged(stages, cut_off, profile=known(ann=(1.5, 1.9)))
    stage.run("magicore", k=4)
    first = stage.of(events.DifficultyJudged)[0]
    assert (first.majority, first.hard) == ("17", True)
    assert first.outcome_confidence == first.step_confidence == pytest.approx(0.4)
    assert stage.finished.answer == "72"


def reward_pool() -> Pool:
    common = expert("orm").model_dump() | {"title": "ORM"}
    outcome = RewardModel.model_validate({**common, "judges": "outcome"})
    steps_model = {**common, "name": "prm", "title": "PRM", "judges": "steps", "step_mark": "<mark>"}
    models = {"outcome_reward": outcome, "step_reward": RewardModel.model_validate(steps_model)}
    return pool("ann").model_copy(update=models)


def rewarded(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str | UserError:
    """The outcome model's raw score is ln 3, the step model's probability 0.5."""
    return {"orm": "1.0986122887", "prm": "0.5"}.get(expert.name) or WRONG


def test_reward_models_score_where_the_pool_has_them(stages: list[Stage]) -> None:
    stage = staged(stages, rewarded, reward_pool())
    stage.run("magicore", k=2)
    one, _ = stage.of(events.SolutionRewarded)
    # sigmoid(ln 3) = 3/4, and one step of 0.5.
    assert (one.outcome, one.reward) == (pytest.approx(0.75), pytest.approx(1.25))
    assert (one.generative, one.judges) == (False, {"outcome": "ORM", "steps": "PRM"})
    asked = {queued.call: (queued.expert, queued.task) for queued in stage.of(events.CallQueued)}
    assert asked["reward/outcome/reason/ann/0"] == ("orm", "outcome_reward")
    assert asked["reward/steps/reason/ann/0"] == ("prm", "step_rewards")


def test_a_reward_model_that_is_not_here_is_replaced_by_the_verifier_and_the_record_says_so(
    stages: list[Stage],
) -> None:
    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return "Yes" if "Say Yes or No" in messages[-1].content else rewarded(expert, messages, sampling)

    stage = staged(stages, script, reward_pool())
    stage.runtime.lacking.add("orm")
    stage.run("magicore", k=2)
    one, other = stage.of(events.SolutionRewarded)
    assert one.judges == other.judges == {"outcome": "Ann", "steps": "PRM"}
    assert one.generative
    assert "Ann scores in place of ORM" in stage.notices
    assert (one.outcome, one.reward) == (pytest.approx(0.9), pytest.approx(0.9 + 0.5))


def test_a_runtime_that_gives_no_scores_is_refused_before_anything_is_asked(stages: list[Stage]) -> None:
    stage = staged(stages, solver({"17": "Yes"}))
    stage.runtime.scores = False
    stage.run("magicore", k=4)
    assert stage.finished.outcome == "failed"
    assert "--runtime" in str(stage.finished.error)
    assert stage.called == []


def test_self_consistency_takes_the_plurality_and_one_sample_is_the_expert_alone(stages: list[Stage]) -> None:
    def script(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return WRONG if sampling.seed % 3 == 0 else RIGHT

    stage = staged(stages, script)
    stage.run("self-consistency", k=3)
    assert stage.finished.answer == "72"
    assert stage.called == ["reason/ann/0", "reason/ann/1", "reason/ann/2"]
    alone = staged(stages, script)
    alone.run("self-consistency", k=1)
    assert alone.called == ["reason/ann/0"]


def test_one_good_solution_outweighs_three_of_the_majority(stages: list[Stage]) -> None:
    """R is 0.9 + 0.9 of the right one and 0.1 + 0.1 of each of the three: 1.8 against 0.6."""

    def one_right(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        said = solver({"17": "No", "72": "Yes"})(expert, messages, sampling)
        return RIGHT if said == WRONG and sampling.seed % 4 == 0 else said

    stage = staged(stages, one_right)
    stage.run("magicore", k=4, rounds=0)
    (judged,) = stage.of(events.DifficultyJudged)
    assert judged.majority == "17"
    (weighed,) = stage.of(events.VoteWeighed)
    assert [(one["answer"], one["weight"]) for one in weighed.votes] == [
        ("72", pytest.approx(1.8)),
        ("17", pytest.approx(0.6)),
    ]
    assert stage.finished.answer == "72"


def test_what_is_kept_are_the_best_of_old_and_new_together(stages: list[Stage]) -> None:
    """Sampled: 72, which scores 1.8, and 11 to 15, which score 0.2. Of these 12 and 13 are refined to 72, all others to
    17: the sampled 72 and the two good refinements are kept, and of those that score low the three oldest."""

    def uneven(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        asked = messages[-1].content
        if "A reviewer says" in asked:
            return RIGHT if "boxed{12}" in asked or "boxed{13}" in asked else WRONG
        said = solver({"17": "No", "72": "Yes"})(expert, messages, sampling)
        if said != WRONG:
            return said
        return f"Eight and nine make \\boxed{{1{sampling.seed % 6}}}, 17." if sampling.seed % 6 else RIGHT

    stage = staged(stages, uneven, profile=known(ann=(2.5, 2.9)))
    stage.run("magicore", k=6, rounds=1)
    sampled = {
        one.answer: one.call for one in stage.of(events.AnswerExtracted) if one.call.startswith("reason/")
    }
    refined = {one.target: one.call for one in stage.of(events.CallQueued) if one.call.startswith("refine/")}
    (kept,) = stage.of(events.SolutionsKept)
    good = {sampled["72"], refined[sampled["12"]], refined[sampled["13"]]}
    assert set(kept.kept[:3]) == good
    assert kept.kept[3:] == sorted(set(sampled.values()) - good)[:3]
    assert len(kept.dropped) == 6
