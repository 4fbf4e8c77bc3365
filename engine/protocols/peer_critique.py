"""The critique step of a disputation: experts critique one another's answers, not knowing whose they are."""

import asyncio
from collections.abc import Sequence

from engine import events
from engine.answers import stated_verdict, visible
from engine.panel import Ask, Panel
from engine.prompts import critique
from engine.prompts.question import pose
from engine.prompts.rerank import choose
from engine.protocols.critics import Criticism, choose_critics
from engine.protocols.position import Position
from engine.protocols.rerank import rerank
from engine.protocols.spoken import spoken
from engine.scheduler import Reply

CRITERION = "finds the real errors of the answer, or rightly says that it has none"


async def criticise(
    panel: Panel, positions: Sequence[Position], round: int, criticism: Criticism
) -> dict[str, tuple[str, ...]]:
    """The critiques that each expert gets, by its name: all that were written, or the one that the experts chose."""
    panel.step("critique")
    experts = [position.expert for position in positions]
    asks: list[Ask] = []
    author_of: dict[str, Position] = {}
    critics_of = choose_critics(panel, positions, round, criticism)
    for author, critics in zip(positions, critics_of, strict=True):
        prompt = critique(panel.question, author.text)
        for critic in critics:
            name = f"critique/{round}/{critic.name}/on/{author.expert.name}"
            asks.append(Ask(name, critic, prompt, max_tokens=criticism.max_tokens, target=author.reply.call))
            author_of[name] = author

    def judge(reply: Reply) -> None:
        panel.tell(events.CritiqueJudged, call=reply.call, verdict=stated_verdict(visible(reply.text)))

    replies = spoken(panel, await panel.ask_all(asks, needed=False, each=judge), needed=False)
    written = {
        author.expert.name: [reply for reply in replies if author_of[reply.call] is author]
        for author in positions
    }
    voting_rounds = criticism.voting_rounds
    if voting_rounds is None:
        return {name: tuple(visible(reply.text) for reply in got) for name, got in written.items()}

    async def best(author: Position) -> tuple[str, ...]:
        candidates = written[author.expert.name]
        if not candidates:
            return ()
        task = f"{pose(panel.question)}\n\nA student answered:\n\n{author.text}\n\nTwo reviewers reviewed this answer."
        chosen = await rerank(
            panel,
            experts,
            f"critique/{round}/{author.expert.name}",
            candidates,
            lambda first, second, opinions: choose(
                task, visible(first.text), visible(second.text), CRITERION, opinions
            ),
            voting_rounds,
        )
        return (visible(chosen.text),)

    chosen = await asyncio.gather(*(best(author) for author in positions))
    return {author.expert.name: got for author, got in zip(positions, chosen, strict=True)}
