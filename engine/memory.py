"""How much memory loaded experts may take together, where a person does not say."""

import psutil

from engine.graphics_card import largest_card

SHARE_OF_AVAILABLE = 0.7
"""Of the main memory that is free when the app starts: the rest is for the app, its pages and other programs."""

SHARE_OF_CARD = 0.9


def default_budget() -> int:
    """Bytes: nine tenths of the largest NVIDIA card where there is one, else seven tenths of free main memory."""
    if card := largest_card():
        return int(card * SHARE_OF_CARD)
    return int(psutil.virtual_memory().available * SHARE_OF_AVAILABLE)
