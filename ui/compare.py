"""The Compare page: two to four runs, or experts' traces, side by side."""

import gradio as gr

from ui.custom import custom


def compare_page() -> None:
    """Build the page in the current Blocks."""
    gr.Navbar(main_page_name="Ask")
    custom("compare_view")
