"""The question a person poses."""

import re
from collections.abc import Sequence
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

        A draft needs no text: it is then asked whether it is faithful to its document. Empty choices are left out.
        The right one of the choices is given by its label or, where that is no label, by its words.
        Raises UserError when there is neither text nor draft, a draft without a document, only one choice, or more
        than 26; also where `gold` names no choice, or an empty one would shift the label it gives.
        """
        draft, document = draft.strip(), document.strip()
        if draft and not document:
            raise UserError("A text to check needs the document it is about: give that too.")
        text = text.strip() or (CHECK_THE_DRAFT if draft else "")
        given = [choice.strip() for choice in choices]
        choices = tuple(choice for choice in given if choice)
        if not text:
            raise UserError("The question is empty: type one first.")
        if len(choices) == 1 or len(choices) > len(ascii_uppercase):
            raise UserError(f"A choice question has 2 to 26 choices, this one has {len(choices)}.")
        if kind == "choice" and not choices:
            raise UserError("A choice question needs its choices.")
        if kind is None:
            asks_for_a_number = not draft and bool(_ASKS_FOR_A_NUMBER.search(text))
            kind = "choice" if choices else "math" if asks_for_a_number else "open"
        gold = (gold or "").strip() or None
        if gold and kind == "choice":
            if "" in given[: len(choices)]:
                raise UserError(
                    f"Choice {given.index('') + 1} is empty, which leaves the label of the right answer unclear: "
                    "leave it out, or fill it in."
                )
            gold = _label(gold, choices)
        return cls(text, choices, document, kind, gold, draft=draft)


def _label(gold: str, choices: Sequence[str]) -> str:
    """The label that `gold` is, or else that of the one choice in its words.

    Case and white space count only where they tell choices apart. Raises UserError where it names no choice.
    """
    labels = list(ascii_uppercase[: len(choices)])
    if gold.upper() in labels:
        return gold.upper()
    for form in (str, _plain):
        worded = [label for label, choice in zip(labels, choices, strict=True) if form(choice) == form(gold)]
        if len(worded) == 1:
            return worded[0]
    raise UserError(
        f"The right answer {gold[:80]!r} is neither a label from A to {labels[-1]} nor the words of just one choice: "
        "give the label."
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
