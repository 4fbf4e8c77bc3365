"""How numbers and times read."""

from datetime import UTC, datetime


def seconds(value: float | None) -> str:
    """A duration in seconds: 9.4 s, 3 min 05 s, or a dash where it is unknown."""
    if value is None:
        return "\N{EN DASH}"
    if value < 100:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest:02} s"


def count(value: int, one: str) -> str:
    """So many of something: 1 token, 1,204 tokens."""
    return f"{value:,} {one if value == 1 else one + 's'}"


def signed(value: float) -> str:
    """A score with its sign: +14, 0, or a number below zero behind a true minus sign."""
    return f"+{value:g}" if value > 0 else f"\N{MINUS SIGN}{-value:g}" if value < 0 else "0"


def row(*parts: str) -> str:
    """Facts that belong together, in a row; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def moment(unix_seconds: float) -> str:
    """A moment, in the same words wherever the page is opened: 21 November 2026, 15:04 UTC."""
    when = datetime.fromtimestamp(unix_seconds, UTC)
    return f"{when.day} {when:%B %Y, %H:%M} UTC"
