"""Disputation, the default: recruited experts reason alone, critique each other unnamed, refine, and one concludes."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from engine import events
from engine.answers import stated_verdict, visible
from engine.panel import Ask, Panel
from engine.prompts import Respondent, critique, refine, stands_by
from engine.protocols.conclusion import Conclusion, conclude
from engine.protocols.reason import reason
from engine.protocols.recruit import recruit
from engine.scheduler import Reply

STEPS = ("recruit", "reason", "critique", "refine", "answer")


class Settings(BaseModel):
    """Parameters of the disputation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(
        3, ge=1, le=16, title="Experts (k)", description="how many different experts are recruited"
    )
    skip_on_agreement: bool = Field(
        False,
        title="Skip critique on agreement",
        description="conclude at once when all experts give the same answer",
    )
    critique_tokens: int = Field(
        192, ge=16, le=4096, title="Tokens per critique", description="how long one critique may be"
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Answer the panel's question."""
    experts = await recruit(panel, settings.k, replacement=False)
    first = await reason(panel, experts)

    agreed = len(first) > 1 and await panel.agree([panel.answer_of(reply) for reply in first])
    if len(first) == 1:
        panel.notice("Only one expert answered, so there is nobody to critique it.")
    elif agreed and settings.skip_on_agreement:
        panel.notice("All experts agree at once, so critique is skipped.")
    if len(first) == 1 or (agreed and settings.skip_on_agreement):
        panel.step("answer")
        return await conclude(panel, [Respondent(visible(reply.text)) for reply in first], first)

    critiques = await criticise(panel, first, settings.critique_tokens)
    last = await refine_all(panel, first, critiques)
    panel.step("answer")
    respondents = [
        Respondent(standing_text(before, after), critiques[after.expert.name])
        for before, after in zip(first, last, strict=True)
    ]
    return await conclude(panel, respondents, last)


async def criticise(panel: Panel, answers: Sequence[Reply], max_tokens: int) -> dict[str, tuple[str, ...]]:
    """Every expert critiques every other's answer, not knowing whose it is. The critiques each expert received."""
    panel.step("critique")
    pairs = {
        f"critique/{critic.expert.name}/on/{author.expert.name}": (critic, author)
        for critic in answers
        for author in answers
        if critic is not author
    }
    asks = [
        Ask(
            name=name,
            expert=critic.expert,
            messages=critique(panel.question, visible(author.text)),
            max_tokens=max_tokens,
            target=author.call,
        )
        for name, (critic, author) in pairs.items()
    ]

    def judge(reply: Reply) -> None:
        panel.tell(events.CritiqueJudged, call=reply.call, verdict=stated_verdict(visible(reply.text)))

    replies = await panel.ask_all(asks, needed=False, each=judge)
    received: dict[str, tuple[str, ...]] = {author.expert.name: () for author in answers}
    for reply in replies:
        author = pairs[reply.call][1].expert.name
        received[author] += (visible(reply.text),)
    return received


async def refine_all(
    panel: Panel, first: Sequence[Reply], critiques: dict[str, tuple[str, ...]]
) -> list[Reply]:
    """Every expert refines its own answer or stands by it; one whose refinement fails keeps its first answer."""
    panel.step("refine")
    asks = [
        Ask(
            name=f"refine/{reply.expert.name}/0",
            expert=reply.expert,
            messages=refine(panel.question, visible(reply.text), critiques[reply.expert.name]),
            target=reply.call,
        )
        for reply in first
        if critiques[reply.expert.name]
    ]
    refined = await panel.ask_all(asks, needed=False)
    firsts = {reply.expert.name: reply for reply in first}
    for reply in refined:
        await panel.read_answer(reply, firsts[reply.expert.name])
    by_expert = {reply.expert.name: reply for reply in refined}
    return [by_expert.get(reply.expert.name, reply) for reply in first]


def standing_text(before: Reply, after: Reply) -> str:
    """What an expert holds in the end: its refined text, or, where it only says that it stands by it, its first one."""
    first, last = visible(before.text), visible(after.text)
    return first if stands_by(last) else last
