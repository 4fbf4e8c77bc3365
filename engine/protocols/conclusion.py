"""How a run concludes: the aggregator's answer, or, where it fails, the experts' most common one."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.answers import visible
from engine.errors import UserError
from engine.panel import Ask, Panel
from engine.pool import Expert
from engine.prompts import Respondent, aggregate
from engine.scheduler import Reply

AGGREGATOR_CALL = "answer/aggregator"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The final text and what it answers; `agreement` says per expert whether its last answer is the same."""

    text: str
    answer: str | None
    agreement: dict[str, bool]


async def conclude(
    panel: Panel, aggregator: Expert, respondents: Sequence[Respondent], last: Sequence[Reply]
) -> Conclusion:
    """Have the aggregator answer from what the respondents brought. `last` is each one's last reply.

    An aggregator that fails, or whose text answers nothing, is replaced by the plurality of the experts' answers,
    and the record says so.
    """
    answers = [panel.answer_of(reply) for reply in last]
    text, answer = "", None
    try:
        prompt = aggregate(panel.question, respondents)
        reply = await panel.ask(Ask(AGGREGATOR_CALL, aggregator, prompt))
        text, answer = visible(reply.text), await panel.read_answer(reply)
        missing = "wrote no answer that could be read" if answer is None else ""
    except UserError as error:
        missing = f"failed: {error}"
    if missing:
        answer = await panel.judge.plurality(answers, panel.question)
        instead = f"most experts' answer, {answer}, stands" if answer else "the experts gave none either"
        panel.notice(f"The aggregator {missing.rstrip('.')}. So {instead}.")
        text = text or next((visible(r.text) for r, a in zip(last, answers, strict=True) if a == answer), "")
    return Conclusion(text, answer, await agreement_with(panel, answer, last))


async def agreement_with(panel: Panel, answer: str | None, last: Sequence[Reply]) -> dict[str, bool]:
    """Whether each expert's last reply, or one of them, gives that answer."""
    agreement: dict[str, bool] = {}
    for reply in last:
        given = panel.answer_of(reply)
        agrees = None not in (given, answer) and await panel.agree([given, answer])
        agreement[reply.expert.name] = agreement.get(reply.expert.name, False) or agrees
    return agreement
