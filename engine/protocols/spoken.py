"""What of the experts' replies is meant for others."""

from collections.abc import Sequence

from engine.answers import visible
from engine.panel import NobodyAnswered, Panel
from engine.scheduler import Reply


def spoken(panel: Panel, replies: Sequence[Reply], needed: bool = True) -> list[Reply]:
    """The replies with a text for others; those that ended within their thinking are left out, with a notice.

    Raises NobodyAnswered where one is needed and all ended so.
    """
    left = [reply for reply in replies if visible(reply.text)]
    if needed and not left:
        raise NobodyAnswered(
            "No expert came to the end of its thinking: give them more max_tokens in the pool's file."
        )
    for title in dict.fromkeys(reply.expert.title for reply in replies if reply not in left):
        panel.notice(f"{title} did not come to the end of its thinking; the run goes on without that.")
    return left
