"""The experts a question may go to, and what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.pool import Expert, Pool
from engine.profile import Profile


@dataclass(frozen=True, slots=True)
class Roster:
    """A pool with the profile in use; None where it has none, and all its experts count as equally suited.

    `critic_quality` weighs experts as critics, by name, as `engine.critics.smoothed` does; one that it leaves out is
    unjudged.
    """

    pool: Pool
    profile: Profile | None = None
    critic_quality: Mapping[str, float] = field(default_factory=dict)

    def best(self, named: str = "") -> Expert:
        """The expert of that name; without one, the expert with the best profile, else the pool's aggregator.

        Raises UserError when the pool has no expert of that name.
        """
        if named:
            return self.pool.expert(named)
        return self._best_of(self.pool.experts)

    def verifier(self) -> Expert:
        """The expert that scores where there is no reward model: the one that did for the profile, else the best.

        One that thinks before it answers does not say Yes or No next, so it scores only where all think.
        """
        calibration = self.profile.calibration if self.profile else None
        judges = calibration.judges.values() if calibration else ()
        at_once = tuple(expert for expert in self.pool.experts if not expert.thinks)
        best = self._best_of(at_once or self.pool.experts)
        return next((expert for expert in self.pool.experts if expert.title in judges), best)

    def _best_of(self, experts: Sequence[Expert]) -> Expert:
        """The one with the best profile; of those as good, or without one, the pool's aggregator, else the first."""
        accuracy = self.profile.accuracy if self.profile else lambda _: 0.0
        return max(experts, key=lambda expert: (accuracy(expert.name), expert.name == self.pool.aggregator))
