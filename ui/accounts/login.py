"""Logging in and out."""

from urllib.parse import parse_qs, quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from storage.accounts import Accounts
from storage.sessions import SESSION_SECONDS
from storage.user import LONGEST_NAME, key_of
from ui.accounts.attempts import Attempts
from ui.accounts.destination import local
from ui.accounts.guard import COOKIE, session_token
from ui.accounts.login_page import login_page

_LONGEST_FORM = 1 << 14
_AT_ONCE = 2
"""How many passwords are compared at once: each takes 64 MiB, and anybody may ask for it."""


def login_routes(accounts: Accounts) -> list[Route]:
    """`/login`, a page and where its form goes, and `/logout`. Both lead on by addresses relative to themselves."""
    attempts = Attempts()
    comparing = anyio.CapacityLimiter(_AT_ONCE)

    def begun(name: str, password: str) -> str | None:
        """The token of a new session, if this is the password."""
        user = accounts.verified(name, password)
        return accounts.sessions.begin(user.name) if user else None

    async def shown(request: Request) -> Response:
        if not await anyio.to_thread.run_sync(accounts.any):
            return RedirectResponse("./", 303)
        return login_page(local(request.query_params.get("next", "/")))

    async def posted(request: Request) -> Response:
        form = await _form(request)
        name, destination = form.get("name", ""), local(form.get("next", "/"))
        key = key_of(name)[:LONGEST_NAME]  # whoever sends names of no user fills no memory with them
        if wait := attempts.begin(key):
            problem = f"There were too many wrong passwords: wait {wait} seconds, then try again."
            return login_page(destination, name=name, problem=problem, status=429, wait=wait)
        token = await anyio.to_thread.run_sync(begun, name, form.get("password", ""), limiter=comparing)
        if token is None:
            problem = "This name and password do not belong together: try again."
            return login_page(destination, name=name, problem=problem, status=401)
        attempts.succeeded(key)
        answer = RedirectResponse(f".{quote(destination, safe='/?&=%#~:,;+@!$*')}", 303)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_SECONDS),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    async def left(request: Request) -> Response:
        if token := session_token(request.scope):
            await anyio.to_thread.run_sync(accounts.sessions.end, token)
        answer = RedirectResponse("login", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return answer

    return [
        Route("/login", shown, methods=["GET"]),
        Route("/login", posted, methods=["POST"]),
        Route("/logout", left, methods=["POST"]),
    ]


async def _form(request: Request) -> dict[str, str]:
    """The fields of the form; none where it is larger than such a form can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}
