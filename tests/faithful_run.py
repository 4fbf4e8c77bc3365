"""What experts say of a short text about a lighthouse, one sentence of which is wrong, for the scripted runtime."""

import json
import re
from collections.abc import Sequence

from engine.pool import Expert
from engine.question import Question
from engine.runtimes.base import Message, Sampling

DOCUMENT = "The lighthouse was finished in 1871. It is 38 metres high. Its lamp burned rape oil until 1894."
SENTENCES = ("The lighthouse was finished in 1871.", "It is 51 metres high.", "Its lamp burned rape oil.")
TEXT = " ".join(SENTENCES)
MENDED = "It is 38 metres high."
CHECKED = Question.posed("", document=DOCUMENT, draft=TEXT)


def vote(answer: str, reasoning: str = "So it says.") -> str:
    """An answer in the form that is asked for."""
    return json.dumps({"reasoning": reasoning, "answer": answer})


def task(messages: Sequence[Message]) -> str:
    """What is asked: keywords, detect, choose, criticise, rewrite, better or write."""
    asked = messages[-1].content
    for name, words in {
        "keywords": "Keywords:",
        "detect": "Is the sentence consistent",
        "choose": "Choose the response",
        "better": "Another agent answered the same",
        "sentences": "Write each of these sentences anew",
        "whole": "Write the text anew",
        "criticise": "Suggested fix:",
    }.items():
        if words in asked:
            return name
    return "write"


def judged(messages: Sequence[Message]) -> str:
    """The sentence that is asked about."""
    found = re.search(r"^Sentence: (.*)$", messages[-1].content, re.MULTILINE)
    if not found:
        raise ValueError("no sentence is asked about")
    return found[1]


def checkers(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
    """All find the second sentence wrong at once, vote for the first candidate, and mend what is wrong."""
    match task(messages):
        case "keywords":
            return "Keywords: reading, numbers"
        case "detect":
            return vote("no" if judged(messages) == SENTENCES[1] else "yes", f"{expert.name} has read it.")
        case "choose":
            return vote("1", f"{expert.name} likes the first.")
        case "criticise" | "better":
            return (
                f"The height is wrong ({sampling.seed}).\nThe error span: 51 metres\nSuggested fix: {MENDED}"
            )
        case "sentences":
            return json.dumps({"sentence_2": MENDED, "note": str(sampling.seed)})
        case "whole":
            return TEXT.replace(SENTENCES[1], MENDED)
        case _:
            return TEXT
