"""How much memory loaded experts may take together, where a person does not say."""

import psutil

from engine.graphics_card import graphics_card

SHARE_OF_AVAILABLE = 0.7
"""Of the main memory that is free when the app starts: the rest is for the app, its pages and other programs."""

SHARE_OF_CARD = 0.9
"""Of the card's memory that is free then."""


def default_budget() -> int:
    """Bytes: nine tenths of the NVIDIA card's free memory where there is one, else seven tenths of free main memory."""
    if card := graphics_card():
        return int(card.free * SHARE_OF_CARD)
    return int(psutil.virtual_memory().available * SHARE_OF_AVAILABLE)
