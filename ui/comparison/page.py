"""A comparison as a page of its own: everything that was said side by side, in one file without scripts."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from storage.traces import Traces
from ui.comparison.comparison import Comparison
from ui.comparison.summary import summary
from ui.comparison.told_row import told_steps
from ui.page_export.people import COLOURS
from ui.page_export.style import TEMPLATES, joined
from ui.page_export.wording import moment

_STYLES = ("10-tokens", "20-page")
_TEMPLATES = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {"moment": moment, "colour": lambda place: place % COLOURS}


def page(traces: Traces, comparison: Comparison) -> str:
    """The comparison as HTML that opens without the application: no script in it, and nothing fetched from anywhere."""
    return _TEMPLATES.get_template("comparison.html").render(
        comparison=comparison,
        columns=comparison.columns,
        lines=summary(comparison.columns),
        steps=told_steps(traces, comparison),
        style=Markup(joined(_STYLES, "comparison")),
    )
