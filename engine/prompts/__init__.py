"""What the models are told. Each function gives the messages of one call.

Respondents and reviewers never learn whose text they read.
"""

from engine.prompts.aggregate import Respondent, aggregate
from engine.prompts.critique import STANDS_BY, critique, refine, stands_by
from engine.prompts.keywords import keywords
from engine.prompts.reason import reason

__all__ = [
    "STANDS_BY",
    "Respondent",
    "aggregate",
    "critique",
    "keywords",
    "reason",
    "refine",
    "stands_by",
]
