"""What the page Experts says of each expert of a pool."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine.expert_state import ExpertState
from engine.pool import Expert, Pool
from engine.profile import Profile
from engine.weights.standing import WeightsStanding
from storage.annotations.quality import Quality
from storage.records import Speed


def expert_cards(
    pool: Pool,
    profile: Profile | None,
    states: Sequence[ExpertState],
    standings: Mapping[str, WeightsStanding],
    speeds: Mapping[str, Speed],
    critics: Mapping[str, Quality],
) -> list[dict[str, Any]]:
    """A card's content for each expert, in the pool's order.

    `states` has one for each; `standings` says where the weights are, `speeds` what was measured here, `critics` how
    good critiques were, by name.
    """
    return [
        {
            **expert.model_dump(include={"name", "title", "model", "parameters", "licence", "context"}),
            "place": place,
            "weights": asdict(standings[expert.name]),
            **asdict(state),
            **_speed(speeds.get(expert.name)),
            **_outcome(expert, profile),
            "critiques": asdict(critics[expert.name]) if expert.name in critics else None,
        }
        for place, (expert, state) in enumerate(zip(pool.experts, states, strict=True))
    ]


def _speed(speed: Speed | None) -> dict[str, Any]:
    measured = speed is not None and speed.seconds > 0
    return {
        "tokens_per_second": speed.tokens / speed.seconds if measured else None,
        "tokens_measured": speed.tokens if measured else 0,
    }


def _outcome(expert: Expert, profile: Profile | None) -> dict[str, int]:
    """How many validation questions the expert answered, and how many of them right."""
    questions = profile.questions if profile else ()
    answers = [question.right[expert.name] for question in questions if expert.name in question.right]
    return {"right": sum(answers), "answered": len(answers)}
