"""The one style sheet of a page without scripts: the application's own, following the reader's light or dark."""

import re
from collections.abc import Iterable
from pathlib import Path

_ASSETS = Path(__file__).parents[2] / "assets"
TEMPLATES = _ASSETS / "templates"
_STYLES = _ASSETS / "css"
_TAKEN = (
    "10-tokens",
    "20-page",
    "30-run",
    "34-panels",
    "42-critiques",
    "43-faithfulness",
    "45-rewards",
    "46-recruit",
    "47-answer",
    "48-prose",
)
_DARK = re.compile(r"^\.dark \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style() -> str:
    """The rules of a run's page."""
    return joined(_TAKEN, "run")


def joined(taken: Iterable[str], own: str) -> str:
    """The rules of some of the application's sheets and of a page's own, without comments."""
    sheets = [*(_STYLES / f"{name}.css" for name in taken), TEMPLATES / f"{own}.css"]
    rules = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    # The application sets a class from the reader's preference; the page has no script that could.
    rules = _DARK.sub(r"@media (prefers-color-scheme: dark) { :root {\1} }", _COMMENT.sub("", rules))
    return "\n".join(line.strip() for line in rules.splitlines() if line.strip())
