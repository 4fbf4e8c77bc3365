"""Two candidates for the same: choosing the better one (RERANK), or bettering each by the other (GENERATE)."""

from collections.abc import Sequence

from engine.prompts.opinions import Opinion, discussed, how_to_answer
from engine.prompts.question import user
from engine.runtimes.base import Message


def choose(
    task: str, first: str, second: str, criterion: str, opinions: Sequence[Opinion] = ()
) -> tuple[Message, ...]:
    """Ask which response to the task meets the criterion better.

    `opinions` are those of the round before, where there was one.
    """
    return user(
        f"{task}\n\n## Response 1\n{first}\n\n## Response 2\n{second}\n\n"
        f"Choose the response that {criterion}. {how_to_answer('1 or 2')}{discussed(opinions)}"
    )


def better(asked: Sequence[Message], own: str, other: str) -> tuple[Message, ...]:
    """Ask the author of `own`, its answer to `asked`, to write it anew in the light of another answer to the same."""
    return (
        *asked,
        Message("assistant", own),
        Message(
            "user",
            f"Another agent answered the same:\n\n{other}\n\n"
            "Take over what it does better, keep what you did better, and write your answer anew, in the form that was "
            "asked for. Do not write about the other agent.",
        ),
    )
