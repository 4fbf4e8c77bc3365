"""Critics drawn by how good their critiques were found: weights, draws, and what a disputation does with them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from engine import events
from engine.batch import Plan
from engine.critics import UNJUDGED, draw_critics, smoothed, weights_of
from engine.engine import Engine
from engine.errors import UserError
from engine.pool import Expert
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Message, Sampling
from engine_stage import QUESTION
from scripted import ScriptedRuntime
from small_pool import pool

DRAWS = 20_000


def test_a_weight_is_the_mean_smoothed_by_one_helpful_and_one_harmful_critique() -> None:
    # 12 helpful, 4 harmless, 2 harmful: (12 + 0.5 * 4 + 1) / (18 + 2) = 15 / 20.
    assert smoothed(14 / 18, 18) == pytest.approx(0.75)
    assert smoothed(1.0, 1) == pytest.approx(2 / 3)
    assert smoothed(0.0, 3) == pytest.approx(1 / 5)
    assert pytest.approx(0.5) == UNJUDGED
    assert weights_of(["ann", "bob"], {"bob": 0.9, "eve": 0.1}) == {"ann": 0.5, "bob": 0.9}


def test_one_critic_is_drawn_in_proportion_to_the_weights() -> None:
    drawn = Counter(draw_critics({"ann": 0.75, "bob": 0.25}, 1, seed)[0] for seed in range(DRAWS))
    # The standard deviation of the share is sqrt(0.75 * 0.25 / 20000) = 0.003.
    assert drawn["ann"] / DRAWS == pytest.approx(0.75, abs=0.015)


def test_two_critics_are_drawn_one_after_the_other_without_replacement() -> None:
    drawn = Counter(
        tuple(draw_critics({"ann": 0.6, "bob": 0.3, "cyd": 0.1}, 2, seed)) for seed in range(DRAWS)
    )
    # The first in proportion to 0.6, 0.3, 0.1; the second to what is left: 0.3 and 0.1 of 0.4 after ann, and so on.
    expected = {
        ("ann", "bob"): 0.6 * 0.3 / 0.4,
        ("ann", "cyd"): 0.6 * 0.1 / 0.4,
        ("bob", "ann"): 0.3 * 0.6 / 0.7,
        ("bob", "cyd"): 0.3 * 0.1 / 0.7,
        ("cyd", "ann"): 0.1 * 0.6 / 0.9,
        ("cyd", "bob"): 0.1 * 0.3 / 0.9,
    }
    shares = {pair: count / DRAWS for pair, count in drawn.items()}
    assert shares == pytest.approx(expected, abs=0.015)


def test_the_same_seed_draws_the_same_and_no_more_come_than_there_are() -> None:
    weights = {"ann": 0.6, "bob": 0.3, "cyd": 0.1}
    assert draw_critics(weights, 2, 7) == draw_critics(weights, 2, 7)
    assert sorted(draw_critics(weights, 9, 7)) == ["ann", "bob", "cyd"]


def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
    """Three who disagree and stay with what they think."""
    if sampling.json_schema is not None:
        return '{"reasoning": "It is the better one.", "answer": "1"}'
    if "Review this answer" in messages[-1].content:
        return f"Critique by {expert.name}. Verdict: wrong"
    return f"\\boxed{{{ {'ann': 70, 'bob': 72, 'cyd': 17}[expert.name] }}}"


Ran = Callable[..., list[events.Event]]


@pytest.fixture
def ran() -> Iterator[Ran]:
    """Runs a disputation by judged critics; its events."""
    engines: list[Engine] = []

    def run(quality: Mapping[str, float], seed: int = 1, **settings: object) -> list[events.Event]:
        seen: list[events.Event] = []
        roster = Roster(pool("ann", "bob", "cyd"))
        runtime = ScriptedRuntime(script)
        engine = Engine(roster, runtime, ScriptedRuntime(), seen.append, 1 << 30, lambda: quality)
        engines.append(engine)
        engine.start()
        plain = {"recruit": False, "rewards": False, "conclusion": "vote", **settings}
        engine.wait(engine.ask(QUESTION, find_protocol("disputation"), plain, seed))
        return seen

    yield run
    for engine in engines:
        engine.close()


def chosen(seen: Sequence[events.Event]) -> list[events.CriticsChosen]:
    return [event for event in seen if isinstance(event, events.CriticsChosen)]


def critiques(seen: Sequence[events.Event]) -> list[str]:
    return [
        event.call
        for event in seen
        if isinstance(event, events.CallQueued) and event.call.startswith("critique/")
    ]


def test_the_better_critic_criticises_and_the_record_says_by_which_weights(ran: Ran) -> None:
    seen = ran({"ann": 0.999, "bob": 0.001, "cyd": 0.001}, critics="by quality", critics_each=1)
    told = {event.call: event for event in chosen(seen)}
    assert told["reason/bob/0"].critics == ["ann"]
    assert told["reason/cyd/0"].critics == ["ann"]
    assert told["reason/bob/0"].weights == {"cyd": 0.001, "ann": 0.999}
    (of_ann,) = told["reason/ann/0"].critics
    assert critiques(seen) == [
        f"critique/1/{of_ann}/on/ann",
        "critique/1/ann/on/bob",
        "critique/1/ann/on/cyd",
    ]
    finished = seen[-1]
    assert isinstance(finished, events.RunFinished)
    assert finished.outcome == "done"


def test_the_same_seed_gives_the_same_critics_and_another_seed_others(ran: Ran) -> None:
    def drawn(seed: int) -> list[list[str]]:
        seen = ran({"ann": 0.6, "bob": 0.6}, seed, critics="by quality", critics_each=1, rerank=False)
        return [event.critics for event in chosen(seen)]

    assert drawn(5) == drawn(5)
    assert len({str(drawn(seed)) for seed in range(6)}) > 1


def test_without_any_judged_critique_all_are_as_likely_and_a_notice_says_so(ran: Ran) -> None:
    seen = ran({}, critics="by quality", critics_each=1)
    assert {weight for event in chosen(seen) for weight in event.weights.values()} == {0.5}
    assert any(isinstance(e, events.Noticed) and "No critique has been judged" in e.message for e in seen)


def test_in_turn_the_next_expert_criticises_and_nothing_is_drawn(ran: Ran) -> None:
    seen = ran({"ann": 0.9}, critics_each=1)
    assert critiques(seen) == ["critique/1/bob/on/ann", "critique/1/cyd/on/bob", "critique/1/ann/on/cyd"]
    assert chosen(seen) == []
    assert len(critiques(ran({}))) == 6  # two each to choose from
    assert len(critiques(ran({}, rerank=False))) == 6  # all others


def test_reranking_chooses_between_two_at_most() -> None:
    read = find_protocol("disputation").read_settings
    with pytest.raises(UserError, match=r"critics_each of disputation is not right: .*2 critiques at most"):
        read({"critics_each": 3})
    assert (
        read({"critics_each": "3", "rerank": False, "critics": "by quality"}).model_dump()["critics_each"]
        == 3
    )


def test_a_batch_goes_by_the_quality_only_where_its_critics_are_drawn_by_it() -> None:
    plan = Plan(
        (Question("Which?", id="one"),), find_protocol("disputation"), {}, Roster(pool("ann")), "scripted", 1
    )

    def key(critics: str, **quality: float) -> str:
        roster = replace(plan.roster, critic_quality=quality)
        return replace(plan, settings={"critics": critics}, roster=roster).key

    assert key("in turn", ann=0.2) == key("in turn", ann=0.9)
    assert key("by quality", ann=0.2) != key("by quality", ann=0.9)
