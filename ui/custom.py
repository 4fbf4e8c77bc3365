"""A component that is ours: Gradio gives it a place and a value, one of our JavaScript modules everything in it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr


def custom(
    module: str,
    value: Any = None,
    *,
    events: Sequence[str] = (),
    functions: Sequence[Callable[..., Any]] = (),
    elem_id: str | None = None,
    **options: Any,
) -> gr.HTML:
    """A component whose module `assets/js/<module>.js` exports `attach(element, gradio)`.

    The template is static and no value is ever interpolated into it: Gradio would run model text that looks
    like a template. The module gets `gradio.props.value`, `gradio.watch`, `gradio.trigger` and `gradio.server`, and
    shows text as text. `events` are the names it may trigger, `functions` what it may call on the server, and
    `options` further `gradio.props`.
    """
    return gr.HTML(
        value,
        html_template=f'<div class="ours {module.replace("_", "-")}"></div>',
        js_on_load=f"""
            const events = {json.dumps(list(events))};
            import(new URL("scripts/{module}.js", document.baseURI)).then((module) =>
                module.attach(element.firstElementChild, {{props, trigger, server, watch, events}}));
        """,
        apply_default_css=False,
        elem_id=elem_id,
        server_functions=list(functions),
        **options,
    )
