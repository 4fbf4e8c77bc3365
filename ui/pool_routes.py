"""The pools, their experts and profiles as the pages' JavaScript reads and changes them."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.errors import UserError
from engine.pool import Pool
from engine.profile import Profile
from engine.profile_file import ProfileFile
from engine.weights.pulls import Pulls
from engine.weights.standing import WeightsStanding
from storage.annotations.quality import CriticQuality
from storage.traces import Traces
from ui.expert_cards import expert_cards
from ui.heat_map import heat_map
from ui.validation_questions import validation_questions

_TITLES = {
    "given": "given at the start",
    "own": "your own",
    "shipped": "comes with Disputatio",
}


class PoolNamed(BaseModel):
    """A change to the pool of that name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pool: str


class ProfileChosen(PoolNamed):
    """The profile to use for a pool; None for none."""

    profile: str | None


def pool_routes(
    engine: Engine,
    catalogue: Catalogue,
    pulls: Pulls,
    traces: Traces,
    critic_quality: Callable[[], CriticQuality],
) -> APIRouter:
    """Routes under `/engine`. A pool left out is the one in use; an unknown one is answered 404.

    What is refused is answered with a sentence, as `ui.refusals` says it.
    """
    router = APIRouter(prefix="/engine")

    def found(name: str) -> Pool:
        if not name:
            return engine.roster.pool
        try:
            return catalogue.pool(name)
        except UserError as error:
            raise HTTPException(404, str(error)) from error

    def profiled(pool: Pool) -> Profile:
        profile = catalogue.roster(pool.name).profile
        if profile is None:
            raise HTTPException(404, f"Pool {pool.name} has no profile in use.")
        return profile

    @router.get("/pools")
    def pools() -> dict[str, Any]:
        """Every pool there is, and what is wrong with the person's files that are left out."""
        return {
            "pools": [_pool(pool, engine, pulls) for pool in catalogue.pools()],
            "problems": catalogue.problems(),
        }

    @router.get("/experts")
    def experts(pool: str = "") -> dict[str, Any]:
        """The pool's experts and how they stand right now, with the profile they are judged by."""
        shown = found(pool)
        try:
            chosen, problem = catalogue.chosen(shown.name), None
        except UserError as error:  # another can be chosen where this is shown
            chosen, problem = None, str(error)
        pull = pulls.state(shown.name)
        standings = pulls.standings(shown)
        quality = critic_quality()
        return {
            "pool": shown.name,
            "title": shown.title,
            "in_use": shown.name == engine.roster.pool.name,
            "runtime": engine.runtime_name,
            "profile": _profile(chosen) | {"made_how": chosen.profile.made_how} if chosen else None,
            "profile_problem": problem,
            "profiles": [_profile(file) for file in catalogue.profiles(shown.name)],
            **_missing(standings.values()),
            "pull": asdict(pull) if pull else None,
            "critiques_judged_by": quality.kind,
            "experts": expert_cards(
                shown,
                chosen.profile if chosen else None,
                engine.experts(shown),
                standings,
                traces.speeds(engine.runtime_name),
                quality.critics,
            ),
        }

    @router.get("/skills")
    def skills(pool: str = "", least: Annotated[int | None, Query(ge=1)] = None) -> dict[str, Any]:
        """The heat map of skills with at least so many questions; without, of as many as are quick to read."""
        shown = found(pool)
        places = {expert.name: place for place, expert in enumerate(shown.experts)}
        drawn = heat_map(profiled(shown), tuple(places), least)
        return {
            "experts": [
                {"name": name, "title": shown.experts[places[name]].title, "place": places[name]}
                for name in drawn.experts
            ],
            "skills": [
                {
                    "skill": row.skill,
                    "questions": row.questions,
                    "scores": [(cell.right, cell.answered) for cell in row.cells],
                }
                for row in drawn.rows
            ],
            "least": drawn.least,
            "most": drawn.most,
            "all": drawn.skills,
        }

    @router.get("/questions")
    def questions(skill: str, pool: str = "", after: Annotated[int, Query(ge=0)] = 0) -> dict[str, Any]:
        """The validation questions that need a skill, a few at a time from the `after`-th on."""
        shown = found(pool)
        behind = validation_questions(shown, profiled(shown), skill, after)
        if behind is None:
            raise HTTPException(404, "No validation question needs this skill.")
        return behind

    @router.post("/use")
    def use(wanted: PoolNamed) -> PoolNamed:
        """Put a pool to use: the runs that begin from now on are its experts'."""
        found(wanted.pool)
        engine.use(catalogue.roster(wanted.pool))
        return wanted

    @router.post("/profile")
    def profile(wanted: ProfileChosen) -> ProfileChosen:
        """Choose a pool's profile; where that pool is in use, runs go by it from now on."""
        found(wanted.pool)
        catalogue.choose_profile(wanted.pool, wanted.profile)
        if wanted.pool == engine.roster.pool.name:
            engine.use(catalogue.roster(wanted.pool))
        return wanted

    @router.post("/pull")
    def pull(wanted: PoolNamed) -> PoolNamed:
        """Fetch what is missing of a pool's weights, in the background."""
        pulls.start(found(wanted.pool))
        return wanted

    return router


def _pool(pool: Pool, engine: Engine, pulls: Pulls) -> dict[str, Any]:
    return {
        "name": pool.name,
        "title": pool.title,
        "in_use": pool.name == engine.roster.pool.name,
        "experts": len(pool.experts),
        **_missing(pulls.standings(pool).values()),
    }


def _missing(standings: Iterable[WeightsStanding]) -> dict[str, int]:
    """How many models are to be fetched and their bytes; none where the runtime cannot run the pool anyway."""
    known = list(standings)
    unfit = any(standing.state == "unfit" for standing in known)
    sizes = [standing.bytes for standing in known if standing.state == "missing" and not unfit]
    return {"missing": len(sizes), "bytes_missing": sum(sizes)}


def _profile(file: ProfileFile) -> dict[str, Any]:
    profile = file.profile
    return {
        "name": file.name,
        "title": f"{file.path.stem}, {_TITLES[file.origin]}",
        "made": profile.made,
        "questions": len(profile.questions),
        "skills": len(profile.skills()),
    }
