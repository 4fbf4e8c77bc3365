"""Recruitment probabilities and draws, against numbers worked out by hand from Symbolic-MoE's formulas."""

import math
import random
from collections import Counter

import pytest

from engine import events
from engine.profile import Profile, ProfiledQuestion
from engine.recruiting import (
    Candidate,
    Variant,
    draw,
    global_scores,
    often_drawn,
    redraw,
    softmax,
    suitability,
)
from engine_stage import Stage
from small_pool import pool

SCORES = {
    "algebra-expert": {"algebra": 3, "anatomy": -1},
    "doctor": {"algebra": -1, "anatomy": 5},
    "novice": {"algebra": 1, "anatomy": 1},
}
POOL = list(SCORES)


def test_global_score_is_the_share_of_the_pools_total() -> None:
    # Totals 2, 4 and 2 of 8.
    assert global_scores({"a": 2, "b": 4, "c": 2}) == {"a": 0.25, "b": 0.5, "c": 0.25}


def test_negative_totals_are_shifted_so_that_the_worst_stays_worst() -> None:
    # min = -3, so 1 - min = 4 is added: 1, 6 and 3 of 10.
    assert global_scores({"a": -3, "b": 2, "c": -1}) == {"a": 0.1, "b": 0.6, "c": 0.3}


def test_totals_that_are_all_zero_share_equally() -> None:
    assert global_scores({"a": 0, "b": 0}) == {"a": 0.5, "b": 0.5}


def test_softmax_at_half_temperature() -> None:
    # exp(1 / 0.5) = e² and exp(0) = 1.
    assert softmax([1.0, 0.0], 0.5) == pytest.approx([math.e**2 / (math.e**2 + 1), 1 / (math.e**2 + 1)])


def test_suitability_is_local_times_global_then_softmax() -> None:
    # Totals 2, 4, 2: gamma = 1/4, 1/2, 1/4. For algebra alone S = 3, -1, 1, so w = 3/4, -1/2, 1/4,
    # and with T = 0.5 the powers are e^1.5, e^-1, e^0.5.
    candidates = suitability(POOL, SCORES, ["algebra"])
    assert [c.local_score for c in candidates] == [3, -1, 1]
    assert [c.suitability for c in candidates] == [0.75, -0.5, 0.25]
    total = math.exp(1.5) + math.exp(-1) + math.exp(0.5)
    expected = [math.exp(1.5) / total, math.exp(-1) / total, math.exp(0.5) / total]
    assert [c.probability for c in candidates] == pytest.approx(expected)
    assert candidates[0].by_skill == {"algebra": 3}


def test_where_a_total_is_negative_the_least_unsuited_is_still_the_likeliest() -> None:
    # Totals -6, -4 and 1 shift by 7: gamma = 1/12, 3/12 and 8/12. S = -6, -4 and -1 shift by 7 as well: 1, 3 and 6.
    # w = 1/12, 9/12 and 48/12; without the second shift it would be -1/2, -1 and -2/3, in nearly the opposite order.
    scores = {"weak": {"law": -6}, "fair": {"law": -4}, "good": {"law": -1, "ethics": 2}}
    candidates = suitability(list(scores), scores, ["law"])
    assert [c.local_score for c in candidates] == [-6, -4, -1]
    assert [c.suitability for c in candidates] == pytest.approx([1 / 12, 0.75, 4.0])
    total = math.exp(1 / 6) + math.exp(1.5) + math.exp(8)
    expected = [math.exp(1 / 6) / total, math.exp(1.5) / total, math.exp(8) / total]
    assert [c.probability for c in candidates] == pytest.approx(expected)


def test_where_totals_are_negative_scores_that_are_not_stay_as_they_are() -> None:
    # Totals -1 and 3 shift by 2: gamma = 1/6 and 5/6. S = 1 and 2.
    scores = {"weak": {"law": 1, "ethics": -2}, "good": {"law": 2, "ethics": 1}}
    assert [c.suitability for c in suitability(list(scores), scores, ["law"])] == pytest.approx(
        [1 / 6, 10 / 6]
    )


def test_several_skills_add_up_and_unknown_ones_count_nothing() -> None:
    candidates = suitability(POOL, SCORES, ["algebra", "anatomy", "astrology"])
    assert [c.local_score for c in candidates] == [2, 4, 2]
    assert candidates[1].by_skill == {"algebra": -1, "anatomy": 5, "astrology": 0}


