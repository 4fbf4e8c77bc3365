"""MAgICoRe (arXiv 2409.12147): sample solutions, score them, and refine those of hard questions by their step scores.

Other than the released code: refinements are kept when a question turns easy, the majority is computed anew after
every round, solutions without an answer join no majority and agree with none, and mu and sigma come from the profile.
Other than in the paper, a solution is as long as its expert's max_tokens allow, not 1000 tokens.
"""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from engine import events
from engine.answers import visible
from engine.errors import UserError
from engine.panel import Ask, NobodyAnswered, Panel
from engine.pool import Expert
from engine.prompts import reason
from engine.prompts.solve import mend, review, tagged
from engine.protocols.conclusion import Conclusion
from engine.protocols.difficulty import is_hard, vote
from engine.protocols.protocol import NAMES_AN_EXPERT, Protocol
from engine.protocols.spoken import spoken
from engine.rewards import Scored, Scorer

STEPS = ("reason", "review", "refine", "answer")
TEMPERATURE = 0.8
TOP_P = 0.95


class Settings(BaseModel):
    """Parameters of MAgICoRe."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        8, ge=1, le=128, title="Solutions (k)", description="how many are sampled; the paper has 40"
    )
    rounds: int = Field(
        3, ge=0, le=10, title="Rounds", description="how often the solutions of a hard question are refined"
    )
    solver: str = Field(
        "",
        title="Solver",
        json_schema_extra=NAMES_AN_EXPERT,
        description="the expert in all roles; empty: the best by profile, else the aggregator",
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question. Raises a UserError where nobody can score solutions."""
    if not panel.scores:
        raise UserError(
            "MAgICoRe scores solutions, and a server of chat completions gives no scores: "
            "run Disputatio with --runtime vllm, openvino or transformers for it."
        )
    solver = panel.roster.best(settings.solver)
    scorer = Scorer(panel, panel.roster.verifier())
    panel.step("reason")
    ask = Ask(f"reason/{solver.name}", solver, reason(panel.question), TEMPERATURE, top_p=TOP_P)
    sampled = await panel.sample(ask, settings.k)
    for reply in sampled:
        await panel.read_answer(reply)
    solutions = await scorer.score_all(sampled)

    hard = await is_hard(panel, scorer, solutions, round=0)
    for round in range(1, settings.rounds + 1):
        if not hard:
            break
        refined = await refine(panel, solver, scorer, solutions, round)
        solutions = keep(panel, [*solutions, *refined], settings.k, round)
        hard = await is_hard(panel, scorer, solutions, round)

    panel.step("answer")
    best = await vote(panel, solutions)
    if best is None:
        panel.notice("No solution has an answer that could be read, so there is none.")
        return Conclusion(visible(solutions[0].reply.text), None, {})
    return Conclusion(visible(best.reply.text), best.answer, {solver.name: True})


async def refine(
    panel: Panel, solver: Expert, scorer: Scorer, solutions: Sequence[Scored], round: int
) -> list[Scored]:
    """Review every solution, rewrite it by that feedback, and score what was written."""
    seen = [tagged(one.steps, one.reward.steps) for one in solutions]

    panel.step("review")
    names = [f"review/{round}/{chain}" for chain in range(len(solutions))]
    asks = [
        Ask(name, solver, review(panel.question, text), TEMPERATURE, top_p=TOP_P, target=one.reply.call)
        for name, text, one in zip(names, seen, solutions, strict=True)
    ]
    reviews = spoken(panel, await panel.ask_all(asks, needed=False), needed=False)
    feedback = {reply.call: visible(reply.text) for reply in reviews}

    panel.step("refine")
    targets: dict[str, Scored] = {}
    asks = []
    for chain, (name, text, one) in enumerate(zip(names, seen, solutions, strict=True)):
        if name in feedback:
            call = f"refine/{round}/{chain}"
            targets[call] = one
            prompt = mend(panel.question, text, feedback[name])
            asks.append(Ask(call, solver, prompt, TEMPERATURE, top_p=TOP_P, target=one.reply.call))
    rewritten = await panel.ask_all(asks, needed=False)
    for reply in rewritten:
        await panel.read_answer(reply, targets[reply.call].reply)
    try:
        return await scorer.score_all(rewritten)
    except NobodyAnswered as error:
        panel.notice(f"The refined solutions are left out. {error}")
        return []


def keep(panel: Panel, solutions: Sequence[Scored], k: int, round: int) -> list[Scored]:
    """The k solutions of highest reward, old and new; of equal ones the older."""
    ordered = sorted(solutions, key=lambda solution: -solution.reward.total)
    panel.tell(
        events.SolutionsKept,
        round=round,
        kept=[solution.reply.call for solution in ordered[:k]],
        dropped=[solution.reply.call for solution in ordered[k:]],
    )
    return ordered[:k]


PROTOCOL = Protocol(
    name="magicore",
    title="MAgICoRe",
    description="One expert solves several times; solutions are scored step by step, and those of hard questions "
    "reviewed and refined; a weighted vote decides (arXiv 2409.12147).",
    steps=STEPS,
    settings=Settings,
    follow=follow,
)
