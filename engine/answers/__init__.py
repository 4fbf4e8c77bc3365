"""Answers: what a model's text answers, which answers are the same, and what a critique says of one."""

from engine.answers.extraction import extract
from engine.answers.judge import Judge
from engine.answers.markup import visible
from engine.answers.verdict import stated_verdict

__all__ = ["Judge", "extract", "stated_verdict", "visible"]
