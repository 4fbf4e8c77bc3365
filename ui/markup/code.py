"""Code as HTML with a class on every word that has a colour."""

from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

LONGEST = 20_000
"""Characters; longer code has no colours."""

# Languages whose lexers are linear in what they read; most of the several hundred others nobody checked.
_NAMES = """
python py python3 javascript js typescript ts c cpp c++ csharp c# java kotlin rust rs go ruby rb php swift scala
haskell hs julia r matlab lua perl bash sh shell console sql json yaml yml toml xml html css diff lean
"""
LANGUAGES = frozenset(_NAMES.split())

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def coloured(code: str, language: str) -> str:
    """The code as HTML of `<span>` elements with Pygments' classes; without them where the language is unknown."""
    name = language.split()[0].lower() if language.strip() else ""
    if name not in LANGUAGES or len(code) > LONGEST:
        return escape(code)
    return str(highlight(code, get_lexer_by_name(name), _FORMATTER))
