"""Answers: what a model's text answers, and which answers are the same."""

from engine.answers.extraction import extract
from engine.answers.judge import Judge
from engine.answers.markup import visible

__all__ = ["Judge", "extract", "visible"]
