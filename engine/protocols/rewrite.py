"""The refinement step of MAMM-Refine: the text without the errors that its critiques name."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, create_model

from engine import events
from engine.answers import visible
from engine.panel import Panel
from engine.prompts import better_text, rewrite_sentences, rewrite_text
from engine.protocols.candidates import Work, best_of_two
from engine.protocols.mending import Mending
from engine.scheduler import Reply
from engine.sentences import Sentence
from engine.structured import LONGEST, MAX_TOKENS, NOTHING_ELSE, read

_ROOM = 200
"""Characters that a sentence may grow by, besides its own length, where the runtime enforces the form."""

_BYTES_PER_TOKEN = 2
"""Fewer than tokens have in UTF-8, in which letters of few languages are one byte long and ideograms three."""

_END_MARK = re.compile(r"([.!?…\u3002\uff01\uff1f])\W*$")


async def rewrite_marked(panel: Panel, mending: Mending, critiques: Mapping[int, str]) -> str:
    """The text with its criticised sentences (by index) rewritten and put in their places.

    All other sentences stay as they are by construction. Here we leave the paper, which has the whole text written
    anew with minimal edits: `rewrite_whole`.
    """
    names = {f"sentence_{index + 1}": index for index in critiques}
    marked = {name: (mending.sentences[index].text, critiques[index]) for name, index in names.items()}
    shape = _shape({name: sentence for name, (sentence, _) in marked.items()})

    def as_text(reply: Reply) -> str:
        content = read(reply.text, shape)
        if content is None:
            raise ValueError(f"{reply.call} was read before, and cannot be now")
        anew = {names[name]: sentence for name, sentence in content.model_dump().items()}
        return replaced(mending.text, mending.sentences, anew)

    messages = rewrite_sentences(mending.document, mending.text, marked)
    sentences = " ".join(sentence for sentence, _ in marked.values())
    work = Work(
        "refine",
        mending.author,
        messages,
        mending.call,
        shape,
        max_tokens=_tokens_for(sentences, _ROOM * len(marked)),
    )
    reply = await best_of_two(
        panel,
        work,
        mending.choice,
        lambda first, second, opinions: better_text(
            mending.document, as_text(first), as_text(second), opinions
        ),
    )
    return _told(panel, mending, as_text(reply) if reply else None, reply)


async def rewrite_whole(panel: Panel, mending: Mending, critiques: Mapping[int, str]) -> str:
    """The text written anew as a whole (the paper's refinement).

    A notice says how many sentences without a critique came out changed.
    """
    messages = rewrite_text(mending.document, mending.text, list(critiques.values()))
    reply = await best_of_two(
        panel,
        Work(
            "refine",
            mending.author,
            messages,
            mending.call,
            max_tokens=_tokens_for(mending.text),
            whole=True,
        ),
        mending.choice,
        lambda first, second, opinions: better_text(
            mending.document, visible(first.text), visible(second.text), opinions
        ),
    )
    text = _told(panel, mending, visible(reply.text) if reply else None, reply)
    others = [one for index, one in enumerate(mending.sentences) if index not in critiques]
    if changed := sum(one.text not in text for one in others):
        panel.notice(f"The rewrite changed {changed} of {len(others)} sentences that were not criticised.")
    return text


def replaced(text: str, sentences: Sequence[Sentence], anew: Mapping[int, str]) -> str:
    """The text with the sentences of these indices in new words; one without an end mark takes the old one's."""
    for index in sorted(anew, reverse=True):
        old = sentences[index]
        text = text[: old.start] + _ended(anew[index], old.text) + text[old.end :]
    return text


def _ended(sentence: str, old: str) -> str:
    mark = _END_MARK.search(old)
    return sentence if mark is None or _END_MARK.search(sentence) else sentence + mark[1]


def _tokens_for(text: str, room: int = 0) -> int:
    """Enough tokens for a text and `room` more bytes: MAMM-Refine's 1000, or as many as a long one may take."""
    return max(MAX_TOKENS, (len(text.encode()) + room) // _BYTES_PER_TOKEN)


def _sentence(text: str) -> str:
    """The text on one line. Raises ValueError for one without a letter: in a sentence's place that would delete it."""
    if not any(character.isalpha() for character in text):
        raise ValueError("a sentence has letters")
    return " ".join(text.split())


def _shape(sentences: Mapping[str, str]) -> type[BaseModel]:
    """A JSON object with a sentence in the place of each of these, by name."""
    fields: dict[str, Any] = {}
    for name, text in sentences.items():
        longest = min(2 * len(text) + _ROOM, LONGEST)
        # A long sentence is not held at all: that would cut it off.
        held: dict[str, Any] = {"maxLength": longest} if 2 * len(text) <= LONGEST else {}
        fields[name] = (
            Annotated[str, AfterValidator(_sentence)],
            Field(min_length=1, json_schema_extra=held),
        )
    return create_model("Rewrite", __config__=NOTHING_ELSE, **fields)


def _told(panel: Panel, mending: Mending, text: str | None, reply: Reply | None) -> str:
    """Put the text as it is now on the record; the one there was where nobody wrote another."""
    if text is None:
        panel.notice("Nobody wrote a rewrite that could be read, so the text stays as it was.")
    now = mending.text if text is None else text
    panel.tell(events.TextRewritten, text=now, call=reply.call if reply else None)
    return now
