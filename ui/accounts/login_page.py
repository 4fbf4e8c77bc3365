"""The login page: one form, which needs no script and nothing from elsewhere."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from ui.page_export.style import TEMPLATES, joined

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_SHEETS = ("10-tokens", "20-page")


def login_page(
    destination: str, *, name: str = "", problem: str = "", status: int = 200, wait: int = 0
) -> HTMLResponse:
    """The page. With a problem the name stays as it was typed; `wait` is the seconds before another try counts."""
    html = _ENVIRONMENT.get_template("login.html").render(
        style=joined(_SHEETS, "login"), destination=destination, name=name, problem=problem
    )
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(wait)} if wait else {})
    return HTMLResponse(html, status, headers)
