"""Recorded runs in the formats that other programs read."""
