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
            called = _component_function if _asks_component(request) else _event_function
            role: Role = getattr(called(blocks, await _told(request)), _MARK, "owner")
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


def _asks_component(request: Request) -> bool:
    """Whether the request goes to a component: by its path alone, as its body and its host may say anything."""
    return str(request.scope["path"]).rstrip("/").endswith("/component_server")


def _event_function(blocks: gr.Blocks, told: dict[str, Any]) -> object:
    event = blocks.fns.get(number) if isinstance(number := told.get("fn_index"), int) else None
    return event.fn if event else None


def _component_function(blocks: gr.Blocks, told: dict[str, Any]) -> object:
    number = told.get("component_id")
    component = blocks.blocks.get(number) if isinstance(number, int) else None
    return getattr(component, str(told.get("fn_name")), None)
