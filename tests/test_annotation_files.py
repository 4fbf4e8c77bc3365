"""Annotations that leave a record as a file and come back into it, or into another."""

import csv as table
import io
import json

import pytest

from disputed_run import Disputation
from storage.annotation_files import csv, jsonl
from storage.annotation_files.columns import COLUMNS
from storage.annotation_files.entries import Entries
from storage.annotations.annotations import Annotations
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement, NewSpan
from storage.exports.jsonl import export
from storage.imports.annotations import import_annotations
from storage.imports.runs import import_runs
from storage.traces import Traces
from storage_events import record

CRITIC = "critique/small/on/middle"
CRITIQUE = "=It 🧮 adds, it 'should'\nmultiply.\r\nVerdict: wrong"
ANSWER = "reason/middle/0"


def told(found):
    return found.taken, found.already, found.left_out


@pytest.fixture
def annotations(database):
    return Annotations(database)


@pytest.fixture
def queue(recorder, annotations):
    """A queue of six critiques: one with two parts marked, one that says little, one skipped, and a decision."""
    said = dict.fromkeys(Disputation().critiques, CRITIQUE)
    record(recorder, *Disputation(critiques=said).events("one"))
    made = annotations.create_queue("First look", QueueFilters(), per_item=2, anonymous=True)
    items = {item.call: item.id for item in annotations.items(made.id)}
    spans = (
        NewSpan(CRITIC, 0, 10, "hallucinated", "@ann: see, '=1+1'"),
        NewSpan(ANSWER, 2, 9, "wrong"),
    )
    annotations.finish(items[CRITIC], "ann", Judgement("harmful", False, '-1, as "they" say\n\'=', spans))
    annotations.finish(items[CRITIC], "bea", Judgement("helpful", None, "", ()))
    annotations.record_judged(items[CRITIC], "Qwen 1.5B", Judgement("harmless", True, "'quoted'", ()))
    annotations.skip(items["critique/large/on/small"], "ann")
    annotations.decide(items[CRITIC], "ann", Judgement("harmful", None, "It adds.", spans[:1]))
    return made.id


@pytest.fixture
def entries(traces, annotations, queue):
    return list(Entries(traces, annotations).of_queue(queue))


def written(entries, form):
    if form == "csv":
        return csv.read(io.StringIO("".join(csv.written(entries)), newline=""))
    return jsonl.read("".join(jsonl.written(entries)).split("\n"))


def comparable(annotations, queue):
    """What is said in a queue, but for numbers that each record gives anew."""
    fields = (
        "run",
        "call",
        "annotator",
        "kind",
        "model",
        "verdict",
        "followed",
        "comment",
        "spans",
        "updated_at",
    )
    kept = annotations.of_queue(queue)
    return [{name: getattr(one, name) for name in fields} for one in kept], [
        (one.by, one.verdict, one.comment, one.spans, one.at) for one in annotations.decisions(queue)
    ]


def test_an_entry_tells_all_that_is_needed_to_rebuild_the_context(entries):
    assert [entry["annotator"] for entry in entries] == ["ann", "bea", "Qwen 1.5B"]
    ann, _, judge = json.loads(json.dumps(entries))
    assert (ann["verdict"], ann["followed"], ann["kind"], ann["model"]) == ("harmful", False, "human", None)
    assert (judge["kind"], judge["model"]) == ("model", "Qwen 1.5B")
    first, second = ann["spans"]
    assert (first["start"], first["end"], first["quote"]) == (0, 10, CRITIQUE[:10])
    assert (second["call"], second["quote"]) == (ANSWER, "ere are")
    context = ann["context"]
    assert context["critique"]["text"] == CRITIQUE
    assert (context["critique"]["expert"], context["critique"]["model"]) == ("small", "org/small")
    assert (context["target"]["call"], context["target"]["expert"]) == (ANSWER, "middle")
    assert context["refined"]["call"] == "refine/middle/0"
    assert (context["gold"], context["protocol"], context["pool"]) == ("72", "disputation", "pocket")
    assert ann["queue"]["label_schema"]["name"] == "critique"
    assert ann["decision"]["verdict"] == "harmful"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_another_record_that_has_the_run_has_the_annotations_after_the_import(
    form, entries, queue, annotations, traces, elsewhere
):
    import_runs(elsewhere, export(traces, ["one"]))

    found = import_annotations(elsewhere, written(entries, form))

    assert (told(found), found.reasons) == ((3, 0, 0), [])
    there = Annotations(elsewhere)
    assert comparable(there, queue) == comparable(annotations, queue)
    mine, theirs = annotations.queue(queue), there.queue(queue)
    for name in ("title", "filters", "schema", "per_item", "anonymous", "blind", "created_by", "created_at"):
        assert getattr(theirs, name) == getattr(mine, name)
    assert there.refresh(queue) == 5  # the other critiques join the one whose item was made
    assert there.progress(queue, "ann").annotations_done == 2
    again = list(Entries(Traces(elsewhere), there).of_queue(queue))
    assert again == entries
    assert told(import_annotations(elsewhere, written(entries, form))) == (0, 3, 0)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_what_is_there_already_is_neither_changed_nor_doubled(form, entries, queue, annotations, database):
    before = comparable(annotations, queue)
    found = import_annotations(database, written(entries, form))
    assert (told(found), found.reasons) == ((0, 3, 0), [])
    assert comparable(annotations, queue) == before


