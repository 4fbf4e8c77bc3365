"""Errors that the person using Disputatio can mend."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError


class UserError(Exception):
    """Something the user can mend, in one clear sentence that says what to do.

    The command line prints it as one line and exits with status 1; the pages show it where it happened.
    """


class WeightsMissing(UserError):
    """A model's weights are not on this machine yet; `disputatio pull` fetches them."""


class WeightsRefused(UserError):
    """Downloaded weights do not have the SHA-256 that the pool file states; nothing of them is used."""


class LoadFailed(UserError):
    """A runtime could not load an expert's model."""


class CallFailed(UserError):
    """One model call did not give an answer; the other calls of the run are not affected."""


class ModelLost(CallFailed):
    """The process that ran the model has ended; the model must be loaded again."""


class PromptTooLong(CallFailed):
    """The prompt has more tokens than the model takes."""


def misfit(what: str, error: ValidationError) -> UserError:
    """The first thing that is wrong with `what`, a file that a person wrote, and where."""
    where, fault = first_fault(error.errors(), "the file")
    return UserError(f"{what} is not right at {where}: {fault}.")


def first_fault(faults: Sequence[Mapping[str, Any]], whole: str = "", outer: int = 0) -> tuple[str, str]:
    """Where the first of Pydantic's `faults` is, `whole` if it is everywhere, and what is wrong there.

    The first `outer` parts of the place are not told.
    """
    first = faults[0]
    return ".".join(map(str, first["loc"][outer:])) or whole, first["msg"]
