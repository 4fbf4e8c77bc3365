"""Runs that are made of hostile texts only."""

from collections.abc import Iterator
from itertools import pairwise

from disputed_run import Disputation
from engine.prompts import STANDS_BY
from hostile.texts import SHORT

AT_ONCE = 26
"""Texts of one run: as many as it can have choices."""


def hostile_disputations() -> Iterator[Disputation]:
    """Disputations in which each short text is choice, skill, title, reasoning, critique, refinement and notice.

    All of a run's texts together are its question, its document and its conclusion.
    """
    texts = list(SHORT.values())
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        experts = {f"expert-{number}": text for number, text in enumerate(some)}
        together = "\n\n".join(some)
        yield Disputation(
            question=together,
            choices=some,
            document=together,
            skills=list(dict.fromkeys(some)),
            titles=experts,
            reasons={expert: (text, text) for expert, text in experts.items()},
            critiques={
                (critic, author): experts[critic] for critic, author in pairwise([*experts, "expert-0"])
            },
            refined={
                expert: (f"{STANDS_BY if place % 2 else text}\n\n{text}", f"{text} more")
                for place, (expert, text) in enumerate(experts.items())
            },
            text=together,
            answer=some[-1],
            gold=some[0],
            notices=some,
        )
