"""The whole of the pages as one web application."""

import warnings

import gradio as gr
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.weights.pulls import Pulls
from storage.record import Record
from ui.appearance import SCRIPTS, STYLES, head, theme
from ui.ask import ask_page
from ui.batch_routes import batch_routes
from ui.batches import batches_page
from ui.curation import curation_routes
from ui.experts import experts_page
from ui.pool_routes import pool_routes
from ui.protection import Protection
from ui.record import record_routes
from ui.refusals import tell_refusals
from ui.traces import traces_page


def build(engine: Engine, record: Record, catalogue: Catalogue, pulls: Pulls) -> FastAPI:
    """The application with the pages Ask at `/`, Traces at `/traces`, Batches at `/batches` and Experts at `/experts`.

    `catalogue` has the pools to choose from, `pulls` fetches weights.
    """
    with gr.Blocks(title="Disputatio", analytics_enabled=False, fill_width=True) as blocks:
        ask_page(blocks, engine, record.recorder, record.traces, catalogue)
    with blocks.route("Traces", "traces"):
        traces_page(engine)
    with blocks.route("Batches", "batches"):
        batches_page()
    with blocks.route("Experts", "experts"):
        experts_page()

    application = FastAPI(title="Disputatio", docs_url=None, redoc_url=None, openapi_url=None)
    application.add_middleware(Protection)
    tell_refusals(application)
    application.include_router(record_routes(record.recorder, record.traces))
    application.include_router(batch_routes(record.batches))
    application.include_router(curation_routes(record.curation))
    application.include_router(pool_routes(engine, catalogue, pulls, record.traces))
    application.mount("/scripts", StaticFiles(directory=SCRIPTS))
    application.mount("/plotly", StaticFiles(packages=[("plotly", "package_data")]))
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
