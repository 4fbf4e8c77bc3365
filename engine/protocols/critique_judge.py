"""A model judge: one expert says what a critique is worth, and which passages of it or of the answer show it.

Not listed among the protocols: whoever lets a model judge a queue of critiques runs it, one critique a run.
"""

from collections.abc import Collection
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from engine import events
from engine.answers import visible
from engine.errors import UserError
from engine.events.annotating import Helpfulness
from engine.panel import Ask, Panel
from engine.prompts import judge
from engine.protocols.conclusion import Conclusion
from engine.protocols.debate import Plain
from engine.protocols.found_passages import Passage, found_passages
from engine.protocols.protocol import NAMES_AN_EXPERT, Protocol
from engine.structured import ask_for

TEMPERATURE = 0.2
"""A judgement is to be repeatable, and yet another where an answer that cannot be read is asked for again."""

MAX_TOKENS = 500
MOST_SPANS = 3


class Label(BaseModel):
    """A label for passages, and what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    description: str = ""


class Settings(BaseModel):
    """Who judges, by name; the texts as they are recorded, empty where there are none; the labels for passages.

    `run` and `call` say which critique of the record it is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    expert: str = Field(json_schema_extra=NAMES_AN_EXPERT)
    critique: str = Field(min_length=1)
    answer: str = ""
    refined: str = ""
    labels: tuple[Label, ...] = Field(min_length=1)
    run: str = ""
    call: str = ""


class Judged(BaseModel):
    """What a judge writes. What a runtime enforces is stricter, see `_shape`: this reads what the others wrote."""

    comment: str = ""
    verdict: Annotated[Helpfulness, Plain]
    followed: bool | None = None
    spans: tuple[Passage, ...] = ()


async def follow(panel: Panel, settings: Settings) -> Conclusion:
    """Put the expert's judgement on the record. Raises UserError where it wrote none that can be read."""
    panel.step("judge")
    expert = panel.roster.pool.expert(settings.expert)
    answer, refined = visible(settings.answer), visible(settings.refined)
    labels = {label.name: label.description for label in settings.labels}
    prompt = judge(panel.question, visible(settings.critique), answer, refined, labels)
    ask = Ask(f"judge/{expert.name}", expert, prompt, temperature=TEMPERATURE, max_tokens=MAX_TOKENS)
    answered = await ask_for(panel, ask, _shape(tuple(labels), bool(refined)))
    judged = answered.content
    if judged is None:
        raise UserError(
            f"{expert.title} wrote no judgement that can be read: let another expert judge, or judge yourself."
        )
    labelled = [one for one in judged.spans if one.label in labels]
    found = found_passages(labelled, settings.critique, settings.answer)
    if left_out := len(judged.spans) - len(found):
        panel.notice(
            f"{left_out} of {len(judged.spans)} passages are left out: they are not in the texts, or have no label "
            "that there is."
        )
    panel.tell(
        events.CritiqueAnnotated,
        call=answered.reply.call,
        verdict=judged.verdict,
        followed=judged.followed if refined else None,
        comment=judged.comment.strip(),
        spans=found,
    )
    return Conclusion(judged.comment.strip(), judged.verdict, {})


def _shape(labels: Collection[str], was_refined: bool) -> type[Judged]:
    """A judgement in the form that a runtime enforces: these labels only, `followed` where there is a refinement.

    Texts have no bounds but `MAX_TOKENS`: with several in the form OpenVINO was seen to take long to begin.
    """
    passage = {
        "quote": {"type": "string", "minLength": 1},
        "label": {"type": "string", "enum": list(labels)},
    }
    properties: dict[str, Any] = {
        "comment": {"type": "string"},
        "verdict": {"type": "string", "enum": list(get_args(Helpfulness))},
        **({"followed": {"type": "boolean"}} if was_refined else {}),
        "spans": {"type": "array", "maxItems": MOST_SPANS, "items": _object(passage)},
    }

    class Judgement(Judged):
        model_config = ConfigDict(json_schema_extra=_object(properties))

    return Judgement


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of an object with these properties, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


CRITIQUE_JUDGE = Protocol(
    name="critique-judge",
    title="Critique judge",
    description="An expert says how helpful a critique is, and which passages show it.",
    steps=("judge",),
    settings=Settings,
    follow=follow,
)
