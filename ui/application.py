"""The whole of the pages as one web application."""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import gradio as gr
from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.weights.pulls import Pulls
from storage.record import Record
from ui.accounts.gradio_events import caller
from ui.accounts.guard import Guard
from ui.accounts.login import login_routes
from ui.accounts.person import owners_change
from ui.accounts.session_routes import session_routes
from ui.annotate import annotate_page
from ui.annotation.agreement_routes import agreement_routes
from ui.annotation.decision_routes import decision_routes
from ui.annotation.exchange_routes import exchange_routes
from ui.annotation.item_routes import item_routes
from ui.annotation.judging import Judging
from ui.annotation.judging_routes import judging_routes
from ui.annotation.queue_routes import queue_routes
from ui.appearance import SCRIPTS, STYLES, head, theme
from ui.ask import ask_page
from ui.batch_routes import batch_routes
from ui.batches import batches_page
from ui.compare import compare_page
from ui.comparison import comparison_routes
from ui.curation import curation_routes
from ui.experts import experts_page
from ui.pool_routes import pool_routes
from ui.protection import Protection
from ui.record import record_routes
from ui.refusals import tell_refusals
from ui.traces import traces_page


def build(engine: Engine, record: Record, catalogue: Catalogue, pulls: Pulls) -> FastAPI:
    """The application: pages Ask at `/`, Traces, Compare, Annotate, Batches and Experts at their names, and routes.

    `catalogue` has the pools to choose from, `pulls` fetches weights.
    """
    with gr.Blocks(title="Disputatio", analytics_enabled=False, fill_width=True) as blocks:
        ask_page(blocks, engine, record.recorder, record.traces, catalogue)
    with blocks.route("Traces", "traces"):
        traces_page(engine)
    with blocks.route("Compare", "compare"):
        compare_page()
    with blocks.route("Annotate", "annotate"):
        annotate_page()
    with blocks.route("Batches", "batches"):
        batches_page()
    with blocks.route("Experts", "experts"):
        experts_page()

    judging = Judging(engine, record)
    application = FastAPI(
        title="Disputatio",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(owners_change)],
        lifespan=lambda _: _closing(judging),
    )
    application.add_middleware(Guard, accounts=record.accounts)
    application.add_middleware(Protection)  # the last one is the first that a request meets
    tell_refusals(application)
    application.router.routes.extend(login_routes(record.accounts))
    application.include_router(session_routes())
    application.include_router(record_routes(record.recorder, record.traces))
    application.include_router(batch_routes(record.batches))
    application.include_router(comparison_routes(record.traces))
    application.include_router(curation_routes(record.curation))
    application.include_router(queue_routes(record.annotations))
    application.include_router(item_routes(record.annotations))
    application.include_router(decision_routes(record.annotations))
    application.include_router(agreement_routes(record.annotations))
    application.include_router(exchange_routes(record.database, record.traces, record.annotations))
    application.include_router(judging_routes(judging, record.annotations))
    application.include_router(
        pool_routes(engine, catalogue, pulls, record.traces, record.annotations.critic_quality)
    )
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
            auth_dependency=caller(blocks),
            ssr_mode=False,
            show_error=False,
        )
    return application


@asynccontextmanager
async def _closing(judging: Judging) -> AsyncIterator[None]:
    yield
    judging.close()
