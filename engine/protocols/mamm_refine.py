"""MAMM-Refine (arXiv 2503.15272): make a text faithful to its document.

Detect the sentences that do not follow from the document, criticise those, rewrite the text: in the first step
different models debate, in the other two they choose between what two instances of one model wrote.

Where we leave the paper: the models that debate and choose are recruited by the question's skills, the same ones for
all steps; only the marked sentences are rewritten, unless `rewrite` is "whole"; and GENERATE is a single exchange.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from engine import events
from engine.answers import extract, visible
from engine.errors import UserError
from engine.panel import Ask, Panel
from engine.pool import Expert
from engine.prompts import grounds, write
from engine.protocols.candidates import Choice, Selection
from engine.protocols.conclusion import Conclusion
from engine.protocols.criticise import criticise_all
from engine.protocols.debate import ROUNDS
from engine.protocols.detect import detect, tell_split
from engine.protocols.mending import Mending
from engine.protocols.protocol import NAMES_AN_EXPERT, Protocol
from engine.protocols.recruit import recruit
from engine.protocols.rewrite import rewrite_marked, rewrite_whole
from engine.sentences import sentences

STEPS = ("recruit", "reason", "detect", "critique", "refine")


class Settings(BaseModel):
    """Parameters of MAMM-Refine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(3, ge=1, le=16, title="Experts (k)", description="how many different experts vote")
    rounds: int = Field(
        ROUNDS, ge=1, le=ROUNDS, title="Rounds", description="how often they vote at most until they agree"
    )
    selection: Selection = Field(
        "rerank",
        title="Critiques and rewrites",
        description="rerank: experts vote for one of two; generate: each of two is bettered by the other",
    )
    rewrite: Literal["marked", "whole"] = Field(
        "marked", title="Rewrite", description="the marked sentences only, or the whole text anew"
    )
    critic: str = Field(
        "",
        title="Critic",
        json_schema_extra=NAMES_AN_EXPERT,
        description="name of the expert who criticises and rewrites; empty: the pool's aggregator",
    )


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Make the question's draft, or a text written in answer to it, faithful to the question's document."""
    question, pool = panel.question, panel.roster.pool
    author = pool.expert(settings.critic or pool.aggregator)
    agents = (await recruit(panel, settings.k, replacement=False)).experts
    text, call = question.draft, None
    if not text:
        text, call = await _written(panel, pool.expert(pool.aggregator))
    found = sentences(text)
    if not found:
        raise UserError("There is no sentence to check: give a text.")

    panel.step("detect")
    tell_split(panel, text, found, call)
    wrong = await detect(panel, agents, found, settings.rounds)
    if not wrong:
        panel.tell(events.TextRewritten, text=text, call=None)
    else:
        panel.step("critique")
        choice = Choice(agents, settings.selection, settings.rounds)
        mending = Mending(grounds(question), text, found, call, author, choice)
        critiques = await criticise_all(panel, mending, wrong)
        if not critiques:
            raise UserError("Nobody could criticise the sentences that were found wrong: ask again.")
        panel.step("refine")
        rewrite = rewrite_marked if settings.rewrite == "marked" else rewrite_whole
        text = await rewrite(panel, mending, critiques)
    return Conclusion(text, extract(text, question), {})


async def _written(panel: Panel, expert: Expert) -> tuple[str, str]:
    """A text that answers the panel's question from its document, and the name of the call that wrote it."""
    panel.step("reason")
    reply = await panel.ask(Ask(f"reason/{expert.name}/0", expert, write(panel.question)))
    await panel.read_answer(reply)
    return visible(reply.text), reply.call


PROTOCOL = Protocol(
    name="mamm-refine",
    title="MAMM-Refine",
    description="A text is made faithful to its document: experts debate each sentence, criticise and rewrite the "
    "wrong ones, and choose by vote (arXiv 2503.15272).",
    steps=STEPS,
    settings=Settings,
    follow=follow,
    checks_a_text=True,
)