def test_an_expert_without_a_profile_is_not_an_error() -> None:
    candidates = suitability(["doctor", "newcomer"], SCORES, ["anatomy"])
    assert [c.local_score for c in candidates] == [5, 0]
    assert sum(c.probability for c in candidates) == pytest.approx(1)


def test_whom_a_profile_does_not_know_is_no_better_than_the_weakest_it_knows() -> None:
    # Totals -6 and 1 shift by 7: gamma = 1/9 and 8/9. S = -6 and -1 shift by 7: 1 and 6. The newcomer's 0 stays 0.
    scores = {"weak": {"law": -6}, "good": {"law": -1, "ethics": 2}}
    candidates = suitability(["weak", "good", "newcomer"], scores, ["law"])
    assert [c.global_score for c in candidates] == pytest.approx([1 / 9, 8 / 9, 0])
    assert [c.suitability for c in candidates] == pytest.approx([1 / 9, 48 / 9, 0])
    by_code = suitability(["weak", "good", "newcomer"], scores, ["law"], "code")
    # Totals shift by 7 and are squared: 1 and 64 of 65; S, of which none is positive, shifts by 7: 1 and 6.
    assert [c.suitability for c in by_code] == pytest.approx([1 / 65, 6 * 64 / 65, 0])
    assert by_code[2].probability == 0


def test_whom_a_profile_does_not_know_is_no_better_than_one_it_knows_to_be_wrong() -> None:
    # Totals 2 and 4: gamma = 1/3 and 2/3. S = -3 and 1: w = -1 and 2/3. The newcomer's w is -1, not 0.
    scores = {"weak": {"law": -3, "ethics": 5}, "good": {"law": 1, "ethics": 3}}
    candidates = suitability(["weak", "good", "newcomer"], scores, ["law"])
    assert [c.suitability for c in candidates] == pytest.approx([-1, 2 / 3, -1])
    assert candidates[0].probability == pytest.approx(candidates[2].probability)


def test_no_skills_make_all_experts_equally_likely() -> None:
    assert [c.probability for c in suitability(POOL, SCORES, [])] == pytest.approx([1 / 3] * 3)


def candidates_with(probabilities: dict[str, float]) -> list[Candidate]:
    return [Candidate(name, {}, 0, 0.0, 0.0, p) for name, p in probabilities.items()]


def test_draws_with_replacement_follow_the_probabilities() -> None:
    drawn = Counter(draw(candidates_with({"a": 0.7, "b": 0.2, "c": 0.1}), 20_000, True, random.Random(1)))
    assert drawn["a"] / 20_000 == pytest.approx(0.7, abs=0.02)
    assert drawn["c"] / 20_000 == pytest.approx(0.1, abs=0.02)


def test_draws_without_replacement_are_of_different_experts() -> None:
    candidates = candidates_with({"a": 0.98, "b": 0.01, "c": 0.01})
    firsts: Counter[str] = Counter()
    for seed in range(300):
        drawn = draw(candidates, 3, False, random.Random(seed))
        assert sorted(drawn) == ["a", "b", "c"]
        firsts[drawn[0]] += 1
    assert firsts["a"] > 270


def test_without_replacement_a_small_pool_gives_all_it_has() -> None:
    assert sorted(draw(candidates_with({"a": 1.0, "b": 0.0}), 3, False, random.Random(0))) == ["a", "b"]


def test_the_same_seed_draws_the_same() -> None:
    candidates = candidates_with({"a": 0.4, "b": 0.3, "c": 0.3})
    assert draw(candidates, 9, True, random.Random(5)) == draw(candidates, 9, True, random.Random(5))


def test_the_codes_variant_leaves_out_the_unsuited_and_squares_the_totals() -> None:
    # Totals 2, 4, 2 squared: 4, 16, 4 of 24. For algebra S = 3, -1, 1: the doctor is left out,
    # and p is in proportion to 3 · 4/24 and 1 · 4/24.
    candidates = suitability(POOL, SCORES, ["algebra"], "code")
    assert [c.global_score for c in candidates] == pytest.approx([1 / 6, 2 / 3, 1 / 6])
    assert [c.probability for c in candidates] == pytest.approx([0.75, 0.0, 0.25])


