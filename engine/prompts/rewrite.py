"""Rewriting a text in the light of critiques of its sentences (MAMM-Refine)."""

from collections.abc import Mapping, Sequence

from engine.prompts.opinions import Opinion
from engine.prompts.question import user
from engine.prompts.rerank import choose
from engine.runtimes.base import Message


def rewrite_text(document: str, text: str, critiques: Sequence[str]) -> tuple[Message, ...]:
    """Ask for the whole text with as few changes as the critiques take (the paper's refinement)."""
    numbered = "\n\n".join(f"{number}. {critique}" for number, critique in enumerate(critiques, 1))
    return user(
        f"Document:\n{document}\n\nText:\n{text}\n\nWhat is wrong with the text:\n{numbered}\n\n"
        "Write the text anew without these errors. Change as little as you can, and leave every other sentence word "
        "for word as it is. No preamble, no comment: the text alone."
    )


def rewrite_sentences(document: str, text: str, marked: Mapping[str, tuple[str, str]]) -> tuple[Message, ...]:
    """Ask for the marked sentences alone, each put right. `marked` has a sentence and its critique by name."""
    listed = "\n\n".join(
        f"{name}: {sentence}\nWhat is wrong with it: {critique}"
        for name, (sentence, critique) in marked.items()
    )
    form = ", ".join(f'"{name}": "..."' for name in marked)
    return user(
        f"Document:\n{document}\n\nText:\n{text}\n\nSentences of the text that are wrong:\n\n{listed}\n\n"
        "Write each of these sentences anew without its error, with as few changes as can be; it must say what the "
        f"document says, and go on fitting into the text. Reply with one JSON object and nothing else: {{{form}}}"
    )


def better_text(
    document: str, first: str, second: str, opinions: Sequence[Opinion] = ()
) -> tuple[Message, ...]:
    """Ask which of two texts is the more faithful to the document."""
    task = f"Document:\n{document}\n\nTwo responses are texts about this document."
    criterion = (
        "has the fewest inconsistencies with the document: what it says must be stated or implied there"
    )
    return choose(task, first, second, criterion, opinions)
