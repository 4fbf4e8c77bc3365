"""The wording of a text: its words, without case, punctuation, spacing and leading articles."""

import re
import unicodedata

# Numbers stay whole and operators stay, lest 3, -3, 3.5 and 3/4 look alike.
_WORD = re.compile(r"(?<![\w)])-\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[^\W\d_]+|[+=<>%/^~&|\u2190-\u22ff]")
_ARTICLES = ("the", "a", "an")


def words(text: str) -> list[str]:
    """The words, numbers and operators of `text` in order, case-folded; a text of none of them as it is."""
    text = unicodedata.normalize("NFC", text).replace("\N{MINUS SIGN}", "-").casefold().strip()
    found = _WORD.findall(text) or ([text] if text else [])
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found
