"""Disputation, the default: the three systems together.

Experts recruited by skill reason alone (Symbolic-MoE). Where they disagree, or their rewards say that the question is
hard (MAgICoRe), they critique one another and refine their answers, both chosen by reranking (MAMM-Refine), until the
question turns easy or the rounds run out. Then one concludes. Each part can be switched off, to measure its worth.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from engine.answers import visible
from engine.critics import CriticChoice
from engine.panel import NobodyAnswered, Panel
from engine.prompts import Respondent
from engine.protocols.aggregator import AggregatorChoice, choose_aggregator
from engine.protocols.conclusion import Conclusion, agreement_with, conclude
from engine.protocols.critics import CANDIDATES, Criticism
from engine.protocols.difficulty import calibration, is_hard, vote
from engine.protocols.peer_critique import criticise
from engine.protocols.peer_refine import answers, refine_all
from engine.protocols.position import Position
from engine.protocols.protocol import Protocol
from engine.protocols.reason import reason
from engine.protocols.recruit import Recruited, recruit
from engine.protocols.spoken import spoken
from engine.rewards import Scorer

STEPS = ("recruit", "reason", "critique", "refine", "answer")
UNKNOWN_REWARDS = (
    "All experts agree, so critique is not needed. What rewards say is not known: the profile has none of "
    "these experts, by whoever scores here, to hold them against."
)


class Settings(BaseModel):
    """Parameters of the disputation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        3, ge=1, le=16, title="Experts (k)", description="how many different experts are recruited"
    )
    recruit: bool = Field(
        True, title="Recruit by skill", description="else the first k experts of the pool take part"
    )
    critique: Literal["when needed", "always", "never"] = Field(
        "when needed",
        title="Critique",
        description="needed where experts disagree, or rewards say that the question is hard",
    )
    refine: bool = Field(
        True,
        title="Refine",
        description="experts refine their answers by the critiques; else the aggregator alone has them",
    )
    rewards: bool = Field(
        True,
        title="Rewards",
        description="answers that agree are scored too: low rewards say that the question is hard",
    )
    rerank: bool = Field(
        True, title="Rerank", description="experts choose by vote between two critiques, and two refinements"
    )
    rounds: int = Field(
        1, ge=1, le=10, title="Rounds", description="how often experts critique and refine at most"
    )
    voting_rounds: int = Field(
        2, ge=1, le=10, title="Voting rounds", description="how often they vote at most until they agree"
    )
    critique_tokens: int = Field(
        192, ge=16, le=4096, title="Tokens per critique", description="how long one critique may be"
    )
    critics: CriticChoice = Field(
        "in turn",
        title="Critics",
        description="of the other experts in turn, or drawn by how helpful people found their critiques",
    )
    critics_each: int | None = Field(
        None,
        ge=1,
        le=15,
        title="Critics per answer",
        description="empty: two to choose from when reranking, else all others",
    )
    conclusion: Literal["aggregator", "vote"] = Field(
        "aggregator",
        title="Conclusion",
        description="an aggregator writes it, or the answers' vote decides, by rewards where there are any",
    )
    aggregator: AggregatorChoice = Field(
        "task",
        title="Aggregator",
        description="the best at the task's tests, the best suited to the question, or the pool's own",
    )

    @field_validator("critics_each")
    @classmethod
    def _two_at_most_to_choose_from(cls, critics_each: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("rerank") and (critics_each or 0) > CANDIDATES:
            raise ValueError(f"with reranking experts choose between {CANDIDATES} critiques at most")
        return critics_each


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question."""
    recruited = (
        await recruit(panel, settings.k, replacement=False) if settings.recruit else _first(panel, settings.k)
    )
    positions = [Position(reply) for reply in spoken(panel, await reason(panel, recruited.experts))]
    scorer = Scorer(panel, panel.roster.verifier()) if settings.rewards else None
    voting_rounds = settings.voting_rounds if settings.rerank else None
    criticism = Criticism(settings.critique_tokens, voting_rounds, settings.critics, settings.critics_each)

    round = 0
    while round < settings.rounds and await _needs_critique(panel, settings, scorer, positions, round):
        round += 1
        critiques = await criticise(panel, positions, round, criticism)
        if not settings.refine:
            positions = [Position(held.reply, critiques[held.expert.name]) for held in positions]
            break
        positions = await refine_all(panel, positions, critiques, round, voting_rounds)

    panel.step("answer")
    if settings.conclusion == "vote":
        return await _voted(panel, scorer, positions)
    aggregator = choose_aggregator(panel, settings.aggregator, recruited.candidates)
    respondents = [Respondent(held.text, held.critiques, held.heeded) for held in positions]
    return await conclude(panel, aggregator, respondents, [position.reply for position in positions])


async def _needs_critique(
    panel: Panel, settings: Settings, scorer: Scorer | None, positions: Sequence[Position], round: int
) -> bool:
    if settings.critique == "never":
        return False
    if len(positions) == 1:
        panel.notice("Only one expert answered, so there is nobody to critique it.")
        return False
    if settings.critique == "always":
        return True
    if not await panel.agree(answers(panel, positions)):
        return True
    if scorer is None:
        panel.notice("All experts agree, so critique is not needed.")
        return False
    profile = panel.roster.profile
    if profile is None or profile.calibration is None:
        panel.notice(UNKNOWN_REWARDS)
        return False
    try:
        scored = await scorer.score_all([position.reply for position in positions])
    except NobodyAnswered as error:
        panel.notice(f"All experts agree, so critique is not needed; their solutions are not scored. {error}")
        return False
    if calibration(panel, scorer, scored) is None:
        panel.notice(UNKNOWN_REWARDS)
        return False
    hard = await is_hard(panel, scorer, scored, round, unanimous=True)
    panel.notice(
        "All experts agree, but their solutions score low: they critique and refine."
        if hard
        else "All experts agree and their solutions score well, so critique is not needed."
    )
    return hard


async def _voted(panel: Panel, scorer: Scorer | None, positions: Sequence[Position]) -> Conclusion:
    """The answer with the most weight by rewards, or the one given most often."""
    replies = [position.reply for position in positions]
    try:
        best = await vote(panel, await scorer.score_all(replies)) if scorer else None
    except NobodyAnswered as error:
        panel.notice(f"So the answer given most often stands. {error}")
        best = None
    if best:
        text, answer = visible(best.reply.text), best.answer
    else:
        given = answers(panel, positions)
        answer = await panel.judge.plurality(given, panel.question)
        text = positions[given.index(answer)].text
    return Conclusion(text, answer, await agreement_with(panel, answer, replies))


def _first(panel: Panel, k: int) -> Recruited:
    """The first k experts of the pool."""
    experts = panel.roster.pool.experts
    if len(experts) < k:
        panel.notice(f"The pool has {len(experts)} experts, so {len(experts)} take part and not {k}.")
    return Recruited(experts[:k], ())


PROTOCOL = Protocol(
    name="disputation",
    title="Disputation",
    description="The three together: experts recruited by skill reason; where they disagree or score badly, they "
    "critique and refine, chosen by vote, until it turns easy; an aggregator concludes.",
    steps=STEPS,
    settings=Settings,
    follow=follow,
)
