"""The Ask page: pose a question and watch the experts answer it."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from engine.engine import Engine
from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, PROTOCOLS
from storage.recorder import Recorder
from storage.traces import Traces
from ui.custom import custom
from ui.examples import examples
from ui.question_form import QuestionForm, posed, values_of
from ui.run_view import run_view
from ui.settings_form import SettingsForm, settings_form

_EVENT: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": 16, "show_progress": "hidden"}


def ask_page(blocks: gr.Blocks, engine: Engine, recorder: Recorder, traces: Traces) -> None:
    """Build the page in `blocks`, the current one."""
    gr.Navbar(main_page_name="Ask")
    gr.HTML("<h1>Pose a question</h1>", elem_classes="unseen", apply_default_css=False)
    with gr.Row(equal_height=False, elem_id="ask-form"):
        with gr.Column(scale=3, min_width=320):
            question = QuestionForm.build()
            example = custom("examples", [one.model_dump() for one in examples()], events=["pick"])
        with gr.Column(scale=2, min_width=300):
            with gr.Row():
                protocol = gr.Dropdown(
                    [(known.title, name) for name, known in PROTOCOLS.items()],
                    value=DEFAULT_PROTOCOL,
                    label="Protocol",
                    elem_id="protocol",
                    min_width=180,
                    scale=3,
                )
                seed = gr.Textbox(
                    "", label="Seed", placeholder="any", max_lines=1, min_width=90, elem_id="seed"
                )
            forms = [
                settings_form(name, known.settings, visible=name == DEFAULT_PROTOCOL)
                for name, known in PROTOCOLS.items()
            ]
            ask = gr.Button("Ask", variant="primary", elem_id="ask")
            message = custom("message", elem_id="ask-message")
    shown = run_view(engine, idle=True)

    settings = [field for form in forms for field in form.fields]
    gr.on(
        [ask.click, question.text.submit],
        _asking(engine, recorder, forms),
        [*question.fields, protocol, seed, *settings],
        [shown, message],
        **_EVENT,
    )
    example.pick(_picked, None, question.fields, **_EVENT)
    protocol.change(
        lambda chosen: [gr.Row(visible=form.protocol == chosen) for form in forms],
        protocol,
        [form.group for form in forms],
        **_EVENT,
    )
    blocks.load(_recorded(traces), None, question.fields, **_EVENT)


def _asking(engine: Engine, recorder: Recorder, forms: list[SettingsForm]) -> Callable[..., tuple[Any, str]]:
    def ask(
        text: str, choices: str, document: str, gold: str, protocol: str, seed: str, *settings: Any
    ) -> tuple[Any, str]:
        """Start a run: its id for the view, or what is wrong for the message; the form keeps what was typed."""
        start = 0
        for form in forms:
            stop = start + len(form.fields)
            if form.protocol == protocol:
                chosen = form.settings(settings[start:stop])
            start = stop
        try:
            run = engine.ask(posed(text, choices, document, gold), PROTOCOLS[protocol], chosen, _whole(seed))
            recorder.flush()
        except UserError as error:
            return gr.skip(), str(error)
        return run, ""

    return ask


def _whole(seed: str) -> int | None:
    """The seed as typed, None where none was. Raises UserError where it is no number."""
    if not seed.strip():
        return None
    try:
        return int(seed)
    except ValueError:
        raise UserError(
            f"The seed {seed.strip()!r} is not a whole number: type one, or none for any."
        ) from None


def _picked(event: gr.EventData) -> list[str]:
    """The values of the example that was clicked."""
    return values_of(examples()[event.index])


def _recorded(traces: Traces) -> Callable[[gr.Request], list[Any]]:
    def recorded(request: gr.Request) -> list[Any]:
        """The question of the run that the address names, for the form."""
        run = request.query_params.get("run")
        if run and traces.status(run):
            for event in traces.events(run):
                if event["kind"] == "run_started":
                    return values_of(event["question"])
        return [gr.skip()] * 4

    return recorded
