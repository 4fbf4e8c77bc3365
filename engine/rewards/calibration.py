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


def of_profile(profile: Profile | None, solvers: Collection[str], judges: dict[str, str]) -> Standard | None:
    """Of the profile's solutions by these solvers; None where it has not two of them that the same judges scored."""
    calibration = profile.calibration if profile else None
    if calibration is None or calibration.judges != judges:
        return None
    rewards = [reward for solver in solvers for reward in calibration.rewards.get(solver, ())]
    if len(rewards) < 2:
        return None
    return Standard(fmean(rewards), pstdev(rewards), f"{len(rewards)} solutions of validation questions")


def of_run(own: Sequence[Scored]) -> Standard:
    """Of a run's own solutions."""
    rewards = [scored.reward.total for scored in own]
    return Standard(fmean(rewards), pstdev(rewards), f"this run's own {len(rewards)} solutions")
