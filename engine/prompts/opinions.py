"""What agents who answer the same say of it, as they read it of each other in a debate."""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one agent answers and why; the answer is None where it gave none that could be read."""

    answer: str | None
    reasoning: str


LONGEST_REASONING = 50
"""Words that a reasoning may have (MAMM-Refine)."""


def how_to_answer(answers: str) -> str:
    """In what form an opinion is to be given; `answers` says which answers there are."""
    return (
        f'Reply with one JSON object and nothing else: {{"reasoning": "...", "answer": "..."}}. The reasoning has at '
        f"most {LONGEST_REASONING} words. The answer is only {answers}."
    )


def discussed(opinions: Sequence[Opinion]) -> str:
    """What was said in the round before, for a prompt of the next one; empty where there was none."""
    said = [opinion for opinion in opinions if opinion.answer is not None]
    if not said:
        return ""
    lines = "\n".join(
        f"Agent {number}: "
        + json.dumps({"reasoning": one.reasoning, "answer": one.answer}, ensure_ascii=False)
        for number, one in enumerate(said, 1)
    )
    return (
        f"\n\nSeveral agents, you among them, answered this and disagree:\n{lines}\n"
        "Weigh their reasons, then answer anew."
    )
