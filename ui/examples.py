"""Example questions to click, from `assets/examples/questions.json`."""

from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ui.appearance import ASSETS


class Example(BaseModel):
    """A question of our own making, with the skill it is there to show, and the protocol that it takes, if not any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    skill: str
    protocol: str = ""
    question: str
    choices: tuple[str, ...] = ()
    document: str = ""
    draft: str = ""
    gold: str | None = None


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the file's order."""
    content = (ASSETS / "examples" / "questions.json").read_bytes()
    return TypeAdapter(tuple[Example, ...]).validate_json(content)
