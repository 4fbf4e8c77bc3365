"""Weights that are fetched as a test says, in the place of `engine.weights.pulls.Pulls`."""

from engine.pool import Pool
from engine.weights.pull_state import PullState
from engine.weights.standing import WeightsStanding


class ScriptedPulls:
    """Every weight is here unless the test says otherwise.

    `absent` holds the names of experts whose weights are missing, `started` the pools whose pull was asked for, and
    `states` how far each pull is, by the pool's name: a test moves it on by putting another state there. Every
    model has `bytes_each`.
    """

    def __init__(self) -> None:
        self.bytes_each = 600_000_000
        self.absent: set[str] = set()
        self.started: list[str] = []
        self.states: dict[str, PullState] = {}

    def standings(self, pool: Pool) -> dict[str, WeightsStanding]:
        return {
            model.name: WeightsStanding("missing", bytes=self.bytes_each)
            if model.name in self.absent
            else WeightsStanding("here", f"/weights/{model.name}/{model.name}.gguf", self.bytes_each)
            for model in (*pool.experts, pool.embedder)
        }

    def start(self, pool: Pool) -> None:
        self.started.append(pool.name)
        self.states[pool.name] = PullState(pool.name)

    def state(self, pool: str) -> PullState | None:
        return self.states.get(pool)
