"""Comparing two to four runs, or experts' traces, step by step and sentence by sentence."""

from ui.comparison.routes import comparison_routes

__all__ = ["comparison_routes"]
