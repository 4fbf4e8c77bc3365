"""Which of Gradio's functions a person may call: those of events, and those that components call on the server."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import gradio as gr
from fastapi import HTTPException, Request

from storage.user import Role
from ui.accounts.person import person, refusal

Function = TypeVar("Function", bound=Callable[..., Any])

_MARK = "open_to"


def open_to(role: Role) -> Callable[[Function], Function]:
    """Mark a function as one that people of this role may call as well; an unmarked one is the owner's."""

    def marked(function: Function) -> Function:
        setattr(function, _MARK, role)
        return function

    return marked


def caller(blocks: gr.Blocks) -> Callable[[Request], Awaitable[str]]:
    """What `mount_gradio_app` takes as `auth_dependency`: the name of the person who asks, as `gr.Request.username`.

    It answers 403 with a sentence where the request calls a function that the person may not.
    """

    async def name(request: Request) -> str:
        who = person(request)
        if request.method == "POST":
            role: Role = getattr(_called(blocks, await _told(request)), _MARK, "owner")
            if not who.may(role):
                raise HTTPException(403, refusal(role))
        return who.name

    return name


async def _told(request: Request) -> dict[str, Any]:
    try:
        told = await request.json()
    except ValueError:  # a form
        return {}
    return told if isinstance(told, dict) else {}


def _called(blocks: gr.Blocks, told: dict[str, Any]) -> object:
    """The function that a request is for; None where there is no such."""
    if isinstance(number := told.get("fn_index"), int):
        event = blocks.fns.get(number)
        return event.fn if event else None
    if isinstance(number := told.get("component_id"), int):
        return getattr(blocks.blocks.get(number), str(told.get("fn_name")), None)
    return None
