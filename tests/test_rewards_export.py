"""The HTML page of runs with rewards and reranking, as a reader of the file has it."""

import pytest

from reranked_run import RerankedDisputation
from solved_run import Solving
from storage_events import record
from test_page_export import Document
from ui.page_export import page


@pytest.fixture
def told(recorder, traces):
    """Records a run and gives its page."""

    def telling(said):
        record(recorder, *said.events("r1"))
        return Document(page(traces, "r1"))

    return telling


def headings(found):
    return [text.strip() for text, within in found.texts if within and within[-1][0] == "h2"]


def test_solutions_with_their_rewards_and_who_scored(told):
    found = told(Solving())
    assert "Solver 1.5B 4 samples" in found.inside("judges")
    assert "Scored by reward models: outcomes by Outcome Judge 0.6B, steps by Step Judge 7B." in found.text
    assert found.inside("solution").startswith(
        "Solution 2 answers 72 ✓ right R 1.58 outcome 0.90 + steps 0.68"
    )
    assert "0.50So $8 \\times 9 = 71$ jars." in found.inside("scored-steps")
    strips = [attrs["aria-label"] for _, attrs in found.found if attrs.get("class") == "score-strip"]
    assert strips[0] == "Scores of its steps: 0.95, 0.90, 0.80"


def test_a_generative_verifier_is_named_as_one(told):
    found = told(Solving(generative=True))
    assert "generative verifier: how likely Outcome Judge 0.6B says yes" in found.inside("judges")


def test_why_a_question_is_easy_and_how_its_solutions_voted(told):
    found = told(Solving())
    assert found.inside("difficulty").startswith("Easy as one condition holds ✓ holds")
    assert "scores 0.31 deviations above the mean of the calibration." in found.inside("difficulty")
    assert found.inside("weights") == "721.58 · 1 solution 711.06 · 2 solutions 170.12 · 1 solution"
    assert found.inside("agreement") == ""
    assert headings(found)[:2] == ["Solutions", "Timeline"]


def test_the_rounds_of_a_hard_question(told):
    found = told(Solving(rounds=2))
    rounds = [f"Round {number}: reviewed and refined" for number in (1, 2)]
    assert headings(found)[:3] == ["Solutions", *rounds]
    assert found.inside("level") == "HardHardEasy"
    assert "Solution 1 71 ✗ → 72 ✓ R 0.58 → 1.53 ✓ refined one kept" in found.inside("chain")
    assert "Refined: solution 1.1" in found.inside("chain-part")
    assert "Kept 4 of 8 solutions, 3 of them refined in this round" in found.inside("kept")
    assert "71" in "".join(text for text, within in found.texts if within and within[-1][0] == "del")
    assert "24 calls" not in found.text
    assert "20 calls · 24 scorings" in found.inside(
        "conclusion"
    )  # 4 samples, 2 · (4 + 4); 2 scores for each of 12


def test_scores_are_one_bar_for_each_judge_and_round(told):
    found = told(Solving(rounds=1))
    lanes = {
        attrs["aria-label"].split(":")[0]: attrs["aria-label"].count("scoring in")
        for tag, attrs in found.found
        if tag == "svg" and attrs.get("role") == "img"
    }
    assert lanes["Solver 1.5B"] == 0
    assert lanes["outcome-judge"] == lanes["step-judge"] == 2 * 2  # queued, then scoring, in two rounds


def test_candidates_with_the_votes_on_them(told):
    found = told(RerankedDisputation())
    assert headings(found)[:5] == [
        "Each reasons alone",
        "Critiques",
        "Refined answers",
        "Critiques, round 2",
        "Refined answers, round 2",
    ]
    assert "Small 135M: candidate 1 (Middle 0.5B) chosen by all, at once" in found.inside("choice")
    assert "candidate 2 chosen without agreement, 2 of 3 votes after 2 rounds" in found.inside("choice")
    assert "round 1 Middle 0.5B no vote that could be read It names the step" in found.inside("vote-list")
    assert found.inside("chosen").count("✓ chosen") == 2 * (3 + 3)
    assert '{"answer": 1}' not in found.text  # a vote is no panel
    assert found.inside("level") == "HardHardEasy"
