"""Mathematical answers as text: what can be compared without computing, and what LaTeX they are."""

import re

from engine.answers.markup import unwrapped
from engine.answers.number import exact
from engine.answers.wording import words

LONGEST = 1000
"""The most characters that an answer may have to be taken for an expression."""

_FUNCTIONS = r"(?:arc)?(?:sin|cos|tan|cot|sec|csc)h?|log|ln|exp|sqrt|gcd|lcm|max|min|mod"
_WORDY = re.compile(rf"(?<![\\A-Za-z])(?!(?:{_FUNCTIONS})(?![A-Za-z]))[A-Za-z]{{3,}}")
_YES_OR_NO = re.compile(r"yes|no", re.IGNORECASE)
_SQRT = re.compile(r"(?<![\\A-Za-z])(?:sqrt|√)[ ]?\(([^()]*)\)")
_ROOT_SIGN = re.compile(r"√[ ]?(\w+)")
_NAME = re.compile(rf"(?<![\\A-Za-z])(pi|{_FUNCTIONS})(?![A-Za-z])")
_SIGNS = str.maketrans(
    {"π": r"\pi ", "\u00d7": r"\times ", "·": r"\cdot ", "\u2212": "-", "∞": r"\infty ", "$": ""}
)


def equal_as_text(first: str, second: str) -> bool | None:
    """Whether the two are equal, where their numbers or wording tell; None where it must be computed."""
    first, second = first.strip(), second.strip()
    if first == second:
        return True
    if max(len(first), len(second)) > LONGEST:
        return False
    values = exact(first), exact(second)
    if None not in values:
        return values[0] == values[1]
    if _is_wording(first) or _is_wording(second):
        return words(unwrapped(first)) == words(unwrapped(second))
    return None


def as_latex(text: str) -> str:
    r"""The expression as LaTeX without delimiters, also where it was written as in programs: sqrt(2)*x**2."""
    latex = text.translate(_SIGNS).replace("**", "^").replace("*", r"\cdot ")
    latex = _ROOT_SIGN.sub(r"\\sqrt{\1}", _SQRT.sub(r"\\sqrt{\1}", latex))
    return _NAME.sub(r"\\\1 ", latex).strip()


def _is_wording(text: str) -> bool:
    """Words would be computed with as products of their letters."""
    text = unwrapped(text).strip()
    return bool(_WORDY.search(text) or _YES_OR_NO.fullmatch(text))
