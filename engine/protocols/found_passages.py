"""The passages that a judge of a critique quotes, found where they stand."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel

from engine.answers import visible
from engine.protocols.debate import Plain
from engine.quotes import alike, exact


class Passage(BaseModel):
    """A passage as a judge quotes it, and its label."""

    quote: str
    label: Annotated[str, Plain]


def found_passages(passages: Sequence[Passage], critique: str, answer: str) -> list[dict[str, Any]]:
    """The spans of CritiqueAnnotated; a passage that stands in neither text is left out.

    Word for word in the critique counts before word for word in the answer, and either before what is merely alike.
    A model's thinking, before what is visible of the texts, is not searched: nobody was shown it.
    """
    texts = {"critique": critique, "answer": answer}
    starts = {role: max(0, text.rfind(visible(text))) for role, text in texts.items()}
    found: list[dict[str, Any]] = []
    for passage in passages:
        quote = passage.quote.strip().strip("\"'“”")
        places = (
            (role, place)
            for locate in (exact, alike)
            for role, text in texts.items()
            if (place := locate(quote, text, starts[role]))
        )
        for role, (start, end) in islice(places, 1):
            quoted = texts[role][start:end]
            found.append(
                {
                    "role": role,
                    "start": start,
                    "end": end,
                    "label": passage.label,
                    "comment": "",
                    "quote": quoted,
                }
            )
    return found
