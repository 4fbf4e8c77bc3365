"""Lets in only those who are logged in, once anybody has a login."""

from urllib.parse import quote

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from storage.accounts import Accounts
from ui.accounts.loopback import host_of, is_loopback
from ui.accounts.person import ALONE, Person, refusal

COOKIE = "disputatio_session"
_OPEN = ("/login", "/favicon.ico")
_GRADIO = "/gradio_api/"
_CALLS = tuple(f"{_GRADIO}{name}" for name in ("queue/join", "component_server", "cancel", "reset"))
"""What Gradio's page sends of its own accord; which function that may call is `ui.accounts.gradio_events`' to say."""

_FETCHES = tuple(f"{_GRADIO}{name}" for name in ("file=http", "file/http", "proxy="))
"""Where Gradio fetches from elsewhere for whoever asks. No page of ours does."""

_MISDIRECTED = (
    "Nobody has a login here, so only this machine may use Disputatio, at 127.0.0.1 or localhost: to use it by "
    "another name, make yourself a login with `disputatio user add NAME`."
)


class Guard:
    """Wraps an application: finds out who sends a request, and puts that Person into the scope as `person`.

    Where anybody has a login, those who are not logged in get no further than the login page. Otherwise there is
    one person, on this machine: a request for any other host is refused, as another site's page would send it that
    had its name resolve to this machine.
    """

    def __init__(self, application: ASGIApp, accounts: Accounts) -> None:
        self._application = application
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._application(scope, receive, send)
            return
        # In a thread, as reading the database may have to wait for a connection.
        found = await anyio.to_thread.run_sync(self._person, scope)
        refused = found if isinstance(found, Response) else _forbidden(found, scope)
        if refused is None:
            await self._application(scope | {"person": found}, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refused(scope, receive, send)

    def _person(self, scope: Scope) -> Person | Response | None:
        """Who it is; None: it does not matter; a response: nobody who may be here."""
        if not self._accounts.any():
            if is_loopback(host_of(Headers(scope=scope).get("host", ""))):
                return ALONE
            return JSONResponse({"detail": _MISDIRECTED}, 421)
        if scope["path"] in _OPEN:
            return None
        token = session_token(scope)
        user = self._accounts.sessions.user(token) if token else None
        return Person(user.name, user.role) if user else _login(scope)


def session_token(scope: Scope) -> str | None:
    """The token of the session that the request says it belongs to."""
    return Request({"type": "http", "headers": scope["headers"]}).cookies.get(COOKIE)


def _forbidden(who: Person | None, scope: Scope) -> Response | None:
    """What Gradio has beside its page's own calls, and which changes something, is the owner's; some is nobody's."""
    changes = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS")
    path = scope["path"].rstrip("/")
    if path.startswith(_FETCHES):
        return JSONResponse({"detail": "Disputatio fetches nothing from elsewhere for a page."}, 403)
    if who is None or who.may("owner") or not changes or not path.startswith(_GRADIO) or path in _CALLS:
        return None
    return JSONResponse({"detail": refusal("owner")}, 403)


def _login(scope: Scope) -> Response:
    """To the login page and back again for a page; for anything else, a sentence."""
    path: str = scope["path"]
    if scope.get("method") != "GET" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return JSONResponse({"detail": "You are not logged in: open the page anew to log in."}, 401)
    query = scope["query_string"].decode("latin-1")
    wanted = quote(f"{path}?{query}" if query else path, safe="")
    # From where the page is, for the application may stand below another path than it knows.
    return RedirectResponse(f"{'../' * (path.count('/') - 1)}login?next={wanted}", 303)
