"""MAgICoRe's scores and decisions, against numbers worked out by hand from the paper's formulas."""

import math

import pytest

from engine.profile import Calibration, Profile
from engine.rewards import Difficulty, Reward, judge_difficulty, sigmoid, steps_of, weighted_vote
from engine.rewards.calibration import of_profile
from engine.rewards.difficulty import confidence
from engine.rewards.steps import MOST

GOOD, POOR = Reward(0.9, (0.5, 0.8)), Reward(0.2, (0.5, 0.2))
"""R = 0.9 + 0.5 · 0.8 = 1.3 and R = 0.2 + 0.5 · 0.2 = 0.3."""


def test_a_reward_is_the_outcome_and_the_product_of_the_steps() -> None:
    assert GOOD.total == pytest.approx(1.3)
    assert POOR.total == pytest.approx(0.3)
    assert Reward(0.4, ()).total == pytest.approx(0.4)


def test_the_sigmoid_is_exact_far_out_on_either_side() -> None:
    assert sigmoid(0) == 0.5
    assert sigmoid(math.log(3)) == pytest.approx(0.75)
    assert sigmoid(-math.log(3)) == pytest.approx(0.25)
    assert (sigmoid(1000), sigmoid(-1000)) == (1.0, 0.0)


def test_confidence_falls_with_the_entropy_of_the_answers_scores() -> None:
    # One answer: H = 0, 2 · (1 - 1/2) = 1. Two alike: H = ln 2, sigmoid = 2/3, so 2/3.
    assert confidence([0.7]) == pytest.approx(1.0)
    assert confidence([0.4, 0.4]) == pytest.approx(2 / 3)
    # Three alike: H = ln 3, sigmoid = 3/4, exactly one half; four alike: H = ln 4, 2 · (1 - 4/5) = 0.4.
    assert confidence([1, 1, 1]) == pytest.approx(0.5)
    assert confidence([1, 1, 1, 1]) == pytest.approx(0.4)
    # Shares 3/4 and 1/4: H = 0.75 ln(4/3) + 0.25 ln 4 = 0.56234, 2 / (1 + e^H) = 0.72600.
    assert confidence([3, 1]) == pytest.approx(2 / (1 + math.exp(0.5623351446)))
    assert confidence([]) == confidence([0.0, 0.0]) == 0.0


def test_the_first_condition_standardises_the_majoritys_rewards() -> None:
    # Majority: R = 1.3 and 0.3, mean of (R - 0.5) / 0.2 = (4 - 1) / 2 = 1.5.
    difficulty = judge_difficulty([[GOOD, POOR], [POOR]], mean=0.5, deviation=0.2)
    assert difficulty.standardised == pytest.approx(1.5)
    assert not difficulty.hard


def test_the_second_condition_wants_both_confidences() -> None:
    # Outcomes 0.9 + 0.2 against 0.2: shares 11/13 and 2/13. Steps' products 0.4 + 0.1 against 0.1: 5/6 and 1/6.
    difficulty = judge_difficulty([[GOOD, POOR], [POOR]], mean=9.0, deviation=1.0)
    entropy = -(11 / 13 * math.log(11 / 13) + 2 / 13 * math.log(2 / 13))
    assert difficulty.outcome_confidence == pytest.approx(2 / (1 + math.exp(entropy)))
    entropy = -(5 / 6 * math.log(5 / 6) + 1 / 6 * math.log(1 / 6))
    assert difficulty.step_confidence == pytest.approx(2 / (1 + math.exp(entropy)))
    assert difficulty.standardised is not None
    assert difficulty.standardised < 0
    assert not difficulty.hard


@pytest.mark.parametrize(
    ("standardised", "outcome", "steps", "hard"),
    [
        (0.0, 0.1, 0.1, False),
        (-0.01, 0.5, 0.5, False),
        (-0.01, 0.49, 0.9, True),
        (-0.01, 0.9, 0.49, True),
        (None, 0.0, 0.0, True),
    ],
)
def test_hard_is_what_meets_neither_condition(
    standardised: float | None, outcome: float, steps: float, hard: bool
) -> None:
    assert Difficulty(standardised, outcome, steps).hard is hard


def test_without_any_answer_a_question_is_hard() -> None:
    assert judge_difficulty([], mean=1.0, deviation=0.0) == Difficulty(None, 0.0, 0.0)


def test_solutions_without_an_answer_agree_with_none() -> None:
    # One answer and three unread, each with outcome 0.2 and process 0.1: four alike, 2 · (1 - 4/5) = 0.4 for both.
    difficulty = judge_difficulty([[POOR]], mean=1.0, deviation=1.0, unread=[POOR, POOR, POOR])
    assert difficulty.outcome_confidence == pytest.approx(0.4)
    assert difficulty.step_confidence == pytest.approx(0.4)
    assert difficulty.hard
    assert judge_difficulty([], mean=1.0, deviation=0.0, unread=[GOOD]) == Difficulty(None, 0.0, 0.0)


def test_equal_calibration_rewards_leave_the_sign() -> None:
    assert judge_difficulty([[GOOD]], mean=1.0, deviation=0.0).standardised == pytest.approx(0.3)


def test_the_vote_adds_up_rewards_so_that_one_good_solution_can_outweigh_two() -> None:
    assert weighted_vote([[POOR, POOR], [GOOD]]) == pytest.approx([0.6, 1.3])


def test_mean_and_deviation_come_from_the_profiles_solutions_by_the_same_judges() -> None:
    judges = {"outcome": "V", "steps": "V"}
    calibration = Calibration(judges=judges, rewards={"ann": (1.0, 2.0), "bob": (0.0,)})
    profile = Profile(pool="p", made="", made_how="", questions=(), calibration=calibration)
    known = of_profile(profile, {"ann"}, judges)
    assert known
    assert (known.mean, known.deviation) == (1.5, 0.5)
    both = of_profile(profile, {"ann", "bob"}, judges)
    assert both
    # 0, 1 and 2: mean 1, variance 2/3.
    assert (both.mean, both.deviation) == (1.0, pytest.approx(math.sqrt(2 / 3)))
    assert "3 solutions of validation questions" in both.origin
    assert of_profile(profile, {"bob"}, judges) is None  # of one reward there is no deviation
    assert of_profile(profile, {"ann"}, {"outcome": "another", "steps": "V"}) is None
    assert of_profile(None, {"ann"}, judges) is None


def test_steps_are_paragraphs_or_lines_and_make_up_the_solution() -> None:
    first, second = "There are 8 crates of jars.\n\n", "So there are 8 times 9 jars."
    assert steps_of(first + second) == [first, second]
    lines = "First we take the eight crates,\nthen the nine jars of each one."
    assert steps_of(lines) == ["First we take the eight crates,\n", "then the nine jars of each one."]
    heading = "Step 1:\n\nTake the eight crates there are.\n\n72"
    assert steps_of(heading) == [heading]
    assert steps_of("72") == ["72"]
    assert steps_of("  ") == []


def test_a_long_solution_has_its_steps_taken_together() -> None:
    solution = "\n\n".join(f"This is step number {number} of many." for number in range(40))
    steps = steps_of(solution)
    assert "".join(steps) == solution
    assert len(steps) == 14  # three at a time
    assert len(steps) <= MOST
