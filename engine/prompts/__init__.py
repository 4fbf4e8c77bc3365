"""What the models are told. Each function gives the messages of one call.

Respondents and reviewers never learn whose text they read.
"""

from engine.prompts.aggregate import Respondent, aggregate
from engine.prompts.critique import STANDS_BY, critique, refine, stands_by
from engine.prompts.faithfulness import better_critique, criticise, detect, grounds, write
from engine.prompts.judge import judge
from engine.prompts.keywords import keywords
from engine.prompts.opinions import Opinion
from engine.prompts.reason import reason
from engine.prompts.rerank import better, choose
from engine.prompts.rewrite import better_text, rewrite_sentences, rewrite_text

__all__ = [
    "STANDS_BY",
    "Opinion",
    "Respondent",
    "aggregate",
    "better",
    "better_critique",
    "better_text",
    "choose",
    "criticise",
    "critique",
    "detect",
    "grounds",
    "judge",
    "keywords",
    "reason",
    "refine",
    "rewrite_sentences",
    "rewrite_text",
    "stands_by",
    "write",
]
