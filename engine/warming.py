"""Loading what a roster needs before anyone asks for it."""

from collections.abc import Callable

import structlog

from engine.errors import UserError
from engine.matching import SkillMatcher
from engine.prompts import keywords
from engine.question import Question
from engine.roster import Roster
from engine.runtimes.base import Sampling
from engine.scheduler import Call, Generate, Scheduler, Unheard

log = structlog.get_logger()


async def warm_up(
    roster: Roster, matcher: SkillMatcher, scheduler: Scheduler, wanted: Callable[[], bool]
) -> None:
    """Load the roster's embedder and those of its experts that fit in the free memory, while it is `wanted`.

    What cannot be loaded is left for the first question to report.
    """
    pool = roster.pool
    keyword_expert = pool.expert(pool.keyword_expert)
    keyword_first = [keyword_expert, *(expert for expert in pool.experts if expert is not keyword_expert)]
    try:
        await matcher.load(roster)
    except UserError as error:
        log.warning("embedder_not_loaded", reason=str(error))
    await scheduler.preload(expert for expert in keyword_first if wanted())
    if not wanted():
        return
    # The prompt for keywords begins with the same examples for every question: read once, a runtime with a
    # prefix cache finds them there when the first question comes.
    prompt = keywords(Question("What is this about?"))
    with scheduler.run("warm-up", batch=True) as run:
        call = Call(run, "warm-up", keyword_expert, Generate(prompt, Sampling(max_tokens=1)), 0, Unheard())
        try:
            await scheduler.answer(call)
        except UserError as error:
            log.warning("keyword_expert_not_warm", reason=str(error))
