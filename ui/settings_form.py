"""The settings of a protocol as form fields, made from its Pydantic model."""

from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The fields of one protocol's settings, in a group that shows while the protocol is chosen."""

    protocol: str
    names: tuple[str, ...]
    fields: tuple[gr.components.Component, ...]
    group: gr.Row

    def settings(self, values: tuple[Any, ...]) -> dict[str, Any]:
        """The settings by name, of the fields' values in order; an emptied field keeps its default."""
        return {name: value for name, value in zip(self.names, values, strict=True) if value is not None}


def settings_form(protocol: str, settings: type[BaseModel], visible: bool) -> SettingsForm:
    """Build the fields in the current layout."""
    properties: dict[str, dict[str, Any]] = settings.model_json_schema().get("properties", {})
    with gr.Row(visible=visible, elem_classes="protocol-settings") as group:
        fields = tuple(_field(name, schema) for name, schema in properties.items())
    return SettingsForm(protocol, tuple(properties), fields, group)


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
            return gr.Textbox(min_width=160, **common)
