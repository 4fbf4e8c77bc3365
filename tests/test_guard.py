"""Who is let in where: every route of the application, by everybody who might ask."""

import re

import pytest
from fastapi import Depends, FastAPI
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from open_application import SECRET, opened
from storage_events import run_finished, run_started
from ui.accounts.person import require

READING = {"GET", "HEAD", "OPTIONS"}
OPEN = {("GET", "/login"), ("HEAD", "/login"), ("POST", "/login"), ("GET", "/favicon.ico")}
"""What is there without a login."""

READERS = {
    ("POST", "/login"),
    ("POST", "/logout"),
    ("POST", "/annotation/queues/count"),  # how many there would be
}
"""What whoever reads may post."""

ANNOTATORS = (
    READERS
    | {("POST", f"/annotation/items/x/{act}") for act in ("take", "renew", "draft", "done", "skip", "reopen")}
    | {("POST", "/annotation/queues/x/next")}
)
GRADIOS = {("POST", f"/gradio_api/{name}") for name in ("queue/join", "component_server", "cancel", "reset")}
"""Whether these may be called depends on the function that they are to call."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("guarded")) as there:
        accounts = there.record.accounts
        accounts.add("Ada", SECRET, "owner")
        accounts.add("Bob", SECRET, "annotator")
        accounts.add("Vic", SECRET, "viewer")
        yield there


@pytest.fixture
def alone(tmp_path):
    with opened(tmp_path) as there:
        yield there


def routes(application, below=""):
    """Every method and path that leads anywhere, with its parameters filled in."""
    for route in application.routes:
        if isinstance(route, Mount):
            if route.routes:
                yield from routes(route, below + route.path)
            else:
                yield "GET", f"{below}{route.path}/x.js"
        elif isinstance(route, Route):
            path = re.sub(r"\{[^}]*\}", "x", below + route.path)
            for method in sorted(route.methods or READING):
                yield method, path


def test_the_routes_are_all_of_them(app):
    """Of the record, of Gradio and of static files: a way through the routes that missed some would prove nothing."""
    found = set(routes(app.application))
    assert len(found) > 100
    assert found > OPEN | GRADIOS
    assert found > {
        ("GET", "/record/runs/x"),
        ("POST", "/record/runs/delete"),
        ("POST", "/engine/use"),
        ("GET", "/scripts/x.js"),
        ("GET", "/"),
        ("GET", "/traces"),
        ("GET", "/config"),
        ("GET", "/gradio_api/queue/data"),
        ("GET", "/gradio_api/heartbeat/x"),
        ("POST", "/gradio_api/upload"),
    }


def test_without_a_login_there_is_the_login_page_and_nothing_else(app):
    visitor = app.visitor()
    let_in = set()
    for method, path in routes(app.application):
        answer = visitor.request(method, path, headers={"Accept": "*/*"})
        if (method, path) in OPEN:
            let_in.add((method, path))
            continue
        assert answer.status_code == 401, (method, path)
        if method != "HEAD":
            assert answer.json() == {"detail": "You are not logged in: open the page anew to log in."}
    assert let_in == OPEN


def test_a_page_leads_to_the_login_page_and_back(app):
    visitor = app.visitor()
    page = {"Accept": "text/html,*/*;q=0.8"}
    for path, login in (
        ("/", "login?next=%2F"),
        ("/traces?run=a&replay=1", "login?next=%2Ftraces%3Frun%3Da%26replay%3D1"),
        ("/record/runs/a/page", "../../../login?next=%2Frecord%2Fruns%2Fa%2Fpage"),
    ):
        answer = visitor.get(path, headers=page)
        assert (answer.status_code, answer.headers["location"]) == (303, login)
    assert visitor.post("/traces", headers=page).status_code == 401


def test_a_session_that_nobody_has_lets_nobody_in(app):
    visitor = app.visitor()
    for token in ("", "x", "x" * 5000):
        visitor.cookies.set("disputatio_session", token)
        assert visitor.get("/record/runs").status_code == 401


def test_a_websocket_is_refused_as_well(app):
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        app.visitor().websocket_connect("/gradio_api/queue/data"),
    ):
        pass
    assert refused.value.code == 1008


def changed_by(app, name):
    """What of all that may change something is not refused to this person."""
    somebody = app.logged_in(name)
    allowed = set()
    for method, path in routes(app.application):
        if method in READING or path == "/logout":
            continue
        answer = somebody.request(method, path, json={})
        if answer.status_code == 403:
            assert answer.json()["detail"].endswith("ask an owner to change your role.")
        else:
            allowed.add((method, path))
    return allowed


def without_slash(found):
    return {(method, path.rstrip("/")) for method, path in found}


def test_a_viewer_changes_nothing(app):
    assert without_slash(changed_by(app, "Vic")) <= READERS | {
        ("POST", "/gradio_api/cancel"),
        ("POST", "/gradio_api/reset"),
    }


def test_an_annotator_only_annotates(app):
    allowed = without_slash(changed_by(app, "Bob"))
    assert allowed <= ANNOTATORS | {("POST", "/gradio_api/cancel"), ("POST", "/gradio_api/reset")}


def test_everybody_with_a_login_reads(app):
    for name in ("Ada", "Bob", "Vic"):
        somebody = app.logged_in(name)
        for path in (
            "/",
            "/traces",
            "/record/runs",
            "/record/facets",
            "/engine/pools",
            "/config",
            "/scripts/run_view.js",
        ):
            assert somebody.get(path).status_code == 200, path


def test_gradio_knows_the_person_by_name(app):
    assert app.logged_in("vic").get("/gradio_api/user").json() == "Vic"


def functions(somebody):
    """The statuses of calling every event of the Ask page, by what sets it off."""
    events = somebody.get("/config").json()["dependencies"]
    return {
        (kind, event["id"]): somebody.post(
            "/gradio_api/queue/join", json={"fn_index": event["id"], "session_hash": "s", "data": []}
        )
        for event in events
        for _, kind in event["targets"][:1]
    }


@pytest.mark.parametrize("name", ["Bob", "Vic"])
def test_only_an_owner_asks(app, name):
    answers = functions(app.logged_in(name))
    refused = {kind for (kind, _), answer in answers.items() if answer.status_code == 403}
    assert refused == {"click"}
    assert {kind for (kind, _), answer in answers.items() if answer.status_code == 200} >= {"load"}
    (asking,) = [answer for (kind, _), answer in answers.items() if kind == "click"]
    assert asking.json() == {"detail": "Only an owner may do this: ask an owner to change your role."}


def test_an_owner_asks(app):
    assert {answer.status_code for answer in functions(app.logged_in("Ada")).values()} == {200}


@pytest.mark.parametrize(("name", "status"), [("Vic", 403), ("Bob", 403), ("Ada", 200)])
def test_only_an_owner_stops_a_run(app, name, status):
    somebody = app.logged_in(name)
    views = [
        part["id"]
        for part in somebody.get("/config").json()["components"]
        if part["props"].get("elem_id") == "run"
    ]
    assert views
    for view in views:
        call = {"component_id": view, "fn_name": "stop", "session_hash": "s", "data": "no such run"}
        assert somebody.post("/gradio_api/component_server", json=call).status_code == status
        assert somebody.post("/gradio_api/component_server", data=call).status_code in (400, 403)


def test_what_an_event_may_does_not_open_a_components_function(app):
    """A body can name an event that everybody may set off besides the component's function that it calls."""
    config = app.logged_in("Ada").get("/config").json()
    (loading, *_) = [event["id"] for event in config["dependencies"] if event["targets"][0][1] == "load"]
    view = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "run")
    call = {"fn_index": loading, "component_id": view, "fn_name": "stop", "session_hash": "s", "data": "x"}
    for host in ({}, {"Host": "127.0.0.1?"}, {"Host": "127.0.0.1/gradio_api/queue/join?"}):
        answer = app.logged_in("Vic").post("/gradio_api/component_server", json=call, headers=host)
        assert answer.status_code == 403, host


