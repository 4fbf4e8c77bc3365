"""How a question is answered, as the form of the Ask page holds it: pool, protocol, k, seed, further settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import gradio as gr

from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, PROTOCOLS
from storage.recorder import LEAST_SEED, MOST_SEED
from ui.settings_form import K, SettingsForm, settings_form


@dataclass(frozen=True, slots=True)
class Manner:
    """By which pool and protocol a question is answered, with which settings, and from which seed (None: any)."""

    pool: str
    protocol: str
    settings: dict[str, Any]
    seed: int | None


@dataclass(frozen=True, slots=True)
class MannerForm:
    """The fields that make a manner; the settings but k are folded away, each protocol's in a fold of its own."""

    pool: gr.Dropdown
    protocol: gr.Dropdown
    k: gr.Number
    seed: gr.Textbox
    settings: tuple[SettingsForm, ...]

    @classmethod
    def build(cls, settings: tuple[SettingsForm, ...], pools: Sequence[str]) -> Self:
        """Build the fields but those of the settings, in two rows of the current layout.

        `pools` are those there are now: a page that was opened before a restart still asks one of them.
        """
        with gr.Row():
            pool = gr.Dropdown(list(pools), value=None, label="Pool", min_width=120, elem_id="pool")
            protocols = [(known.title, name) for name, known in PROTOCOLS.items()]
            protocol = gr.Dropdown(
                protocols, value=DEFAULT_PROTOCOL, label="Protocol", min_width=120, elem_id="protocol"
            )
        with gr.Row():
            k = gr.Number(precision=0, minimum=1, min_width=80, elem_id="k", **k_of(DEFAULT_PROTOCOL))
            seed = gr.Textbox("", label="Seed", placeholder="any", max_lines=1, min_width=80, elem_id="seed")
        return cls(pool, protocol, k, seed, settings)

    @property
    def parts(self) -> list[gr.components.Component]:
        """The fields, in the order in which `read` takes their values and `filled` gives them."""
        further = [field for form in self.settings for field in form.fields]
        return [self.pool, self.protocol, self.k, self.seed, *further]

    def read(self, pool: str, protocol: str, k: int | None, seed: str, *settings: Any) -> Manner:
        """The manner that the fields' values say. Raises UserError where the seed is no number."""
        given = {} if k is None else {K: k}
        for form, values in zip(self.settings, self._by_form(settings), strict=True):
            if form.protocol == protocol:
                given |= form.settings(values)
        return Manner(pool, protocol, given, _whole(seed))

    def filled(self, manner: Manner) -> list[Any]:
        """The fields' values for a manner; another protocol's settings get their defaults."""
        further = [
            value
            for form in self.settings
            for value in form.filled(manner.settings if form.protocol == manner.protocol else {})
        ]
        seed = "" if manner.seed is None else str(manner.seed)
        asked = k_of(manner.protocol)
        return [
            manner.pool,
            manner.protocol,
            gr.Number(**{**asked, "value": manner.settings.get(K, asked["value"])}),
            seed,
            *further,
        ]

    def _by_form(self, values: Sequence[Any]) -> list[Sequence[Any]]:
        parts, start = [], 0
        for form in self.settings:
            parts.append(values[start : start + len(form.fields)])
            start += len(form.fields)
        return parts


def settings_forms() -> tuple[SettingsForm, ...]:
    """Build the folds of all protocols' settings in the current layout."""
    return tuple(
        settings_form(name, known.settings, chosen=name == DEFAULT_PROTOCOL)
        for name, known in PROTOCOLS.items()
    )


def k_of(protocol: str) -> dict[str, Any]:
    """What a protocol calls its k, and how many it has unless told otherwise: label and value of the field."""
    field = PROTOCOLS[protocol].settings.model_fields[K]
    return {"label": field.title, "value": field.default}


def about_protocol(name: str = DEFAULT_PROTOCOL) -> str:
    """What the protocol does, in one sentence of HTML."""
    return f'<p class="ours">{PROTOCOLS[name].description}</p>'


def _whole(seed: str) -> int | None:
    if not seed.strip():
        return None
    try:
        number = int(seed)
    except ValueError:
        number = None
    if number is None or not LEAST_SEED <= number <= MOST_SEED:
        raise UserError(
            f"The seed {seed.strip()[:40]!r} is not a whole number of 64 bits: type one, or none for any."
        )
    return number
