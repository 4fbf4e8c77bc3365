"""Where words that a model quotes stand in a text."""

from rapidfuzz import fuzz

LEAST_LIKE = 90.0
"""How much of a quote must be found, of 100 (rapidfuzz's partial ratio), where it is not quoted word for word."""

SHORTEST = 12
"""Characters of a quote below which only the very words count: short words are like many passages."""


def exact(quote: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Start and end of a quote in a text from `start` on, in code points; None where it is not there or is empty."""
    found = text.find(quote, start) if quote else -1
    return None if found < 0 else (found, found + len(quote))


def alike(quote: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Start and end of the passage most like a quote, as `exact` gives them; None where none is enough like it."""
    if len(quote) < SHORTEST or len(text) - start < len(quote) // 2:
        return None
    aligned = fuzz.partial_ratio_alignment(quote, text[start:], processor=None, score_cutoff=LEAST_LIKE)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return None
    begin, end = start + aligned.dest_start, start + aligned.dest_end
    passage = text[begin:end]
    return begin + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())
