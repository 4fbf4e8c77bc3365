"""Judging a critique: short and in one form, as small models read it too."""

from collections.abc import Mapping, Sequence

from engine.prompts.question import pose, user
from engine.question import Question
from engine.runtimes.base import Message


def judge(
    question: Question, critique: str, answer: str, refined: str, labels: Mapping[str, str]
) -> tuple[Message, ...]:
    """Ask what a critique of an answer is worth, for one JSON object.

    `labels` are those for passages, by name, with what they mean. `answer` or `refined` is empty where there is none.
    """
    texts = [pose(question)]
    if answer:
        texts.append(f"An answer to it:\n<answer>\n{answer}\n</answer>")
    texts.append(f"A critique{' of this answer' if answer else ''}:\n<critique>\n{critique}\n</critique>")
    if refined:
        texts.append(f"The answer as it was refined after the critique:\n<refined>\n{refined}\n</refined>")
    return user("\n\n".join([*texts, _task(labels, bool(answer), bool(refined))]))


def _task(labels: Mapping[str, str], answered: bool, was_refined: bool) -> str:
    form = ['"comment": "one sentence: why"', '"verdict": "helpful" or "harmless" or "harmful"']
    if was_refined:
        form.append('"followed": true or false')
    form.append('"spans": [{"quote": "words copied exactly", "label": "..."}]')
    said = [
        "Judge the critique, not the question. It is helpful if it finds a real error, or rightly says that there is "
        "none; harmful if it calls a right step wrong or a wrong answer right; harmless if it does neither.",
        "Followed says whether the refined answer does what the critique says." if was_refined else "",
        f"Each span is a short passage copied word for word from {_sources(answered)}, with one of the labels "
        f"{_listed(labels)}. Give one to three spans.",
        f"Reply with one JSON object and nothing else: {{{', '.join(form)}}}",
    ]
    return "\n".join(line for line in said if line)


def _sources(answered: bool) -> str:
    return "the critique or from the answer" if answered else "the critique"


def _listed(labels: Mapping[str, str]) -> str:
    described: Sequence[str] = [
        f'"{name}" ({means})' if means else f'"{name}"' for name, means in labels.items()
    ]
    return ", ".join(described)
