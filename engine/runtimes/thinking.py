"""Thinking that a chat template begins, as DeepSeek-R1's does: what the model writes then only ends it."""

from dataclasses import replace

from engine.runtimes.base import Delta, Sampling

_THINK = "<think>"


class ThinkingBegun:
    """Puts the mark that a prompt ends with before the text of each sample, so that its thinking can be told apart.

    An answer that follows a JSON schema has no room to think.
    """

    def __init__(self, chat: str, sampling: Sampling) -> None:
        begun = chat.rstrip().endswith(_THINK) and sampling.json_schema is None
        self._unmarked = set(range(sampling.samples)) if begun else set()

    def mark(self, delta: Delta) -> Delta:
        """The delta; a sample's first with the mark."""
        if delta.sample not in self._unmarked:
            return delta
        self._unmarked.discard(delta.sample)
        return replace(delta, text=f"{_THINK}\n{delta.text}")
