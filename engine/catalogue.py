"""The pools and profiles a person can choose from."""

from pathlib import Path

from engine.errors import UserError
from engine.pool import Pool, read_pool, shipped_pools
from engine.profile_file import ProfileFile, profile_files
from engine.roster import Roster


class Catalogue:
    """The pool a person named, the shipped ones, and their own.

    `folder` holds a person's own: `pools/*.toml` and `profiles/*.json`; they are read anew each time, so that a file
    can be added or mended while the app runs. `named` is the pool a person named, and `profile` a profile file
    for it. May be used from any thread.
    """

    def __init__(self, folder: Path, named: Pool, profile: Path | None = None) -> None:
        """Raises UserError when the profile is not there or not right."""
        self._own_pools = folder / "pools"
        self._own_profiles = folder / "profiles"
        self._profile = profile
        self._chosen: dict[str, str | None] = {}
        self.named = named
        self.roster(named.name)

    def pools(self) -> tuple[Pool, ...]:
        """All pools: the named one, the shipped ones, the person's own; each name once."""
        return tuple(self._read_pools([]).values())

    def pool(self, name: str) -> Pool:
        """The pool of that name. Raises UserError when there is none."""
        pools = self._read_pools([])
        if name not in pools:
            raise UserError(f"There is no pool {name!r} any more: choose one of {', '.join(pools)}.")
        return pools[name]

    def roster(self, pool: str) -> Roster:
        """The pool of that name with the profile chosen for it, else with its first one.

        Raises UserError when there is no such pool, or the profile chosen is not there any more.
        """
        found = self.pool(pool)
        chosen = self.chosen(pool)
        return Roster(found, chosen.profile if chosen else None)

    def profiles(self, pool: str) -> tuple[ProfileFile, ...]:
        """The profiles of the pool of that name; the first is in use until another is chosen."""
        return self._read_profiles(pool, [])

    def chosen(self, pool: str) -> ProfileFile | None:
        """The profile in use for the pool of that name, None where there is none or none is wanted.

        Raises UserError when the profile chosen is not there any more.
        """
        profiles = self.profiles(pool)
        if pool not in self._chosen:
            return profiles[0] if profiles else None
        name = self._chosen[pool]
        return None if name is None else _find(profiles, pool, name)

    def choose_profile(self, pool: str, profile: str | None) -> None:
        """Use that profile for the pool until the app ends, or none. Raises UserError when there is none so named."""
        if profile is not None:
            _find(self.profiles(pool), pool, profile)
        self._chosen[pool] = profile

    def problems(self) -> tuple[str, ...]:
        """A sentence for every file of the person's that is not right, and so left out."""
        problems: list[str] = []
        for pool in self._read_pools(problems):
            self._read_profiles(pool, problems)
        return tuple(dict.fromkeys(problems))

    def _read_pools(self, problems: list[str]) -> dict[str, Pool]:
        pools = {self.named.name: self.named}
        for name in shipped_pools():
            pools.setdefault(name, read_pool(name))
        for path in sorted(self._own_pools.glob("*.toml")):
            try:
                pool = read_pool(str(path))
            except UserError as error:
                problems.append(str(error))
                continue
            if pools.setdefault(pool.name, pool) != pool:
                problems.append(
                    f"Pool file {path} is left out, because a pool named {pool.name} is known already: change its "
                    "name, or start Disputatio anew if you changed that pool."
                )
        return pools

    def _read_profiles(self, pool: str, problems: list[str]) -> tuple[ProfileFile, ...]:
        given = self._profile if pool == self.named.name else None
        return tuple(profile_files(pool, self._own_profiles, given, problems))


def _find(profiles: tuple[ProfileFile, ...], pool: str, name: str) -> ProfileFile:
    for profile in profiles:
        if profile.name == name:
            return profile
    known = ", ".join(profile.name for profile in profiles) or "none"
    raise UserError(f"Pool {pool} has no profile {name!r}; it has {known}.")
