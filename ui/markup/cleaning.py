"""The last gate before the page: only elements and attributes that are on a list get through."""

import re

import nh3
from pygments.token import STANDARD_TYPES

_PROSE = (
    "a blockquote br code details div em hr li ol p pre s span strong summary table tbody td th thead tr ul"
)
_MATHML = (
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup "
    "msup mtable mtd mtext mtr munder munderover"
)
ELEMENTS = frozenset(f"{_PROSE} {_MATHML}".split())

ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "target"},
    "blockquote": {"dir"},
    "code": {"dir"},
    "div": {"tabindex"},
    "li": {"dir"},
    "math": {"display"},
    "menclose": {"notation"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mo": {
        "fence",
        "form",
        "largeop",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "separator",
        "stretchy",
        "symmetric",
    },
    "mover": {"accent"},
    "mpadded": {"depth", "height", "lspace", "voffset", "width"},
    "mspace": {"depth", "height", "width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"columnalign", "columnlines", "columnspacing", "rowlines", "rowspacing"},
    "mtd": {"columnalign"},
    "mtext": {"mathvariant"},
    "munder": {"accentunder"},
    "ol": {"dir", "start"},
    "p": {"dir"},
    "pre": {"dir"},
    "td": {"dir"},
    "th": {"dir"},
    "ul": {"dir"},
}

CLASSES = {
    "code": {"latex"},
    "details": {"thinking"},
    "div": {"equation", "wide"},
    "p": {"heading"},
    "pre": {"code", "plain"},
    "span": {name for name in STANDARD_TYPES.values() if name},
}

_LENGTHS = {"depth", "height", "linethickness", "lspace", "maxsize", "minsize", "voffset", "width"}
_SHORT = re.compile(r"[+-]?(?:\d(?:\.\d*)?|\.\d+)(?:em|ex|mu)|[+-]?\d\d?(?:\.\d*)?(?:px|pt)|0")


def _attribute(_element: str, name: str, value: str) -> str | None:
    """The value, None where it is a length that could push a formula over what stands around it."""
    return None if name in _LENGTHS and not _SHORT.fullmatch(value) else value


_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    attribute_filter=_attribute,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)


def cleaned(html: str) -> str:
    """The HTML without anything that is not on the lists here; links open elsewhere and tell nothing of the page."""
    return _CLEANER.clean(html)
