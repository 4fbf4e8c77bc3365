"""Pairs of texts of which one is preferred, for training on preferences (DPO, arXiv 2305.18290)."""

from storage.preferences.pairs import preference_pairs

__all__ = ["preference_pairs"]
