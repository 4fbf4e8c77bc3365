"""The whole of the pages as one web application."""

import warnings

import gradio as gr
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from engine.engine import Engine
from storage.recorder import Recorder
from storage.traces import Traces
from ui.appearance import SCRIPTS, STYLES, head, theme
from ui.ask import ask_page
from ui.protection import Protection
from ui.record import record_routes
from ui.traces import traces_page


def build(engine: Engine, recorder: Recorder, traces: Traces) -> FastAPI:
    """The application with the pages Ask at `/` and Traces at `/traces`, over the engine and its record."""
    with gr.Blocks(title="Disputatio", analytics_enabled=False, fill_width=True) as blocks:
        ask_page(blocks, engine, recorder, traces)
    with blocks.route("Traces", "traces"):
        traces_page(engine)

    application = FastAPI(title="Disputatio", docs_url=None, redoc_url=None, openapi_url=None)
    application.add_middleware(Protection)
    application.include_router(record_routes(engine, recorder, traces))
    application.mount("/scripts", StaticFiles(directory=SCRIPTS))
    application.mount("/styles", StaticFiles(directory=STYLES))
    with warnings.catch_warnings():
        # Said of every application with two pages, although nobody asks for server-side rendering.
        warnings.filterwarnings("ignore", "SSR mode is not supported")
        gr.mount_gradio_app(
            application,
            blocks,
            path="",
            theme=theme(),
            head=head(),
            run_history=False,
            footer_links=[],
            ssr_mode=False,
            show_error=False,
        )
    return application
