"""What a model wrote, made readable: Markdown, LaTeX and code as HTML that cannot do anything."""

from ui.markup.rendering import rendered

__all__ = ["rendered"]
