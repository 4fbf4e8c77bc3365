"""The HTML page of one run."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from storage.traces import Traces
from ui.markup import rendered
from ui.page_export.checked_text import candidates, rewritten_sentences
from ui.page_export.story import story
from ui.page_export.style import TEMPLATES, style
from ui.page_export.told_call import JUDGEMENTS
from ui.page_export.wording import moment, row, seconds, signed

_TEMPLATES = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    "moment": moment,
    "rendered": lambda text: Markup(rendered(text)),  # sanitised
    "row": lambda parts: row(*parts),
    "seconds": seconds,
    "signed": signed,
}
_TEMPLATES.globals |= {"candidates": candidates, "rewritten_sentences": rewritten_sentences}


def page(traces: Traces, run_id: str) -> str:
    """The run as HTML that opens without the application: no script in it, and nothing fetched from anywhere.

    Raises UnknownRun.
    """
    return _TEMPLATES.get_template("run.html").render(
        story=story(traces, run_id), style=Markup(style()), judgements=JUDGEMENTS
    )
