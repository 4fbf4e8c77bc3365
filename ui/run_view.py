"""The view of one run, live or finished: the heart of both pages."""

import gradio as gr

from engine.engine import Engine
from ui.custom import custom


def run_view(engine: Engine, *, idle: bool) -> gr.HTML:
    """The run that the page's address names (`?run=…`), followed as long as it goes on, with its Stop.

    Setting its value to a run's id puts that run into the address and shows it. `idle` says whether it shows the
    experts while the address names no run, or nothing.
    """

    def stop(run: str) -> bool:
        """Stop a run; false where this application does not ask it."""
        return engine.stop(run)

    return custom("run_view", functions=[stop], elem_id="run", idle=idle)
