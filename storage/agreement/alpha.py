"""Krippendorff's alpha for nominal values."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import krippendorff

from storage.agreement.figures import Alpha


def alpha(units: Iterable[Sequence[Hashable]]) -> Alpha:
    """Alpha = 1 - D_o / D_e of values given by any number of annotators; missing ones are simply not there.

    Each of `units` has the values that one unit was given; units with fewer than two tell nothing about agreement and
    do not count. Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C.
    """
    counts = [Counter(values) for values in units if len(values) >= 2]
    found = Counter[Hashable]()
    for unit in counts:
        found.update(unit)
    if not counts:
        return Alpha(None, 0, 0, "No item has this from two annotators yet.")
    if len(found) == 1:
        reason = "All gave the same value everywhere, so that chance would agree as well."
        return Alpha(None, len(counts), found.total(), reason)
    table = [[unit[value] for value in found] for unit in counts]
    share = krippendorff.alpha(value_counts=table, level_of_measurement="nominal")
    return Alpha(float(share), len(counts), found.total())
