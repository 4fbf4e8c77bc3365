"""Arguments of the command line that take reading."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.errors import UserError


def given_settings(given: Sequence[str], k: int | None) -> dict[str, Any]:
    """A protocol's settings from words like NAME=VALUE, and k where it was given. Raises UserError for others."""
    settings: dict[str, Any] = {}
    for setting in given:
        name, equals, value = setting.partition("=")
        if not equals:
            raise UserError(f"--setting {setting} is not of the form NAME=VALUE.")
        settings[name.strip()] = value.strip()
    return settings if k is None else {**settings, "k": k}


def read_document(path: Path | None) -> str:
    """The text of a document, empty without a path. Raises UserError when it cannot be read."""
    if path is None:
        return ""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UserError(f"The document {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"The document {path} is not UTF-8 text.") from error
