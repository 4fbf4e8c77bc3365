r"""Numbers as people and models write them: 1,234.50, $18, 50%, 2 1/2, \frac{3}{4}, 1\,000, 3 \times 10^8."""

import re
from collections.abc import Callable
from fractions import Fraction

_LONGEST = 200
_REWRITES = {r"\%": "%", "{,}": ",", r"\ ": " ", "~": " ", "\u2212": "-", "\u2013": "-", "\u2044": "/"}
_LAYOUT = re.compile(
    r"\\[%!,;:$()\[\] ]|\{,\}|[$€£~\u2212\u2013\u2044\u2009\u202f]|\\(?:left|right|displaystyle)(?![a-z])"
)
_DECIMAL = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
_PART = rf"(?:\{{[ ]?(-?{_DECIMAL})[ ]?\}}|(\d))"
_FRAC = re.compile(rf"(?P<after>(?<=\d)[ ]?)?\\[dtc]?frac[ ]?{_PART}[ ]?{_PART}")
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNIT = (
    r"(?:[ ]?\^[ ]?\{?\\circ\}?|[ ]?°[CF]?"
    r"|[ ]?\\(?:text|mathrm|mbox|textrm)[ ]?\{[^{}]*\}(?:\^\{?\d\}?)?"
    r"|(?:[ ]|-)(?!(?:pi|sqrt|log|ln|sin|cos|tan|half|quarter|third|plus|minus|times|over|mod)\b)"
    r"(?:[A-Za-z][A-Za-z'./-]+|[mgshlLJNWVKC]\b)(?:\^\{?\d\}?|[²³])?)"
)
_QUANTITY = re.compile(
    rf"(?:[A-Za-z](?:_\{{?\w\}}?)?[ ]?=[ ]?)?"
    rf"(?P<number>(?P<sign>[+-])?[ ]?(?:(?P<whole>\d+)[ ](?=\d+/))?(?P<top>{_DECIMAL})"
    rf"(?:[ ]?/[ ]?(?P<bottom>{_DECIMAL})"
    rf"|[ ]?(?:\\times|\\cdot|\u00d7|\*|x)[ ]?10[ ]?\^[ ]?\{{?(?P<power>[+-]?\d{{1,3}})\}}?"
    rf"|[eE](?P<exponent>[+-]?\d{{1,3}}))?"
    rf"(?:[ ]?%|[ ](?P<scale>{'|'.join(_SCALE)})\b)?)"
    rf"{_UNIT}{{0,10}}[ ]?\.?"
)
_ANY_NUMBER = (
    rf"(?:(?<![\w)}}\]])-[ ]?)?(?<![A-Za-z_\d.])(?:\d+[ ](?=\d+/))?{_DECIMAL}(?:/{_DECIMAL})?(?:[ ]?%)?"
)
_NUMBER = re.compile(_ANY_NUMBER)
_LEADING_NUMBER = re.compile(rf"({_ANY_NUMBER})(?=[ ][A-Za-z]{{2}})")


def quantity(text: str) -> str | None:
    """The number that `text` is, as written but without currency, units, LaTeX and "x ="; else None."""
    match = _match(text)
    return match["number"].strip() if match else None


def exact(text: str) -> Fraction | None:
    """The exact value of the number that `text` is, else None. Percent signs do not count: 50% is 50."""
    match = _match(text)
    if match is None:
        return None
    bottom = _fraction(match["bottom"] or "1")
    if not bottom:
        return None
    value = int(match["whole"] or 0) + _fraction(match["top"]) / bottom
    value *= Fraction(10) ** int(match["power"] or match["exponent"] or 0) * _SCALE.get(match["scale"], 1)
    return -value if match["sign"] == "-" else value


def leading_number(text: str) -> str | None:
    """The number that a text begins with, when a word follows, as `quantity` writes it; else None."""
    match = _LEADING_NUMBER.match(_plain(text))
    return match[1] if match else None


def last_number(text: str) -> str | None:
    """The last number in a text, as `quantity` writes it; None where there is none."""
    last = None
    for match in _NUMBER.finditer(_plain(text)):
        last = match[0]
    return last


def with_numbers(text: str, written: Callable[[Fraction], str]) -> str:
    """The text in plain characters, each number in it as `written` has its exact value."""

    def anew(match: re.Match[str]) -> str:
        value = Fraction(match[0]) if match[0].isdecimal() else exact(match[0])
        return match[0] if value is None else written(value)

    return _NUMBER.sub(anew, _plain(text))


def _match(text: str) -> re.Match[str] | None:
    return _QUANTITY.fullmatch(_plain(text.strip()).strip()) if len(text) <= _LONGEST else None


def _plain(text: str) -> str:
    return _FRAC.sub(_in_line, _LAYOUT.sub(lambda layout: _REWRITES.get(layout[0], ""), text))


def _in_line(frac: re.Match[str]) -> str:
    after, top, short_top, bottom, short_bottom = frac.groups()
    return f"{'' if after is None else ' '}{top or short_top}/{bottom or short_bottom}"


def _fraction(decimal: str) -> Fraction:
    return Fraction(decimal.replace(",", ""))
