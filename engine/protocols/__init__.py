"""The protocols: each is straight-line code for one question, in a file of its own."""

from engine.errors import UserError
from engine.protocols import disputation, magicore, mamm_refine, self_consistency, symbolic_moe
from engine.protocols.protocol import Protocol

__all__ = ["DEFAULT_PROTOCOL", "PROTOCOLS", "Protocol", "find_protocol"]

_LISTED = (
    Protocol(
        name="disputation",
        title="Disputation",
        description="The three together: experts recruited by skill reason; where they disagree or score badly, they "
        "critique and refine, chosen by vote, until it turns easy; an aggregator concludes.",
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
    Protocol(
        name="mamm-refine",
        title="MAMM-Refine",
        description="A text is made faithful to its document: experts debate each sentence, criticise and rewrite the "
        "wrong ones, and choose by vote (arXiv 2503.15272).",
        steps=mamm_refine.STEPS,
        settings=mamm_refine.Settings,
        follow=mamm_refine.follow,
    ),
    Protocol(
        name="magicore",
        title="MAgICoRe",
        description="One expert solves several times; solutions are scored step by step, and those of hard questions "
        "reviewed and refined; a weighted vote decides (arXiv 2409.12147).",
        steps=magicore.STEPS,
        settings=magicore.Settings,
        follow=magicore.follow,
    ),
    Protocol(
        name="self-consistency",
        title="Self-consistency",
        description="One expert answers several times, and its most common answer stands (arXiv 2203.11171).",
        steps=self_consistency.STEPS,
        settings=self_consistency.Settings,
        follow=self_consistency.follow,
    ),
)

PROTOCOLS: dict[str, Protocol] = {protocol.name: protocol for protocol in _LISTED}
DEFAULT_PROTOCOL = "disputation"


def find_protocol(name: str) -> Protocol:
    """The protocol of that name. Raises UserError when there is none."""
    if name not in PROTOCOLS:
        raise UserError(f"No protocol {name!r}: choose one of {', '.join(PROTOCOLS)}.")
    return PROTOCOLS[name]
