"""A corpus of hostile texts."""