def test_the_codes_variant_shifts_all_where_nobody_is_suited() -> None:
    # Totals -2 and -1 shift by 3: 1 and 2, squared 1 and 4 of 5. S = -2 and -1 shift by 3 too: 1 and 2.
    # In proportion to 1 · 1/5 and 2 · 4/5.
    scores = {"a": {"x": -2}, "b": {"x": -1}}
    candidates = suitability(["a", "b"], scores, ["x"], "code")
    assert [c.probability for c in candidates] == pytest.approx([1 / 9, 8 / 9])
    assert [c.local_score for c in candidates] == [-2, -1]


def test_the_codes_variant_draws_evenly_without_a_keyword() -> None:
    assert [c.probability for c in suitability(POOL, SCORES, [], "code")] == pytest.approx([1 / 3] * 3)


def test_a_skill_that_two_keywords_map_to_counts_twice_in_the_codes_variant_only() -> None:
    # Code: S = 2 · 3 - 1 = 5, 2 · -1 + 5 = 3 and 2 + 1 = 3, gamma in proportion to 4, 16 and 4: 20, 48 and 12 of 80.
    skills = ["algebra", "anatomy", "algebra"]
    code = suitability(POOL, SCORES, skills, "code")
    assert [c.local_score for c in code] == [5, 3, 3]
    assert code[0].by_skill == {"algebra": 6, "anatomy": -1}
    assert [c.probability for c in code] == pytest.approx([0.25, 0.6, 0.15])
    paper = suitability(POOL, SCORES, skills)
    assert [c.local_score for c in paper] == [2, 4, 2]


def test_the_codes_variant_leaves_out_whom_the_profile_does_not_know() -> None:
    # Totals -2, -1 and 0 shift by 3: 1, 2 and 3, squared 1, 4 and 9. S = -2 and -1 shift by 3: 1 · 1 and 2 · 4 of 9.
    scores = {"a": {"x": -2}, "b": {"x": -1}}
    candidates = suitability(["a", "b", "newcomer"], scores, ["x"], "code")
    assert [c.probability for c in candidates] == pytest.approx([1 / 9, 8 / 9, 0.0])
    nobody = suitability(["newcomer", "another"], scores, ["x"], "code")
    assert [c.probability for c in nobody] == [0.5, 0.5]


def test_experts_with_under_five_percent_of_a_batchs_draws_are_rare() -> None:
    # 60 draws: 3 are exactly 5%, which stays; 2 are under it.
    draws = [["a", "a", "a"]] * 18 + [["b", "b", "b"]] + [["a", "c", "c"]]
    assert often_drawn(draws) == {"a", "b"}
    assert often_drawn([]) == frozenset()


def test_a_batch_over_so_many_experts_that_all_are_rare_drops_none() -> None:
    assert often_drawn([[f"expert-{n}"] for n in range(40)]) == {f"expert-{n}" for n in range(40)}


def test_draws_of_dropped_experts_are_drawn_anew_among_the_others() -> None:
    candidates = candidates_with({"a": 0.5, "b": 0.5, "c": 0.0})
    for seed in range(30):
        drawn = redraw(candidates, ["c", "a", "c"], {"a", "b"}, random.Random(seed))
        assert drawn[1] == "a"
        assert set(drawn) <= {"a", "b"}
    anew = Counter(redraw(candidates, ["c"], {"a", "b"}, random.Random(seed))[0] for seed in range(2000))
    assert anew["a"] / 2000 == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("variant", ["paper", "code"])
def test_a_run_recruits_by_the_variant_that_is_asked_for(variant: Variant) -> None:
    profile = Profile(
        pool="tests",
        made="",
        made_how="",
        questions=tuple(
            ProfiledQuestion(
                id=f"q{number}",
                source="tests",
                kind="math",
                question="?",
                gold="1",
                skills=(skill,),
                right={"ann": number < 3, "bob": number != 1, "cyd": number == 2},
            )
            for number, skill in enumerate(["algebra", "algebra", "algebra", "history", "law"])
        ),
    )
    stage = Stage(lambda *_: "Keywords: algebra", pool("ann", "bob", "cyd"), profile)
    stage.run("symbolic-moe", k=2, variant=variant)
    stage.engine.close()
    (recruited,) = stage.of(events.ExpertsRecruited)
    by = {
        one: suitability(["ann", "bob", "cyd"], profile.scores(), ["algebra"], one)
        for one in ("paper", "code")
    }
    assert [one["probability"] for one in recruited.candidates] == pytest.approx(
        [candidate.probability for candidate in by[variant]]
    )
    assert [one.probability for one in by["paper"]] != pytest.approx([one.probability for one in by["code"]])
