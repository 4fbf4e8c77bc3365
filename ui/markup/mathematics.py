r"""LaTeX formulas as MathML, by latex2mathml."""

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml import exceptions
from latex2mathml.converter import Converter

LONGEST = 2_000
"""Characters of one formula; a longer one is shown as it is written."""
_MOST = 40_000
"""Characters of all formulas of a text that are converted: what takes about a second."""
DEEPEST = 60
"""Elements within elements; a deeper formula is shown as it is written, as browsers are slow to lay it out."""

# Macros and \sideset can double the work at every level; \class, \style and \href are not for a formula to set.
_REFUSED = re.compile(
    r"\\(?:def|let|newcommand|renewcommand|newenvironment|DeclareMathOperator|sideset|class|style|href|unicode)"
    r"(?![a-zA-Z])"
)
# latex2mathml has no common error, and what it does not foresee fails wherever it happens to.
_FAILURES = (
    *(
        error
        for error in vars(exceptions).values()
        if isinstance(error, type) and issubclass(error, Exception)
    ),
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    StopIteration,
    RecursionError,
)


class Mathematics:
    """The formulas of one text: as many as can be converted without making the reader wait."""

    def __init__(self) -> None:
        self._left = _MOST

    def html(self, latex: str, *, display: bool) -> str:
        """The formula as a `<math>` element, or as it is written in `<code>` where it cannot be converted."""
        latex = latex.strip()
        self._left -= len(latex)
        found = _mathml(latex, display) if self._left >= 0 else None
        return found or f'<code class="latex" dir="ltr">{escape(latex)}</code>'


@lru_cache(maxsize=2_000)
def _mathml(latex: str, display: bool) -> str | None:
    if not latex or len(latex) > LONGEST or _REFUSED.search(latex):
        return None
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(latex)
        for element in tree.iter():
            # The converter writes symbols as references and leaves what the formula says as it is.
            element.text = unescape(element.text) if element.text else None
        return None if _too_deep(tree) else tostring(tree, encoding="unicode")
    except _FAILURES:
        return None


def _too_deep(tree: Element) -> bool:
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)
