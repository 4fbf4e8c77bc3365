"""The recruiting step: skills of the question, suitability of the experts, the draw."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass

from engine import events
from engine.answers import visible
from engine.errors import UserError
from engine.panel import Ask, NobodyAnswered, Panel
from engine.pool import Expert
from engine.prompts import keywords
from engine.recruiting import Candidate, Variant, draw, redraw, suitability
from engine.skills import KEYWORD_MAX_TOKENS, KEYWORD_SAMPLES, KEYWORD_TEMPERATURE, Skill, keep_named_twice


async def find_skills(panel: Panel) -> list[Skill]:
    """The question's keywords, kept when named more than once (Symbolic-MoE, section 3.1)."""
    ask = Ask(
        name="keywords",
        expert=panel.roster.pool.expert(panel.roster.pool.keyword_expert),
        messages=keywords(panel.question),
        temperature=KEYWORD_TEMPERATURE,
        max_tokens=KEYWORD_MAX_TOKENS,
    )
    try:
        samples = await panel.sample(ask, KEYWORD_SAMPLES)
    except NobodyAnswered as error:
        panel.notice(f"The question's skills are unknown, so all experts count as equally suited. {error}")
        return []
    skills = keep_named_twice(visible(reply.text) for reply in samples)
    if not skills:
        panel.notice("No keyword was named by two samples, so all experts count as equally suited.")
    return skills


@dataclass(frozen=True, slots=True)
class Recruited:
    """Those that were drawn for a question, in the order drawn, and how suited every expert of the pool is."""

    experts: tuple[Expert, ...]
    candidates: tuple[Candidate, ...]


async def recruit(panel: Panel, k: int, replacement: bool, variant: Variant = "paper") -> Recruited:
    """Recruit k experts for the panel's question; with replacement an expert can come more than once.

    In a batch, draws with replacement of experts that few of its questions drew are drawn anew.
    """
    panel.step("recruit")
    skills, _ = await asyncio.gather(find_skills(panel), _load_embedder(panel))
    pool, profile = panel.roster.pool, panel.roster.profile
    scores = profile.scores() if profile else {}
    if profile is None:
        panel.notice(f"Pool {pool.name} has no profile: all experts count as equally suited.")
    elif unknown := [expert.title for expert in pool.experts if not scores.get(expert.name)]:
        panel.notice(f"Not in the profile, and so counted as the least suited: {', '.join(unknown)}.")
    try:
        skills = await panel.matcher.match(skills, panel.roster)
    except UserError as error:
        panel.notice(f"Skills could not be matched to the profile, so they do not count. {error}")
    found = [asdict(skill) for skill in skills]
    panel.tell(events.SkillsFound, skills=found, samples=KEYWORD_SAMPLES)

    matched = [skill.profile_skill for skill in skills if skill.profile_skill]
    candidates = suitability([expert.name for expert in pool.experts], scores, matched, variant)
    rng = panel.rng
    first_drawn = drawn = draw(candidates, k, replacement, rng)
    if len(drawn) < k:
        panel.notice(f"The pool has {len(drawn)} experts, so {len(drawn)} were recruited and not {k}.")
    if replacement and panel.company:
        kept = await panel.company.kept(panel.caller.run, first_drawn)
        drawn = redraw(candidates, first_drawn, kept, rng)
        if gone := set(first_drawn) - kept:
            titles = ", ".join(pool.expert(name).title for name in sorted(gone))
            panel.notice(
                f"Under 5% of the batch's draws fell on {titles}: what fell on it here was drawn anew."
            )
    times = Counter(drawn)
    panel.tell(
        events.ExpertsRecruited,
        candidates=[{**asdict(candidate), "drawn": times[candidate.expert]} for candidate in candidates],
        drawn=drawn,
        first_drawn=first_drawn,
        replacement=replacement,
    )
    return Recruited(tuple(pool.expert(name) for name in drawn), tuple(candidates))


async def _load_embedder(panel: Panel) -> None:
    """Load what matches the skills while they are being found; where that fails, the matching says so."""
    if panel.roster.profile:
        with suppress(UserError):
            await panel.matcher.load(panel.roster)
