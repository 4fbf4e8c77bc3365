"""The disputation as the three systems together: when it critiques, what is chosen by vote, when it stops."""

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from engine import events
from engine.errors import CallFailed, UserError
from engine.pool import Expert
from engine.profile import Calibration, Profile
from engine.runtimes.base import Message, Sampling
from engine_stage import Stage
from scripted import Script
from small_pool import pool


class Company:
    """What three experts say; `answers` by expert, the second of two refinements better than the first."""

    def __init__(self, answers: dict[str, str], yes: str = "Yes", persuaded: bool = True) -> None:
        self.answers = answers
        self.yes = yes
        self.persuaded = persuaded

    def script(self, expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        asked = messages[-1].content
        if "Keywords:" in asked:
            return "Keywords: multiplication"
        if "Say Yes or No" in asked:
            return self.yes
        if "Choose the response" in asked:
            response = asked.split("## Response 2")[1]
            second = "Critique by cyd" in response or "sample 1" in response
            return json.dumps({"reasoning": "It is the better one.", "answer": "2" if second else "1"})
        if "Review this answer" in asked:
            return f"Critique by {expert.name}. Verdict: wrong"
        if "Reviewers read your answer" in asked:
            sample = sampling.seed % 2
            return f"sample {sample}: \\boxed{{{'72' if self.persuaded else self.answers[expert.name]}}}"
        if "Several models answered" in asked:
            return "In all, \\boxed{72}"
        return f"{expert.name} thinks \\boxed{{{self.answers[expert.name]}}}"


Staged = Callable[..., Stage]
DIFFERENT = {"ann": "70", "bob": "72", "cyd": "17"}
ALIKE = dict.fromkeys(DIFFERENT, "72")


@pytest.fixture
def staged() -> Iterator[Staged]:
    stages: list[Stage] = []

    def build(company: Company, profile: Profile | None = None) -> Stage:
        script: Script = company.script
        stages.append(Stage(script, pool("ann", "bob", "cyd"), profile))
        return stages[-1]

    yield build
    for stage in stages:
        stage.engine.close()


def steps(stage: Stage) -> list[str]:
    return [step.step for step in stage.of(events.StepStarted)]


def test_two_others_critique_each_answer_and_all_vote_for_one_of_them(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT))
    stage.run("disputation", rounds=1)
    critiques = [call for call in stage.called if call.startswith("critique/1/")]
    assert len(critiques) == 6
    chosen = {one.subject: one for one in stage.of(events.CandidateChosen)}
    by_cyd = "critique/1/cyd/on/ann"
    assert chosen["critique/1/ann"].chosen == by_cyd
    votes = [vote for vote in stage.of(events.CandidateVoted) if vote.subject == "critique/1/ann"]
    assert {vote.expert for vote in votes} == {"ann", "bob", "cyd"}
    assert {vote.choice for vote in votes} == {chosen["critique/1/ann"].candidates.index(by_cyd) + 1}
    prompt = stage.prompt_once("refine/1/ann/0")
    assert "Critique by cyd" in prompt
    assert "Critique by bob" not in prompt


def test_each_writes_two_refinements_in_one_request_and_the_chosen_one_stands(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT))
    stage.run("disputation", rounds=1)
    refinements = [call for call in stage.called if call.startswith("refine/1/ann/")]
    assert refinements == ["refine/1/ann/0", "refine/1/ann/1"]
    requests = [s.samples for name, m, s in stage.runtime.calls if "Reviewers read" in m[-1].content]
    assert requests == [2, 2, 2]
    chosen = {one.subject: one.chosen for one in stage.of(events.CandidateChosen)}
    aggregated = stage.prompt("answer/aggregator")
    for author in DIFFERENT:
        assert chosen[f"refine/1/{author}"].startswith(f"refine/1/{author}/")
    assert aggregated.count("sample 1") == 3
    assert "thinks" not in aggregated


def calibrated(*rewards: float) -> Profile:
    judges = {"outcome": "Cyd", "steps": "Cyd"}
    calibration = Calibration(judges=judges, rewards=dict.fromkeys(DIFFERENT, rewards))
    return Profile(pool="tests", made="", made_how="", questions=(), calibration=calibration)


def test_it_stops_when_all_agree_and_their_solutions_score_well(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT), calibrated(0.8, 1.6))
    stage.run("disputation", rounds=5, rerank=False)
    # They disagree and refine once to 72; the verifier finds all of it right: R = 0.9 + 0.9, (1.8 - 1.2) / 0.4 = 1.5.
    assert steps(stage) == ["recruit", "reason", "critique", "refine", "answer"]
    (judged,) = stage.of(events.DifficultyJudged)
    assert (judged.round, judged.hard, judged.majority) == (1, False, "72")
    assert (judged.standardised, judged.unanimous) == (pytest.approx(1.5), True)


