"""What a protocol is: a name, its parameters, and straight-line code for one question."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError

from engine.errors import UserError, first_fault
from engine.panel import Panel
from engine.pool import Pool
from engine.protocols.conclusion import Conclusion
from engine.question import Question

NAMES_AN_EXPERT: dict[str, JsonValue] = {"names_an_expert": True}
"""What the field of a setting says (`json_schema_extra`) that holds an expert's name, or nothing."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol as the pages and the command line list it. `settings` has a field per parameter.

    One that `checks_a_text` does so against the question's document, and cannot do without.
    """

    name: str
    title: str
    description: str
    steps: tuple[str, ...]
    settings: type[BaseModel]
    follow: Callable[[Panel, Any], Awaitable[Conclusion]]
    checks_a_text: bool = False

    def require_document(self, question: Question) -> None:
        """Raises UserError where it needs the question's document, and there is none."""
        if self.checks_a_text and not question.document:
            raise UserError(f"{self.title} checks a text against its document: give a document.")

    def require_experts(self, settings: BaseModel, pool: Pool) -> None:
        """Raises UserError when a setting names an expert that the pool does not have."""
        for name, field in self.settings.model_fields.items():
            if field.json_schema_extra == NAMES_AN_EXPERT and (named := getattr(settings, name)):
                pool.expert(named)

    def read_settings(self, given: dict[str, Any]) -> BaseModel:
        """The settings from what a person gave. Raises UserError that names the first wrong one."""
        try:
            return self.settings.model_validate(given)
        except ValidationError as error:
            name, fault = first_fault(error.errors())
            if name not in self.settings.model_fields:
                known = ", ".join(self.settings.model_fields)
                raise UserError(f"{self.title} has no setting {name!r}: it has {known}.") from error
            raise UserError(f"Setting {name} of {self.name} is not right: {fault}.") from error
