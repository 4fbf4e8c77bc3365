"""The Annotate page: queues of critiques, and of other steps, that people judge."""

import gradio as gr

from ui.custom import custom


def annotate_page() -> None:
    """Build the page in the current Blocks."""
    gr.Navbar(main_page_name="Ask")
    custom("annotate_view")
