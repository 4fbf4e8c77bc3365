"""The protocols: each is straight-line code for one question, in a file of its own."""

from engine.errors import UserError
from engine.protocols import disputation, symbolic_moe
from engine.protocols.protocol import Protocol

__all__ = ["DEFAULT_PROTOCOL", "PROTOCOLS", "Protocol", "find_protocol"]

_LISTED = (
    Protocol(
        name="disputation",
        title="Disputation",
        description="Recruited experts reason, critique each other without names, refine, and an aggregator concludes.",
        steps=disputation.STEPS,
        settings=disputation.Settings,
        follow=disputation.follow,
    ),
    Protocol(
        name="symbolic-moe",
        title="Symbolic-MoE",
        description="Experts recruited by skill reason once each, and an aggregator concludes (arXiv 2503.05641).",
        steps=symbolic_moe.STEPS,
        settings=symbolic_moe.Settings,
        follow=symbolic_moe.follow,
    ),
)

PROTOCOLS: dict[str, Protocol] = {protocol.name: protocol for protocol in _LISTED}
DEFAULT_PROTOCOL = "disputation"


def find_protocol(name: str) -> Protocol:
    """The protocol of that name. Raises UserError when there is none."""
    if name not in PROTOCOLS:
        raise UserError(f"No protocol {name!r}: choose one of {', '.join(PROTOCOLS)}.")
    return PROTOCOLS[name]
