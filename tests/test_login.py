"""Logging in and out: the cookie, the way back, and too many wrong passwords."""

import pytest
from fastapi import FastAPI

from open_application import SECRET, Opened
from storage.record import recording
from ui.accounts.attempts import Attempts
from ui.accounts.destination import local
from ui.accounts.guard import Guard
from ui.accounts.login import login_routes
from ui.accounts.session_routes import session_routes
from ui.protection import Protection

WRONG = "This name and password do not belong together"


@pytest.fixture
def app(tmp_path):
    """Logging in alone, without any page behind it."""
    with recording(tmp_path / "record.db") as record:
        record.accounts.add("Ada", SECRET)
        application = FastAPI()
        application.add_middleware(Guard, accounts=record.accounts)
        application.add_middleware(Protection)
        application.router.routes.extend(login_routes(record.accounts))
        application.include_router(session_routes())
        yield Opened(application, record)


def posted(visitor, password=SECRET, *, name="Ada", to="/", **options):
    return visitor.post("/login", data={"name": name, "password": password, "next": to}, **options)


def test_the_cookie_is_kept_from_scripts_and_other_sites(app):
    cookie = posted(app.visitor()).headers["set-cookie"]
    assert cookie.startswith("disputatio_session=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts >= {"httponly", "samesite=lax", "path=/", "max-age=2592000"}
    assert "secure" not in parts
    safe = posted(app.visitor("https://disputatio.example")).headers["set-cookie"]
    assert "secure" in {part.strip().lower() for part in safe.split(";")}


def test_logging_out_ends_the_session_for_good(app):
    visitor = app.logged_in("ada")
    token = visitor.cookies["disputatio_session"]
    assert visitor.get("/session").status_code == 200
    answer = visitor.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "login")
    assert "disputatio_session" not in visitor.cookies
    thief = app.visitor()
    thief.cookies.set("disputatio_session", token)
    assert thief.get("/session").status_code == 401


@pytest.mark.parametrize(
    ("name", "password"), [("Ada", "wrong"), ("nobody", SECRET), ("Ada", ""), ("", ""), ("Ada", "x" * 20000)]
)
def test_a_wrong_login_is_said_to_be_wrong_and_no_more(app, name, password):
    answer = posted(app.visitor(), password, name=name)
    assert answer.status_code == 401
    assert WRONG in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_text_in_the_page(app):
    hostile = '"><script>alert(1)</script>{{ 7 * 7 }}'
    for answer in (
        posted(app.visitor(), "wrong", name=hostile),
        app.visitor().get("/login", params={"next": f"/{hostile}"}),
    ):
        assert "<script" not in answer.text
        assert "{{ 7 * 7 }}" in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}])
def test_another_site_logs_nobody_in_or_out(app, headers):
    assert posted(app.visitor(), headers=headers).status_code == 403
    visitor = app.logged_in("ada")
    assert visitor.post("/logout", headers=headers).status_code == 403
    assert visitor.get("/session").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/", "./"),
        ("/traces", "./traces"),
        ("/traces?run=a&replay=1", "./traces?run=a&replay=1"),
        ("/?text=a%20b", "./?text=a%20b"),
        ("//evil.example", "./"),
        ("/\\evil.example", "./"),
        ("https://evil.example/", "./"),
        ("https:evil.example", "./"),
        ("javascript:alert(1)", "./"),
        ("/\t/evil.example", "./"),
        ("\n//evil.example", "./"),
        ("/\r\nSet-Cookie: a=b", "./"),
        ("traces", "./"),
        ("///evil.example", "./"),
        ("/a//evil.example", "./a//evil.example"),
    ],
)
def test_one_gets_back_to_where_one_was_but_never_elsewhere(app, wanted, location):
    answer = posted(app.visitor(), to=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert local(wanted) == location.removeprefix(".")


def test_after_five_wrong_passwords_one_has_to_wait(app):
    visitor = app.visitor()
    for name in ("ada", "Ada", "ADA", " ada ", "ada"):
        assert posted(visitor, "wrong", name=name).status_code == 401
    answer = posted(visitor)  # not even the right one is looked at
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 30
    assert f"wait {answer.headers['retry-after']} seconds" in answer.text
    assert "set-cookie" not in answer.headers
    assert posted(visitor, "wrong", name="somebody else").status_code == 401


def test_names_that_are_too_long_for_a_user_are_tried_as_one(app):
    visitor = app.visitor()
    tries = [posted(visitor, "wrong", name=f"{'x' * 40}{place}").status_code for place in range(6)]
    assert tries == [401, 401, 401, 401, 401, 429]


def test_how_long_one_has_to_wait(clock):
    attempts = Attempts(clock)
    assert [attempts.begin("ada") for _ in range(6)] == [0, 0, 0, 0, 0, 30]
    clock.at += 20.5
    assert (attempts.begin("ada"), attempts.begin("bob")) == (10, 0)
    clock.at += 9.5
    assert (attempts.begin("ada"), attempts.begin("ada")) == (0, 30)
    attempts.succeeded("ada")
    assert attempts.begin("ada") == 0
    assert [attempts.begin("ada") for _ in range(5)] == [0, 0, 0, 0, 30]
    clock.at += 900
    assert [attempts.begin("ada") for _ in range(5)] == [0] * 5
