"""Text as the database can hold it and as people search it."""

import unicodedata


class _Folding(dict[int, int]):
    """Maps every character to one without accent and in lower case, as it is asked for."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_folding = _Folding()


def storable(text: str) -> str:
    """The text with each half of a surrogate pair that stands alone made U+FFFD: no database takes it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def folded(text: str) -> str:
    """The text without accents and in lower case, character for character as long as it was."""
    return text.lower() if text.isascii() else text.translate(_folding)
