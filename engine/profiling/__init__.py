"""Builds a pool's profile from validation questions, by real runs: annotation, answers, aggregators, calibration."""

from engine.profiling.building import Phase, Profiling
from engine.profiling.missing import Missing
from engine.profiling.notebook import Notebook

__all__ = ["Missing", "Notebook", "Phase", "Profiling"]
