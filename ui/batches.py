"""The Batches page: how protocols did over files of questions."""

import gradio as gr

from ui.custom import custom


def batches_page() -> None:
    """Build the page in the current Blocks."""
    gr.Navbar(main_page_name="Ask")
    custom("batches_view")
