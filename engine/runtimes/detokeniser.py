"""Token ids to text as they come."""

from collections.abc import Callable, Sequence

_CONTEXT = 16
"""Tokens decoded anew with each that comes: decoding a few more costs next to nothing, decoding twice as much again."""


class Detokeniser:
    """The text of one answer that grows by tokens.

    Never gives out half a character, nor the beginning of what may become a stop string. `decode` turns token ids
    into text without special tokens.
    """

    def __init__(self, decode: Callable[[list[int]], str], stop: Sequence[str] = ()) -> None:
        self._decode = decode
        self._stop = stop
        self._ids: list[int] = []
        self._context = 0
        self._given = 0
        self._before = ""
        self._held = ""
        self.stopped = False
        """Whether a stop string came; nothing is given out from it on."""

    def push(self, ids: Sequence[int]) -> str:
        """The text that is certain now that these tokens came."""
        self._ids += ids
        # Decoding the tokens given out before along with the new ones lets the decoder space them as in one text.
        after = self._decode(self._ids[self._context :])
        if len(after) <= len(self._before) or after.endswith("\ufffd"):
            return ""
        new, self._before = after[len(self._before) :], after
        if len(self._ids) - self._context > _CONTEXT:
            self._context = self._given
            self._before = self._decode(self._ids[self._context :])
        self._given = len(self._ids)
        return self._release(new)

    def finish(self) -> str:
        """The rest of the text, now that no more tokens come."""
        after = self._decode(self._ids[self._context :])
        rest = self._release(after[len(self._before) :]) + ("" if self.stopped else self._held)
        self._held = ""
        return rest

    def _release(self, text: str) -> str:
        if self.stopped:
            return ""
        text = self._held + text
        found = [at for stop in self._stop if (at := text.find(stop)) >= 0]
        if found:
            self.stopped = True
            return text[: min(found)]
        held = max((_overlap(text, stop) for stop in self._stop), default=0)
        self._held = text[len(text) - held :]
        return text[: len(text) - held]


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that begins `stop`."""
    return next((n for n in range(min(len(stop), len(text)), 0, -1) if text.endswith(stop[:n])), 0)
