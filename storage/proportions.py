"""Shares of right answers: how sure they are, and whether two differ."""

from scipy.stats import binomtest  # type: ignore[import-untyped]

from storage.batch_records import Interval

CONFIDENCE = 0.95


def interval(right: int, of: int) -> Interval | None:
    """The share `right` / `of` with its 95% score interval (Wilson 1927); None of nothing."""
    if not of:
        return None
    low, high = binomtest(right, of).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(right, of, float(low), float(high))


def mcnemar(only_one: int, only_other: int) -> float:
    """The two-sided p of McNemar's exact test (1947) on the questions that only one or only the other has right.

    Where both are equally good, each of these falls to either with probability 1/2. 1.0 where there are none.
    """
    discordant = only_one + only_other
    return float(binomtest(only_one, discordant, 0.5).pvalue) if discordant else 1.0
