"""The Experts page: the experts of a pool, what each is good at, and which pool and profile are in use."""

import gradio as gr

from ui.custom import custom


def experts_page() -> None:
    """Build the page in the current Blocks."""
    gr.Navbar(main_page_name="Ask")
    custom("experts_view")
