r"""Texts that would like to be more than text, by name.

Each sets `window.hit` where it runs as a script, and asks elsewhere.example for something where it is fetched. Some only
try to break the page: to hide what follows, to end the element they stand in, or to keep the reader waiting.
"""

from hostile.documents import DOCUMENTS
from hostile.endless import ENDLESS
from hostile.formulas import FORMULAS
from hostile.markdown import MARKDOWN
from hostile.scripts import SCRIPTS
from hostile.strange_characters import STRANGE_CHARACTERS
from hostile.templates import TEMPLATES

SHORT: dict[str, str] = {
    **SCRIPTS,
    **DOCUMENTS,
    **MARKDOWN,
    **FORMULAS,
    **TEMPLATES,
    **STRANGE_CHARACTERS,
}
"""Those that many fit into one run."""

LONG: dict[str, str] = ENDLESS
"""Those of up to a megabyte."""

TEXTS: dict[str, str] = {**SHORT, **LONG}
