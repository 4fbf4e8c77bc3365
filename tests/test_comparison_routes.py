"""Comparisons over HTTP, and the page that is made of one."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from disputed_run import CRITIQUE, Disputation
from hostile.runs import hostile_disputations
from hostile.texts import SHORT
from solved_run import Solving
from storage.text import storable
from storage_events import record
from test_page_export import FETCHING, Document
from ui.accounts.person import ALONE, person
from ui.comparison import comparison_routes
from ui.refusals import tell_refusals


@pytest.fixture
def client(traces):
    application = FastAPI()
    application.dependency_overrides[person] = lambda: ALONE
    tell_refusals(application)
    application.include_router(comparison_routes(traces))
    return TestClient(application)


def asked(client, part, *columns, **more):
    return client.get(f"/record/compare{part}", params={"column": columns, **more})


def test_the_skeleton_has_no_texts(client, recorder):
    record(recorder, *Disputation().events("a"), *Solving(question="Another?").events("b"))
    answer = asked(client, "", "a", "b~solver")
    found = answer.json()
    assert CRITIQUE.splitlines()[0] not in answer.text
    assert [column["name"] for column in found["columns"]] == ["a", "b~solver"]
    assert not found["same_question"]
    assert [one["runs"] for one in found["questions"]] == [["a"], ["b"]]
    assert found["people"]["a"]["large"] == {"expert": "large", "title": "Large 1.5B", "place": 2}


def test_a_run_offers_those_who_took_part_as_columns(client, recorder):
    record(recorder, *Disputation().events("a"), *Solving(question="Another?").events("b"))
    experts = [expert["name"] for expert in client.get("/record/compare/run?run=a").json()["experts"]]
    assert experts == ["small", "middle", "large"]
    alone = client.get("/record/compare/run?run=b").json()
    assert (alone["question"], alone["answer"]) == ("Another?", "72")
    assert alone["experts"] == [{"name": "solver", "title": "Solver 1.5B", "place": 0}]
    assert client.get("/record/compare/run?run=c").status_code == 404


def test_a_row_has_its_texts_by_sentence(client, recorder):
    record(recorder, *Disputation().events("a"))
    (row,) = [r for r in asked(client, "", "a~small", "a~large").json()["rows"] if r["label"] == "reasoning"]
    assert row["cells"][0]["characters"] == len(Disputation().reasons["small"][0])
    found = asked(client, "/row", "a~small", "a~large", row=row["id"]).json()
    first, other = found["cells"]
    assert [first["text"], other["text"]] == [Disputation().reasons[name][0] for name in ("small", "large")]
    assert [first["text"][s["start"] : s["end"]] for s in first["sentences"]] == [
        "There are 8 crates of 9 jars.\n\n",
        "So $8 \\times 9 = 71$ jars in all.\n\n",
        "The answer is \\boxed{71}",
    ]
    assert [group["contradiction"] for group in found["groups"]] == [None, "number", "number"]
    assert found["groups"][0] == {"id": 0, "members": [[0, 0], [1, 0]], "equal": True, "contradiction": None}


def test_facts_have_no_text_and_a_run_without_a_writer_has_its_own(client, recorder):
    record(recorder, *Disputation().events("a"), *Solving().events("b"))
    rows = asked(client, "", "a", "b").json()["rows"]
    recruiting, answer = rows[0], rows[-1]
    assert recruiting["cells"][0]["facts"][0] == {"label": "skills", "value": "multiplication, word problem"}
    assert asked(client, "/row", "a", "b", row=recruiting["id"]).json() == {
        "cells": [None, None],
        "groups": [],
    }
    assert (answer["cells"][1]["call"], answer["cells"][1]["answer"]) == (None, "72")
    texts = [cell["text"] for cell in asked(client, "/row", "a", "b", row=answer["id"]).json()["cells"]]
    assert texts == [Disputation().text, Solving().samples[1].text]


def test_differences_between_columns_and_by_refinement(client, recorder):
    record(recorder, *Disputation().events("a"))
    rows = {row["label"]: row["id"] for row in asked(client, "", "a~small", "a~middle").json()["rows"]}
    found = asked(client, "/diff", "a~small", "a~middle", row=rows["reasoning"], left=1, right=0).json()
    assert {part["kind"] for part in found} == {"same", "added", "removed"}
    before, after = (Disputation().reasons["middle"][0], Disputation().refined["middle"][0])
    found = asked(client, "/refined", "a~middle", row=rows["refinement"]).json()
    assert "".join(part["text"] for part in found if part["kind"] != "added").split() == before.split()
    assert "".join(part["text"] for part in found if part["kind"] != "removed").split() == after.split()
    stood = asked(client, "/refined", "a~small", "a~middle", row=rows["refinement"], at=0).json()
    assert [part["kind"] for part in stood] == ["same"]


@pytest.mark.parametrize(
    ("part", "columns", "more", "status"),
    [
        ("", ["a"], {}, 400),
        ("", ["a", "a"], {}, 400),
        ("", ["a", "b"], {}, 404),
        ("", ["a", "a~nobody"], {}, 404),
        ("/row", ["a", "a~small"], {"row": "nothing"}, 404),
        ("/diff", ["a", "a~small"], {"row": "recruit.0.-1.-1.0"}, 404),
        ("/refined", ["a", "a~small"], {"row": "answer.0.-1.-1.0"}, 404),
        ("/diff", ["a", "a~small"], {"row": "answer.0.-1.-1.0", "right": 7}, 404),
        ("/diff", ["a", "a~small"], {"row": "answer.0.-1.-1.0", "left": -1}, 422),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(client, recorder, part, columns, more, status):
    record(recorder, *Disputation().events("a"))
    answer = asked(client, part, *columns, **more)
    assert answer.status_code == status
    assert answer.json()["detail"].endswith(".")


def test_the_page_tells_the_comparison(client, recorder):
    record(recorder, *Disputation().events("a"))
    answer = asked(client, "/page", "a~small", "a~middle")
    assert 'filename="disputatio-comparison.html"' in answer.headers["content-disposition"]
    found = Document(answer.text)
    assert found.inside("question") == "A cart holds 8 crates of 9 jars. How many jars does it hold?"
    assert "wrong→right after the critique of Small 135M (wrong), Large 1.5B (wrong)" in found.inside("minds")
    assert "So $8 \\times 9 = 71$ jars in all." in found.inside("text")
    outlined = [attrs for tag, attrs in found.found if "data-contradiction" in attrs]
    assert {attrs["data-contradiction"] for attrs in outlined} >= {"number"}
    assert "71 ✗ wrong" in found.inside("summary")
    policy = next(
        attrs["content"] for tag, attrs in found.found if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "prefers-color-scheme: dark" in answer.text


def test_hostile_texts_are_only_text_on_the_page(client, recorder):
    columns = []
    for number, said in enumerate(hostile_disputations()):
        record(recorder, *said.events(f"r{number}"))
        columns.append(f"r{number}")
    told = []
    for pair in zip(columns[::2], [*columns[1::2], columns[0]], strict=False):
        found = Document(asked(client, "/page", *pair).text)
        told.append(found.inside("text"))
        for tag, attrs in found.found:
            assert tag not in FETCHING | {"script", "template", "noscript"}
            assert not any(name.startswith("on") or name in ("src", "href", "srcset") for name in attrs)
    together = " ".join(told)
    for name in ("script", "image"):
        assert all(" ".join(storable(text).split()) in together for key, text in SHORT.items() if name in key)
