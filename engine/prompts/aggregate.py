"""The final answer from what several respondents brought, who are not named."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.prompts.question import closing, pose, user
from engine.question import Question
from engine.runtimes.base import Message


@dataclass(frozen=True, slots=True)
class Respondent:
    """What one expert brought to the disputation: its last answer, and the critiques that this or, where the expert
    `heeded` them, the answer before it got.
    """

    answer: str
    critiques: tuple[str, ...] = ()
    heeded: bool = False


def aggregate(question: Question, respondents: Sequence[Respondent]) -> tuple[Message, ...]:
    """Ask for the final answer from what all respondents brought (the Mixture-of-Agents kind of synthesis)."""
    responses = []
    for i, respondent in enumerate(respondents, 1):
        of = f"response {i} before it was refined" if respondent.heeded else f"response {i}"
        reviews = "".join(f"\n\nA review of {of}: {critique}" for critique in respondent.critiques)
        responses.append(f"### Response {i}\n{respondent.answer}{reviews}")
    gathered = "\n\n".join(responses)
    return user(
        f"Several models answered a question.\n\n{gathered}\n\n"
        f"### The question they answered\n{pose(question)}\n\n"
        "Write the best answer to it out of these responses. Judge them critically: each, and each review, may be "
        "biased or wrong, and the most common answer need not be the right one. Do not just copy one: check the steps "
        f"and write a correct, complete, well-ordered solution. Reasoning first, then the answer. {closing(question)}"
    )
