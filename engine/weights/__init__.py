"""Model weights: fetched, checked by SHA-256, and prepared once for the runtime that loads them."""

from engine.weights.cache import cache_folder
from engine.weights.fetching import fetch
from engine.weights.preparing import prepare, prepared, run_by
from engine.weights.progress import Phase, Progress
from engine.weights.pulling import missing, pull

__all__ = ["Phase", "Progress", "cache_folder", "fetch", "missing", "prepare", "prepared", "pull", "run_by"]
