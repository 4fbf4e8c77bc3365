"""Keeps pages from loading or sending anything elsewhere, whatever a model writes, and other sites out."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Gradio's page needs both
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",  # another site could have its visitors click here unknowingly
    )
)
_SAFE = ("GET", "HEAD", "OPTIONS")


class Protection:
    """Wraps an application: adds the headers to every response, and refuses what another site's page asks to change."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it; the response leaves with the headers."""

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        if scope["type"] == "http" and scope["method"] not in _SAFE and _foreign(Headers(scope=scope)):
            refusal = JSONResponse({"detail": "Only Disputatio's own pages may change anything here."}, 403)
            await refusal(scope, receive, protected)
        else:
            await self._application(scope, receive, protected)


def _foreign(headers: Headers) -> bool:
    """Whether a page of another site sent the request, by what its browser says; other programs say nothing."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