@pytest.mark.parametrize(
    "way", ["file=http://elsewhere.example/", "file/https://elsewhere.example/", "proxy=https://a.hf.space/"]
)
def test_gradio_fetches_nothing_from_elsewhere(app, way):
    for name in ("Ada", "Vic"):
        answer = app.logged_in(name).get(f"/gradio_api/{way}")
        assert (answer.status_code, answer.json()["detail"][:24]) == (403, "Disputatio fetches nothi")


@pytest.mark.parametrize("index", [True, "0", None, -1, 10**9, 0.5, [0], {"a": 1}])
def test_no_way_of_naming_a_function_gets_around_it(app, index):
    call = {"fn_index": index, "session_hash": "s", "data": []}
    asked = {
        event["id"]: event["targets"] for event in app.logged_in("Ada").get("/config").json()["dependencies"]
    }
    answer = app.logged_in("Vic").post("/gradio_api/queue/join", json=call)
    if index is True:  # which JSON's readers here take for 1
        assert asked[1][0][1] != "click"
    else:
        assert answer.status_code == 403
    for path in ("run/ask", "api/ask", "call/ask", "call/v2/ask", "run/predict"):
        assert app.logged_in("Vic").post(f"/gradio_api/{path}", json=call).status_code == 403


def test_a_session_says_who_it_is(app):
    assert app.logged_in("bob").get("/session").json() == {
        "name": "Bob",
        "role": "annotator",
        "single": False,
    }


