"""The experts a question may go to, and what is known of them."""

from collections.abc import Mapping
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
        aggregator = self.pool.expert(self.pool.aggregator)
        if self.profile is None:
            return aggregator
        profile = self.profile
        return max((aggregator, *self.pool.experts), key=lambda expert: profile.accuracy(expert.name))

    def verifier(self) -> Expert:
        """The expert that scores where there is no reward model: the one that did for the profile, else the best."""
        calibration = self.profile.calibration if self.profile else None
        judges = calibration.judges.values() if calibration else ()
        return next((expert for expert in self.pool.experts if expert.title in judges), self.best())