def test_a_record_without_the_run_says_that_it_is_missing(entries, elsewhere):
    found = import_annotations(elsewhere, written(entries, "jsonl"))
    assert told(found) == (0, 0, 3)
    assert [one.line for one in found.reasons] == [1, 2, 3]
    assert "run one is not in this record" in found.reasons[0].reason
    assert Annotations(elsewhere).queues() == ()


def test_annotations_of_another_text_are_left_out(entries, elsewhere, traces):
    lines = list(export(traces, ["one"]))
    import_runs(elsewhere, [line.replace("it 'should'", "it 'shall'") for line in lines])
    found = import_annotations(elsewhere, written(entries, "jsonl"))
    assert told(found) == (0, 0, 3)
    assert "is not the one that was judged" in found.reasons[0].reason
    assert Annotations(elsewhere).queues() == ()


def test_what_somebody_says_here_stays_where_the_file_says_otherwise(entries, queue, annotations, database):
    before = comparable(annotations, queue)
    entries[1]["verdict"] = "harmless"
    entries[2]["decision"]["comment"] = "It multiplies."
    found = import_annotations(database, written(entries, "jsonl"))
    assert told(found) == (0, 2, 1)
    assert [(one.line, one.reason.split()[-1]) for one in found.reasons] == [(2, "stays."), (3, "stays.")]
    assert comparable(annotations, queue) == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": "disputatio-annotation/9"}, "format is not right"),
        ({"verdict": "splendid"}, "verdict is not right"),
        ({"kind": "model"}, "names its model"),
        ({"annotator": ""}, "annotator is not right"),
        ({"run": "../../one"}, "run is not right"),
        ({"call": "critique/small/on/nobody"}, "no finished call"),
        ({"stale": True}, "had changed"),
        ({"verdict": None, "followed": None, "comment": "", "spans": []}, "Nothing is said"),
        ({"spans": [{"call": ANSWER, "start": 2, "end": 9, "label": "wrong"}]}, "quote is not right"),
        ({"queue": None}, "only about an item of a queue"),
        ({"created_at": 1e300}, "created_at is not right"),
        ({"updated_at": -1.0}, "updated_at is not right"),
    ],
)
def test_a_line_that_is_not_right_is_told_and_the_others_are_taken(
    change, reason, entries, traces, elsewhere
):
    import_runs(elsewhere, export(traces, ["one"]))
    found = import_annotations(elsewhere, written([entries[0] | change, *entries[1:]], "jsonl"))
    assert told(found) == (2, 0, 1)
    assert (found.reasons[0].line, reason in found.reasons[0].reason) == (1, True), found.reasons


def test_a_part_that_does_not_read_as_it_was_marked_is_left_out(entries, traces, elsewhere):
    import_runs(elsewhere, export(traces, ["one"]))
    entries[0]["spans"][0]["start"] = 1
    found = import_annotations(elsewhere, written(entries, "jsonl"))
    assert told(found) == (2, 0, 1)
    assert "is not the one in which" in found.reasons[0].reason


def test_no_cell_of_the_table_is_a_formula(entries):
    text = "".join(csv.written(entries))
    rows = list(table.DictReader(io.StringIO(text, newline="")))

    assert list(rows[0]) == list(COLUMNS)
    assert [(row["annotator"], row["span_label"]) for row in rows] == [
        ("ann", "hallucinated"),
        ("ann", "wrong"),
        ("bea", ""),
        ("Qwen 1.5B", ""),
    ]
    assert rows[0]["critique_text"] == f"'{CRITIQUE}"
    assert rows[0]["comment"].startswith("'-1")
    assert rows[0]["span_comment"].startswith("'@ann")
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_lone_carriage_return_begins_no_row(recorder, traces, annotations, elsewhere):
    """A spreadsheet would take what stands after it for the first cell of a row, and that for a formula."""
    said = dict.fromkeys(Disputation().critiques, "It\r=1+1")
    record(recorder, *Disputation(critiques=said).events("one"))
    queue = annotations.create_queue("q", QueueFilters(), annotators=["ann"]).id
    item = annotations.next(queue, "ann").id
    annotations.finish(
        item, "ann", Judgement("helpful", None, "a\r=2+2", (NewSpan("critique", 0, 5, "vague"),))
    )
    entries = list(Entries(traces, annotations).of_queue(queue))
    assert '"It\r=1+1"' in "".join(csv.written(entries))

    import_runs(elsewhere, export(traces, ["one"]))
    assert told(import_annotations(elsewhere, written(entries, "csv"))) == (1, 0, 0)
    assert comparable(Annotations(elsewhere), queue) == comparable(annotations, queue)


def test_more_than_were_wanted_may_come_and_be_changed(entries, queue, traces, elsewhere):
    import_runs(elsewhere, export(traces, ["one"]))
    further = [entries[1] | {"annotator": name} for name in ("cid", "dan")]
    assert told(import_annotations(elsewhere, written([*entries, *further], "jsonl"))) == (5, 0, 0)
    there = Annotations(elsewhere)
    before = there.progress(queue, "cid")
    assert (before.done, before.annotations_done) == (1, 2)
    (item,) = [item.id for item in there.items(queue) if item.call == CRITIC]
    there.finish(item, "cid", Judgement("harmful"))
    assert there.progress(queue, "cid") == before


@pytest.mark.parametrize("text", ["", "run,call\none,two\n", 'a,b\n"', "\x00\x01", "{}\n[]\n"])
def test_a_file_that_is_no_table_of_annotations_is_told(text, database):
    found = import_annotations(database, csv.read(io.StringIO(text)))
    assert told(found) == (0, 0, 1)
    assert "no table of annotations" in found.reasons[0].reason
