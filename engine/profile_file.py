"""The profiles there are for a pool: the one a person named, their own, and the one that comes with Disputatio."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.errors import UserError
from engine.profile import SHIPPED_PROFILES, Profile

Origin = Literal["given", "own", "shipped"]


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile that can be chosen. `name` is unique among those of its pool."""

    origin: Origin
    path: Path
    profile: Profile

    @property
    def name(self) -> str:
        """Where it comes from and what its file is called, as in `own/pocket`."""
        return f"{self.origin}/{self.path.stem}"


def profile_files(
    pool: str, own_profiles: Path, given: Path | None, problems: list[str]
) -> Iterator[ProfileFile]:
    """The pool's profiles: given, own (the one of the pool's name first), shipped.

    A file of the person's that is no profile is left out, and `problems` gets a sentence that says why.
    """
    if given:
        yield ProfileFile("given", given, Profile.read(given))
    own = sorted(own_profiles.glob("*.json"), key=lambda path: (path.stem != pool, path.stem))
    for path in own:
        if given and path.samefile(given):
            continue
        try:
            profile = Profile.read(path)
        except UserError as error:
            problems.append(str(error))
            continue
        if profile.pool == pool:
            yield ProfileFile("own", path, profile)
    shipped = SHIPPED_PROFILES / f"{pool}.json"
    if shipped.exists():
        yield ProfileFile("shipped", shipped, Profile.read(shipped))
