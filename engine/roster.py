"""The experts a question may go to, and what is known of them."""

from dataclasses import dataclass

from engine.pool import Pool
from engine.profile import Profile


@dataclass(frozen=True, slots=True)
class Roster:
    """A pool with the profile in use; None where it has none, and all its experts count as equally suited."""

    pool: Pool
    profile: Profile | None = None
