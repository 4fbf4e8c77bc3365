"""The question a person poses."""

import re
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Literal

from engine.errors import UserError

Kind = Literal["choice", "math", "open"]

CHECK_THE_DRAFT = "Is this text faithful to its document? Where it is not, mend it."
"""What is asked where a person gives a draft and no question."""

_ASKS_FOR_A_NUMBER = re.compile(
    r"\d|\\[a-z]+|\bhow (?:many|much|old|far|long|fast)\b"
    r"|\b(?:solve|compute|calculate|simplify|evaluate)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is needed to answer it and, where known, to judge the answer.

    `kind` says what an answer looks like: a label A, B, … of one of `choices`, a number or expression
    (`math`), or free text (`open`). `gold` is the right answer where it is known: a label for `choice`.
    `draft` is a text that is to be made faithful to `document`, where a person has one.
    """

    text: str
    choices: tuple[str, ...] = ()
    document: str = ""
    kind: Kind = "open"
    gold: str | None = None
    id: str | None = None
    source: str | None = None
    category: str | None = None
    draft: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels A, B, … of the choices, in order."""
        return tuple(ascii_uppercase[: len(self.choices)])

    @classmethod
    def posed(
        cls,
        text: str,
        choices: tuple[str, ...] = (),
        document: str = "",
        gold: str | None = None,
        kind: Kind | None = None,
        draft: str = "",
    ) -> "Question":
        """A question as a person types it; its kind is inferred where they do not say it.

        A draft needs no text: it is then asked whether it is faithful to its document.
        Raises UserError when there is neither, a draft without a document, only one choice, or more than 26.
        """
        draft, document = draft.strip(), document.strip()
        if draft and not document:
            raise UserError("A text to check needs the document it is about: give that too.")
        text = text.strip() or (CHECK_THE_DRAFT if draft else "")
        choices = tuple(choice.strip() for choice in choices if choice.strip())
        if not text:
            raise UserError("The question is empty: type one first.")
        if len(choices) == 1 or len(choices) > len(ascii_uppercase):
            raise UserError(f"A choice question has 2 to 26 choices, this one has {len(choices)}.")
        if kind == "choice" and not choices:
            raise UserError("A choice question needs its choices.")
        if kind is None:
            asks_for_a_number = not draft and bool(_ASKS_FOR_A_NUMBER.search(text))
            kind = "choice" if choices else "math" if asks_for_a_number else "open"
        return cls(text, choices, document, kind, (gold or "").strip() or None, draft=draft)
