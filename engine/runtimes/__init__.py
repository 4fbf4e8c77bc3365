"""The ways to run models, by name."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from engine.errors import UserError
from engine.graphics_card import graphics_card
from engine.runtimes.base import Runtime

if TYPE_CHECKING:
    from engine.runtimes.local import LocalName

RUNTIMES = ("auto", "openvino", "vllm", "transformers", "openai")
"""What a person may choose."""

_PACKAGES = {"openvino": "openvino_genai", "vllm": "vllm", "transformers": "transformers"}


def choose(name: str, server: str | None = None, api_key: str | None = None) -> Runtime:
    """The runtime of that name; `auto` is the fastest that this machine has.

    `server` is the base address of an OpenAI-compatible server, for `openai` only. Raises UserError when there is
    no such runtime, or it is not installed.
    """
    # Imported here: every model process imports this package too, and would wait seconds for what it does not need.
    from engine.runtimes.local import LocalRuntime
    from engine.runtimes.openai import OpenAIRuntime

    match name:
        case "auto":
            return LocalRuntime(_fastest())
        case "openai":
            if not server:
                raise UserError("The runtime openai needs the address of its server: give --server.")
            return OpenAIRuntime(server, api_key)
        case "openvino" | "vllm" | "transformers":
            if not find_spec(_PACKAGES[name]):
                raise UserError(f"The runtime {name} is not installed here: install {_PACKAGES[name]}.")
            return LocalRuntime(name)
        case _:
            raise UserError(f"There is no runtime {name!r}: choose one of {', '.join(RUNTIMES)}.")


def _fastest() -> "LocalName":
    # Looked for without importing it: the app's own process stays free of torch.
    if graphics_card() and find_spec("vllm"):
        return "vllm"
    return "openvino" if find_spec("openvino_genai") else "transformers"