def test_agreement_on_what_scores_low_is_criticised(staged: Staged) -> None:
    stage = staged(Company(ALIKE, yes="No"), calibrated(0.8, 1.6))
    stage.run("disputation", rounds=2, rerank=False)
    # R = 0.1 + 0.1, (0.2 - 1.2) / 0.4 = -2.5 before and after every round.
    assert steps(stage) == ["recruit", "reason", *["critique", "refine"] * 2, "answer"]
    judged = stage.of(events.DifficultyJudged)
    assert [(one.hard, one.standardised) for one in judged] == [(True, pytest.approx(-2.5))] * 2
    assert "score low" in stage.notices


def test_without_calibration_agreement_is_enough(staged: Staged) -> None:
    stage = staged(Company(ALIKE, yes="No"))
    stage.run("disputation")
    assert steps(stage) == ["recruit", "reason", "answer"]
    assert not any(call.startswith("reward/") for call in stage.called)


@pytest.mark.parametrize(
    ("judges", "solvers"), [("An outcome model", DIFFERENT), ("Cyd", ("somebody else",))]
)
def test_rewards_that_the_profile_cannot_standardise_decide_nothing(
    staged: Staged, judges: str, solvers: Sequence[str]
) -> None:
    rewards = dict.fromkeys(solvers, (0.8, 1.6))
    calibration = Calibration(judges={"outcome": judges, "steps": "Cyd"}, rewards=rewards)
    profile = Profile(pool="tests", made="", made_how="", questions=(), calibration=calibration)
    stage = staged(Company(ALIKE, yes="No"), profile)
    stage.run("disputation")
    assert stage.of(events.DifficultyJudged) == []
    assert steps(stage) == ["recruit", "reason", "answer"]
    assert "What rewards say is not known" in stage.notices


def test_where_nobody_can_score_the_run_goes_on(staged: Staged) -> None:
    class Scoreless(Company):
        def script(self, expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
            if "Say Yes or No" in messages[-1].content:
                return CallFailed("A server gives no probabilities.")
            return super().script(expert, messages, sampling)

    agreeing = staged(Scoreless(ALIKE), calibrated(0.8, 1.6))
    agreeing.run("disputation")
    assert (agreeing.finished.outcome, agreeing.finished.answer) == ("done", "72")
    assert "no probabilities" in agreeing.notices
    voting = staged(Scoreless({"ann": "70", "bob": "72", "cyd": "72"}))
    voting.run("disputation", critique="never", conclusion="vote")
    assert (voting.finished.outcome, voting.finished.answer) == ("done", "72")


def test_it_goes_on_until_the_rounds_run_out(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT, persuaded=False))
    stage.run("disputation", rounds=2, rerank=False)
    assert steps(stage) == ["recruit", "reason", *["critique", "refine"] * 2, "answer"]
    assert "critique/2/ann/on/bob" in stage.called
    assert stage.of(events.DifficultyJudged) == []


def test_agreement_and_good_scores_need_no_critique(staged: Staged) -> None:
    stage = staged(Company(ALIKE))
    stage.run("disputation")
    assert steps(stage) == ["recruit", "reason", "answer"]
    assert "agree" in stage.notices


def test_parts_can_be_switched_off(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT))
    stage.run("disputation", recruit=False, critique="never", conclusion="vote", rewards=False)
    assert steps(stage) == ["reason", "answer"]
    assert stage.called == ["reason/ann/0", "reason/bob/0", "reason/cyd/0"]
    assert stage.finished.answer == "70"
    without_rewards = staged(Company(ALIKE))
    without_rewards.run("disputation", rewards=False)
    assert not any(call.startswith("reward/") for call in without_rewards.called)
    always = staged(Company(ALIKE))
    always.run("disputation", critique="always", rounds=1, rerank=False)
    assert "critique" in steps(always)


def test_without_refining_the_aggregator_alone_has_the_critiques(staged: Staged) -> None:
    stage = staged(Company(DIFFERENT))
    stage.run("disputation", refine=False, rounds=3)
    assert steps(stage) == ["recruit", "reason", "critique", "answer"]
    assert not [call for call in stage.called if call.startswith(("refine/", "critique/2/"))]
    prompt = stage.prompt_once(next(call for call in stage.called if call.startswith("answer/")))
    assert "ann thinks \\boxed{70}" in prompt
    assert "Critique by cyd" in prompt


