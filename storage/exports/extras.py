"""What an export needs that is not always installed."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import UserError


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """For imports of an optional dependency. Raises UserError that says how to install it where it is missing."""
    try:
        yield
    except ImportError as error:
        raise UserError(
            f"{what} needs more than is installed here ({error.name} is missing): "
            f"`pip install 'disputatio[{name}]'` installs it."
        ) from error
