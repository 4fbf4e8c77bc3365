"""The refining step of a disputation: every expert refines its own answer in the light of its critiques."""

import asyncio
from collections.abc import Mapping, Sequence

from engine.answers import extract, visible
from engine.panel import Ask, NobodyAnswered, Panel
from engine.prompts import refine, stands_by
from engine.prompts.question import pose
from engine.prompts.rerank import choose
from engine.protocols.position import Position
from engine.protocols.rerank import rerank
from engine.scheduler import Reply

CRITERION = "answers the question rightly, by sound steps"


async def refine_all(
    panel: Panel,
    positions: Sequence[Position],
    critiques: Mapping[str, tuple[str, ...]],
    round: int,
    voting_rounds: int | None,
) -> list[Position]:
    """The experts' positions after refinement; one without critiques, or whose refinement fails, keeps its own.

    A refinement that is cut off at its limit of tokens does not replace an answer that is whole, and one in which no
    answer can be read does not replace one that has an answer.

    With `voting_rounds` each writes two refinements, and the experts choose one of them by vote (MAMM-Refine's
    reranking); with None it writes one.
    """
    panel.step("refine")
    experts = [position.expert for position in positions]

    async def refined(position: Position) -> Position:
        got = critiques[position.expert.name]
        if not got:
            return position
        prompt = refine(panel.question, position.text, got)
        ask = Ask(
            f"refine/{round}/{position.expert.name}", position.expert, prompt, target=position.reply.call
        )
        try:
            written = await panel.sample(ask, 1 if voting_rounds is None else 2)
        except NobodyAnswered:  # noticed already
            return Position(position.reply, got)
        if not position.reply.cut_off:
            written = [reply for reply in written if not reply.cut_off]
        if not written:
            panel.notice(f"{position.expert.title} did not come to the end of refining, so its answer stays.")
            return Position(position.reply, got)
        if panel.answer_of(position.reply) is not None:
            written = [reply for reply in written if answers_or_stands(reply)]
        if not written:
            panel.notice(
                f"What {position.expert.title} refined has no answer that could be read, so its answer stays."
            )
            return Position(position.reply, got)
        for reply in written:
            await panel.read_answer(reply, position.reply, stands_by(visible(reply.text)))
        chosen = written[0] if voting_rounds is None else await best(position, written, voting_rounds)
        return position.refined(chosen, got)

    def answers_or_stands(reply: Reply) -> bool:
        return stands_by(visible(reply.text)) or extract(reply.text, panel.question) is not None

    async def best(position: Position, written: Sequence[Reply], rounds: int) -> Reply:
        def held(reply: Reply) -> str:
            return position.refined(reply, ()).text

        if held(written[0]) == held(written[-1]):
            written = written[:1]
        return await rerank(
            panel,
            experts,
            f"refine/{round}/{position.expert.name}",
            written,
            lambda first, second, opinions: choose(
                pose(panel.question), held(first), held(second), CRITERION, opinions
            ),
            rounds,
        )

    return list(await asyncio.gather(*(refined(position) for position in positions)))


def answers(panel: Panel, positions: Sequence[Position]) -> list[str | None]:
    """What each position answers."""
    return [panel.answer_of(position.reply) for position in positions]
