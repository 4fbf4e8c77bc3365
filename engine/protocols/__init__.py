"""The protocols: each is straight-line code for one question, in a file of its own."""

from engine.errors import UserError
from engine.protocols import disputation, magicore, mamm_refine, self_consistency, symbolic_moe
from engine.protocols.protocol import Protocol

__all__ = ["DEFAULT_PROTOCOL", "PROTOCOLS", "Protocol", "find_protocol"]

_LISTED = (disputation, symbolic_moe, mamm_refine, magicore, self_consistency)

PROTOCOLS: dict[str, Protocol] = {listed.PROTOCOL.name: listed.PROTOCOL for listed in _LISTED}
DEFAULT_PROTOCOL = disputation.PROTOCOL.name


def find_protocol(name: str) -> Protocol:
    """The protocol of that name. Raises UserError when there is none."""
    if name not in PROTOCOLS:
        raise UserError(f"No protocol {name!r}: choose one of {', '.join(PROTOCOLS)}.")
    return PROTOCOLS[name]
