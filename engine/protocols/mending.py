"""What the mending steps of MAMM-Refine work on."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.pool import Expert
from engine.protocols.candidates import Choice
from engine.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Mending:
    """A text about a document, and who mends it: the author of critiques and rewrites, and how they are chosen.

    `document` is what the text is held against, as `engine.prompts.grounds` gives it. `call` wrote the text, or None.
    """

    document: str
    text: str
    sentences: Sequence[Sentence]
    call: str | None
    author: Expert
    choice: Choice
