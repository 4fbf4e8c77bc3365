"""What an expert holds in a disputation."""

from dataclasses import dataclass

from engine.answers import visible
from engine.pool import Expert
from engine.prompts import stands_by
from engine.scheduler import Reply


@dataclass(frozen=True, slots=True)
class Position:
    """An expert's last reply with an answer of its own, and the critiques that it got last.

    They are of the reply before where the expert `heeded` them.
    """

    reply: Reply
    critiques: tuple[str, ...] = ()
    heeded: bool = False

    @property
    def expert(self) -> Expert:
        """Whose position it is."""
        return self.reply.expert

    @property
    def text(self) -> str:
        """What the expert holds."""
        return visible(self.reply.text)

    def refined(self, reply: Reply, critiques: tuple[str, ...]) -> "Position":
        """The position after a refinement, which may only say that the expert stands by what it held, or nothing."""
        text = visible(reply.text)
        heeded = bool(text) and not stands_by(text)
        return Position(reply if heeded else self.reply, critiques, heeded)
