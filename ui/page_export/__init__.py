"""One run as a page of its own: everything that was said and how it came about, in one file without scripts."""

from ui.page_export.page import page

__all__ = ["page"]
