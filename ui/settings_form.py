"""The settings of a protocol as form fields, made from its Pydantic model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import BaseModel

K = "k"
"""How many experts or solutions: every protocol has it, and it has a field of its own beside the protocol's name."""


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The fields of one protocol's settings but k, in a fold that shows while the protocol is chosen."""

    protocol: str
    defaults: Mapping[str, Any]
    fields: tuple[gr.components.Component, ...]
    fold: gr.Accordion

    def shown_for(self, protocol: str) -> bool:
        """Whether the fold shows while that protocol is chosen."""
        return bool(self.fields) and self.protocol == protocol

    def settings(self, values: Sequence[Any]) -> dict[str, Any]:
        """The settings by name, of the fields' values in order; an emptied field keeps its default."""
        given = zip(self.defaults, values, strict=True)
        return {name: value for name, value in given if value not in (None, "")}

    def filled(self, settings: Mapping[str, Any]) -> list[Any]:
        """The fields' values in order for settings by name; those left out get their defaults."""
        return [settings.get(name, default) for name, default in self.defaults.items()]


def settings_form(protocol: str, settings: type[BaseModel], chosen: bool) -> SettingsForm:
    """Build the fields in the current layout; they show where the protocol is `chosen` and has any."""
    properties: dict[str, dict[str, Any]] = settings.model_json_schema().get("properties", {})
    properties.pop(K, None)
    with (
        gr.Accordion("More settings", open=False, visible=chosen and bool(properties)) as fold,
        gr.Row(elem_classes="protocol-settings"),
    ):
        fields = tuple(_field(name, schema) for name, schema in properties.items())
    defaults = {name: schema.get("default") for name, schema in properties.items()}
    return SettingsForm(protocol, defaults, fields, fold)


def _field(name: str, schema: dict[str, Any]) -> gr.components.Component:
    common = {
        "label": schema.get("title", name),
        "info": schema.get("description"),
        "value": schema.get("default"),
    }
    if "enum" in schema:
        return gr.Dropdown(schema["enum"], min_width=160, **common)
    match schema.get("type"):
        case "boolean":
            return gr.Checkbox(min_width=220, **common)
        case "integer" | "number":
            whole = schema["type"] == "integer"
            return gr.Number(
                precision=0 if whole else None,
                step=1 if whole else 0.1,
                min_width=120,
                **common,
            )
        case _:
            # Also a number that may be left out: Gradio's field for numbers is never empty, but says 0.
            return gr.Textbox(min_width=160, **common)
