"""The Ask page: pose a question and watch the experts answer it."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, PROTOCOLS, find_protocol
from engine.roster import Roster
from storage.recorder import Recorder
from storage.traces import Traces
from ui.accounts.gradio_events import open_to
from ui.again import again
from ui.custom import custom
from ui.examples import examples
from ui.manner_form import MannerForm, about_protocol, k_of, settings_forms
from ui.question_form import QuestionForm, emptied, filled, posed, text_field
from ui.run_view import run_view

_EVENT: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": 16, "show_progress": "hidden"}


def ask_page(
    blocks: gr.Blocks, engine: Engine, recorder: Recorder, traces: Traces, catalogue: Catalogue
) -> None:
    """Build the page in `blocks`, the current one."""
    gr.Navbar(main_page_name="Ask")
    gr.HTML("<h1>Pose a question</h1>", elem_classes="unseen", apply_default_css=False)
    custom("ask_form")
    with gr.Column(elem_id="ask-form"):
        with gr.Row(equal_height=False, elem_classes="ask-fields"):
            with gr.Column(scale=3, min_width=320):
                text = text_field()
                with gr.Row(equal_height=False, elem_classes="folds"):
                    question = QuestionForm.build(text)
                    settings = settings_forms()
                    custom("fold_states")
            with gr.Column(scale=2, min_width=300, elem_classes="ask-manner"):
                manner = MannerForm.build(settings, _pools(engine, catalogue))
                ask = gr.Button("Ask", variant="primary", elem_id="ask")
        # Kept by the page, not by the server's session, which a restart ends: the protocol that k was last set for, and
        # the run that is asked again.
        preset = gr.Textbox(DEFAULT_PROTOCOL, visible=False)
        repeated = gr.Textbox("", visible=False)
        message = custom("message", elem_id="ask-message")
        example = custom("examples", [one.model_dump() for one in examples()], events=["pick"])
        about = gr.HTML(about_protocol(), apply_default_css=False)
    shown = run_view(engine, idle=True)

    gr.on(
        [ask.click, text.submit],
        _asking(engine, recorder, traces, catalogue, question, manner),
        [repeated, *question.fields, *manner.parts],
        [shown, message, *question.parts],
        **_EVENT,
    )
    example.pick(_picked, manner.protocol, [*question.parts, manner.protocol, manner.k, preset], **_EVENT)
    manner.protocol.change(
        open_to("viewer")(
            lambda chosen: [
                about_protocol(chosen),
                *(gr.Accordion(visible=form.shown_for(chosen)) for form in settings),
            ]
        ),
        manner.protocol,
        [about, *(form.fold for form in settings)],
        **_EVENT,
    )
    # Only when a person chooses: a run that is to be asked again brings its own k.
    manner.protocol.input(
        _preset, [manner.protocol, preset], [manner.k, preset], trigger_mode="always_last", **_EVENT
    )
    blocks.load(
        _loading(engine, traces, catalogue, question, manner),
        None,
        [*question.parts, *manner.parts, preset, repeated, message],
        **_EVENT,
    )


def _pools(engine: Engine, catalogue: Catalogue) -> list[str]:
    """The names of all pools, also of the one in use where its file is gone."""
    return list(dict.fromkeys([*(pool.name for pool in catalogue.pools()), engine.roster.pool.name]))


def _asking(
    engine: Engine,
    recorder: Recorder,
    traces: Traces,
    catalogue: Catalogue,
    form: QuestionForm,
    how: MannerForm,
) -> Callable[..., list[Any]]:
    def roster(pool: str) -> Roster:
        return engine.roster if pool == engine.roster.pool.name else catalogue.roster(pool)

    def ask(
        repeated: str, text: str, choices: str, document: str, draft: str, gold: str, *values: Any
    ) -> list[Any]:
        """Start a run: its id for the view; or what is wrong for the message, and the form keeps what was typed."""
        try:
            manner = how.read(*values)
            before = traces.run(repeated) if repeated else None
            run = engine.ask(
                posed(text, choices, document, draft, gold, before),
                find_protocol(manner.protocol),
                manner.settings,
                manner.seed,
                roster=roster(manner.pool),
            )
            recorder.flush()
        except UserError as error:
            return [gr.skip(), str(error), *[gr.skip()] * len(form.parts)]
        return [run, "", *emptied()]

    return ask


@open_to("viewer")
def _preset(chosen: str, preset: str) -> list[Any]:
    """What k is called and how many it is for the protocol chosen; Gradio tells also when nothing was chosen anew."""
    return [gr.skip(), gr.skip()] if chosen == preset else [gr.Number(**k_of(chosen)), chosen]


@open_to("viewer")
def _picked(chosen: str, event: gr.EventData) -> list[Any]:
    """The values of the example that was clicked, with its protocol where it takes one.

    One without a document is not left to a protocol that checks a text against it.
    """
    example = examples()[event.index]
    unfit = PROTOCOLS[chosen].checks_a_text and not example.document
    protocol = example.protocol or (DEFAULT_PROTOCOL if unfit else chosen)
    manner = [gr.skip()] * 3 if protocol == chosen else [protocol, gr.Number(**k_of(protocol)), protocol]
    return [*filled(example), *manner]


def _loading(
    engine: Engine, traces: Traces, catalogue: Catalogue, question: QuestionForm, manner: MannerForm
) -> Callable[[gr.Request], list[Any]]:
    @open_to("viewer")
    def load(request: gr.Request) -> list[Any]:
        """The pools there are now, and all that was asked in the run that the address names to be asked again."""
        pools, in_use = _pools(engine, catalogue), engine.roster.pool.name
        choice = gr.Dropdown(pools, value=in_use)
        untouched = [*[gr.skip()] * len(question.parts), choice, *[gr.skip()] * (len(manner.parts) - 1 + 2)]
        wanted = request.query_params.get("again")
        if not wanted:
            return [*untouched, ""]
        try:
            asked = again(traces, wanted, pools, in_use)
        except UserError as error:
            return [*untouched, str(error)]
        _, *further = manner.filled(asked.manner)
        choice = gr.Dropdown(pools, value=asked.manner.pool)
        return [*filled(asked.run), choice, *further, asked.manner.protocol, wanted, asked.problem]

    return load