def test_a_role_and_a_removal_count_at_once(app):
    accounts = app.record.accounts
    accounts.add("Eve", SECRET)
    eve = app.logged_in("Eve")
    accounts.change_role("Eve", "viewer")
    assert eve.get("/session").json()["role"] == "viewer"
    accounts.remove("Eve")
    assert eve.get("/session").status_code == 401


def test_one_person_alone_is_the_owner(alone):
    visitor = alone.visitor()
    assert visitor.get("/session").json() == {"name": "you", "role": "owner", "single": True}
    assert visitor.post("/record/runs/delete", json={"runs": []}).json() == {"deleted": 0}
    assert visitor.get("/login").headers["location"] == "./"


def test_alone_only_this_machine_is_let_in(alone):
    """Another site's name may come to resolve to this machine (DNS rebinding)."""
    visitor = alone.visitor()
    for host in ("127.0.0.1", "127.0.0.1:7860", "localhost:7860", "LOCALHOST", "[::1]:7860", "127.8.8.8"):
        assert visitor.get("/record/runs", headers={"Host": host}).status_code == 200, host
    for host in ("evil.example", "evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example"):
        for path in ("/", "/record/runs", "/login", "/scripts/run_view.js", "/config"):
            answer = visitor.get(path, headers={"Host": host})
            assert answer.status_code == 421, (host, path)
            assert "disputatio user add" in answer.json()["detail"]
    for host in ("192.168.0.2", "0.0.0.0", "", "[::1"):
        assert visitor.get("/record/runs", headers={"Host": host}).status_code == 421, host


def test_with_users_it_may_have_any_name(app):
    assert app.visitor("https://disputatio.example").get("/login").status_code == 200


def test_the_first_login_counts_at_once(alone):
    visitor = alone.visitor()
    assert visitor.get("/record/runs").status_code == 200
    alone.record.accounts.add("ada", SECRET)
    assert visitor.get("/record/runs").status_code == 401


def test_a_route_without_the_guard_fails_loudly():
    application = FastAPI()
    application.post("/", dependencies=[Depends(require("viewer"))])(lambda: "changed")
    with pytest.raises(RuntimeError, match="no Guard"):
        TestClient(application).post("/")


def test_what_a_model_judge_says_is_the_owners_alone_to_see(app):
    """Else blind annotators could read it, in the run of the judge."""
    judge = run_started("judging", protocol="critique-judge")
    for event in (
        judge,
        run_finished("judging", "helpful"),
        run_started("plain"),
        run_finished("plain", "B"),
    ):
        app.record.recorder.record(event)
    app.record.recorder.flush()
    ways = [
        "/record/runs/judging",
        "/record/runs/judging/page",
        "/record/runs/judging/rendered?call=x",
        "/record/runs/judging/changes?before=x&after=y",
        "/record/export?run=plain&run=judging",
        "/record/compare?column=plain&column=judging~small",
        "/record/compare/run?run=judging",
        "/record/compare/page?column=judging&column=plain",
    ]
    ada = app.logged_in("Ada")
    assert ada.get("/record/runs/judging").json()["status"] == "done"
    assert [run["id"] for run in ada.get("/record/runs?protocol=critique-judge").json()["runs"]] == [
        "judging"
    ]
    assert "critique-judge" in ada.get("/record/facets").json()["protocols"]
    for name in ("Bob", "Vic"):
        other = app.logged_in(name)
        for way in ways:
            answer = other.get(way)
            assert (answer.status_code, "'judging'" in answer.json()["detail"]) == (404, True), way
        assert other.get("/record/runs?protocol=critique-judge").status_code == 403
        assert other.get("/record/facets").json()["protocols"] == ["disputation"]
        assert other.get("/record/runs/plain").json()["status"] == "done"
        assert [run["id"] for run in other.get("/record/runs").json()["runs"]] == ["plain"]
