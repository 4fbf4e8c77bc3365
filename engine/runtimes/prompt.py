"""Whether a prompt fits its model."""

from engine.errors import PromptTooLong
from engine.pool import Expert


def room(expert: Expert, prompt_tokens: int, max_tokens: int) -> int:
    """How many tokens the answer may have: `max_tokens`, or what the prompt leaves of the expert's context.

    Raises PromptTooLong when the prompt leaves nothing.
    """
    left = expert.context - prompt_tokens
    if left < 1:
        raise PromptTooLong(
            f"The prompt has {prompt_tokens} tokens; {expert.title} takes {expert.context} for prompt and answer "
            "together. Shorten the question or its document."
        )
    return min(max_tokens, left)
