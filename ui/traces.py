"""The Traces page: every run that was kept, to search and to open."""

import gradio as gr

from engine.engine import Engine
from ui.custom import custom
from ui.run_view import run_view


def traces_page(engine: Engine) -> None:
    """Build the page in the current Blocks: a list, and in its place one run where the address names it."""
    gr.Navbar(main_page_name="Ask")
    custom("traces_list")
    run_view(engine, idle=False)
