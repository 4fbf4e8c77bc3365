"""How an expert of a pool is right now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.pool import Expert, Pool
from engine.scheduler import Seat

ExpertCondition = Literal["waiting", "loading", "loaded", "failed"]


@dataclass(frozen=True, slots=True)
class ExpertState:
    """How an expert is: `share` of loading done (None where unknown), `message` in words, `loads` so far."""

    name: str
    state: ExpertCondition
    share: float | None
    message: str
    loads: int


def expert_states(pool: Pool, seats: Iterable[Seat]) -> list[ExpertState]:
    """The state of each expert of the pool, in the pool's order."""
    by_expert = {seat.expert: seat for seat in seats}
    return [_state(expert, by_expert.get(expert)) for expert in pool.experts]


def _state(expert: Expert, seat: Seat | None) -> ExpertState:
    if seat is None:
        return ExpertState(expert.name, "waiting", None, "", 0)
    state: ExpertCondition = "failed" if seat.problem else "waiting"
    if seat.state in ("loading", "loaded"):
        state = "loading" if seat.state == "loading" else "loaded"
    return ExpertState(expert.name, state, seat.share, seat.problem or seat.message, seat.loads)
