"""Other sites may not change anything here, whatever page a person has open beside this one."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.protection import Protection

HERE = "http://127.0.0.1:7860"


@pytest.fixture
def client():
    async def done(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("done")

    methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    return TestClient(Protection(Starlette(routes=[Route("/", done, methods=methods)])), base_url=HERE)


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Origin": "http://elsewhere.example"},
    {"Origin": "http://127.0.0.1:7861"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:7860.elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ""},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
    {"Sec-Fetch-Site": "none"},
    {"Origin": HERE},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_another_site_may_change_nothing(client, method, headers):
    answer = client.request(method, "/", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["detail"].endswith(".")
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_pages_and_other_programs_may(client, headers):
    assert client.post("/", headers=headers).text == "done"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_links_from_elsewhere_open(client, headers):
    assert client.get("/", headers=headers).text == "done"


def test_every_response_has_the_headers(client):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
