"""Text from models and other people, as a terminal may be given it."""

import re
import sys

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    """The text with its control characters shown instead of obeyed, but for tabs and line breaks.

    A terminal takes commands in them: to clear its screen, name its window, fill the clipboard.
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def for_stdout(text: str) -> str:
    """The text as it is, unless stdout is a terminal."""
    return printable(text) if sys.stdout.isatty() else text
