"""What cannot be compared, in a sentence for the person."""

from engine.errors import UserError


class ColumnsUnfit(UserError):
    """The columns that were asked for cannot be compared."""


class UnknownExpert(UserError):
    """The run has no such expert."""

    def __init__(self, run: str, expert: str) -> None:
        super().__init__(f"No expert {expert!r} took part in run {run!r}: choose one of those who did.")


class UnknownRow(UserError):
    """The comparison has no row of that name."""

    def __init__(self, row: str) -> None:
        super().__init__(f"These columns have no row {row!r}: open the comparison anew.")


class NothingToCompare(UserError):
    """There is no text where one was asked for."""
