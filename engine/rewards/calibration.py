"""Mu and sigma of R: MAgICoRe, section 3.2. From the profile, as a question must not need the whole test set."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from engine.profile import Profile
from engine.rewards.difficulty import Scored


@dataclass(frozen=True, slots=True)
class Standard:
    """Mean and standard deviation of R, and in words what they are of."""

    mean: float
    deviation: float
    origin: str


def standard(
    profile: Profile | None, solvers: Collection[str], judges: dict[str, str], own: Sequence[Scored]
) -> Standard:
    """Of the profile's solutions by these solvers, where the same judges scored them; else of the run's own."""
    calibration = profile.calibration if profile else None
    if calibration and calibration.judges == judges:
        rewards = [reward for solver in solvers for reward in calibration.rewards.get(solver, ())]
        if len(rewards) > 1:
            origin = f"{len(rewards)} solutions of validation questions"
            return Standard(fmean(rewards), pstdev(rewards), origin)
    rewards = [scored.reward.total for scored in own]
    return Standard(fmean(rewards), pstdev(rewards), f"this run's own {len(rewards)} solutions")