def test_the_aggregator_is_told_that_a_critique_was_of_the_answer_before(staged: Staged) -> None:
    refined = staged(Company(DIFFERENT))
    refined.run("disputation", rounds=1)
    assert (
        refined.prompt("answer/aggregator").count("A review of response 1 before it was refined: Critique")
        == 1
    )
    unrefined = staged(Company(DIFFERENT))
    unrefined.run("disputation", refine=False)
    assert "A review of response 1: Critique" in unrefined.prompt("answer/aggregator")


@pytest.mark.parametrize("rerank", [True, False])
def test_a_refinement_that_is_cut_off_replaces_no_whole_answer(staged: Staged, rerank: bool) -> None:
    class Wordy(Company):
        def script(self, expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
            said = super().script(expert, messages, sampling)
            refining = "Reviewers read your answer" in messages[-1].content
            return "step " * 1000 if refining and expert.name == "ann" else said

    stage = staged(Wordy(DIFFERENT))
    stage.run("disputation", rounds=1, rerank=rerank)
    aggregated = stage.prompt("answer/aggregator")
    assert "ann thinks \\boxed{70}\n\nA review of response 1: Critique by" in aggregated
    assert "step step" not in aggregated
    assert "Ann did not come to the end of refining, so its answer stays." in stage.notices


def test_an_expert_that_thinks_has_room_for_it_where_no_schema_is_enforced() -> None:
    experts = pool("ann", "bob", "cyd")
    bob = experts.experts[1].model_copy(update={"thinks": True, "max_tokens": 3000})
    company = experts.model_copy(update={"experts": (experts.experts[0], bob, experts.experts[2])})
    stage = Stage(Company(DIFFERENT).script, company, None)
    stage.run("disputation", rounds=1)
    stage.engine.close()
    limits = {one.call: one.sampling["max_tokens"] for one in stage.of(events.CallQueued) if one.sampling}
    assert limits["critique/1/bob/on/ann"] == limits["reason/bob/0"] == 3000
    assert limits["critique/1/ann/on/bob"] == 192
    assert limits["rerank/refine/1/ann/1/bob"] == limits["rerank/refine/1/ann/1/ann"] == 1000


@pytest.mark.parametrize("rerank", [True, False])
def test_a_critique_that_ends_within_its_thinking_is_none(staged: Staged, rerank: bool) -> None:
    class Thoughtful(Company):
        def script(self, expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
            if "Review this answer" in messages[-1].content and expert.name != "bob":
                return "<think>Let me see"
            return super().script(expert, messages, sampling)

    stage = staged(Thoughtful(DIFFERENT))
    stage.run("disputation", rounds=1, rerank=rerank)
    assert "Reviewer 1: Critique by bob" in stage.prompt_once("refine/1/ann/0")
    assert "Reviewer 2" not in stage.prompt_once("refine/1/ann/0")
    # Bob was reviewed by the two that said nothing.
    assert not [call for call in stage.called if call.startswith("refine/1/bob")]
    assert "Cyd did not come to the end of its thinking" in stage.notices


def test_a_vote_by_rewards_weighs_the_answers(staged: Staged) -> None:
    stage = staged(Company({"ann": "70", "bob": "72", "cyd": "72"}))
    stage.run("disputation", critique="never", conclusion="vote")
    (weighed,) = stage.of(events.VoteWeighed)
    # Every solution: the verifier says Yes with 0.9 to 0.1 of outcome and of the one step: R = 0.9 + 0.9.
    assert [(one["answer"], one["weight"]) for one in weighed.votes] == [
        ("72", pytest.approx(3.6)),
        ("70", pytest.approx(1.8)),
    ]
    assert stage.finished.answer == "72"
    assert stage.finished.agreement == {"ann": False, "bob": True, "cyd": True}


@pytest.mark.parametrize("rerank", [True, False])
def test_a_refinement_without_an_answer_replaces_none(staged: Staged, rerank: bool) -> None:
    company = Company({"ann": "72", "bob": "72", "cyd": "17"})

    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        if "Reviewers read your answer" in messages[-1].content:
            return f"The {('first', 'second')[sampling.seed % 2]} reviewer is right."
        return company.script(expert, messages, sampling)

    stage = staged(company)
    stage.runtime.script = script
    stage.run("disputation", rounds=1, rerank=rerank, conclusion="vote", rewards=False)
    assert stage.finished.answer == "72"
    assert stage.finished.agreement == {"ann": True, "bob": True, "cyd": False}
    assert stage.notices.count("has no answer that could be read, so its answer stays") == 3
    assert not [one for one in stage.of(events.CandidateChosen) if one.subject.startswith("refine/")]
    # Nor does the record say that anybody changed to no answer.
    assert not [one for one in stage.of(events.AnswerExtracted) if one.call.startswith("refine/")]
