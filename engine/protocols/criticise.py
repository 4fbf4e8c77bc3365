"""The critique step of MAMM-Refine: what is wrong with each sentence that does not follow from the document."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from engine import events
from engine.answers import visible
from engine.panel import Panel
from engine.prompts import better_critique, criticise
from engine.protocols.candidates import Work, best_of_two
from engine.protocols.found_error import found_error
from engine.protocols.mending import Mending
from engine.scheduler import Reply


async def criticise_all(panel: Panel, mending: Mending, wrong: Sequence[int]) -> dict[int, str]:
    """The critique that stands for each wrong sentence, by its index; one that nobody could criticise is left out."""
    chosen = await asyncio.gather(*(_criticise(panel, mending, index) for index in wrong))
    return {index: critique for index, critique in zip(wrong, chosen, strict=True) if critique}


async def _criticise(panel: Panel, mending: Mending, index: int) -> str:
    sentence = mending.sentences[index]
    about = mending.document, mending.text, sentence.text

    def tell(reply: Reply) -> None:
        found = asdict(found_error(reply.text, sentence))
        panel.tell(events.ErrorFound, call=reply.call, sentence=index, **found)

    work = Work(
        f"critique/{index}",
        mending.author,
        criticise(*about),
        mending.call,
        each=tell,
        complete=lambda reply: bool(found_error(reply.text, sentence).span),
    )
    reply = await best_of_two(
        panel,
        work,
        mending.choice,
        lambda first, second, opinions: better_critique(
            *about, visible(first.text), visible(second.text), opinions
        ),
    )
    return visible(reply.text) if reply else ""
