"""Cohen's kappa of two annotators."""

from collections.abc import Hashable, Sequence

from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]

from storage.agreement.figures import Kappa


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Kappa = (p_o - p_e) / (1 - p_e) over what two said of each unit.

    Source: Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
    """
    if not pairs:
        return Kappa(None, 0, None, "There is nothing that both have judged.")
    agreed = sum(first == second for first, second in pairs) / len(pairs)
    values = {
        value: code for code, value in enumerate(dict.fromkeys(value for pair in pairs for value in pair))
    }
    if len(values) == 1:
        reason = "Both always gave the same value, so that chance would agree as well."
        return Kappa(None, len(pairs), agreed, reason)
    first, second = ([values[pair[side]] for pair in pairs] for side in (0, 1))
    return Kappa(float(cohen_kappa_score(first, second)), len(pairs), agreed)
