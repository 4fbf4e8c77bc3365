"""What a comparison tells of its columns: experts that answer several times, runs that went wrong, and questions."""

import pytest

from disputed_run import Disputation
from engine.events import CallFailed, CandidateChosen, TextRewritten, TextSplit
from solved_run import Solving
from storage_events import record, run_finished, run_started
from telling import Telling
from ui.comparison.column_name import ColumnName
from ui.comparison.comparison import compare
from ui.comparison.difference import refinement
from ui.comparison.sides import texts
from ui.comparison.summary import summary

CHECKED = "It is 51 metres high. Its lamp burned oil."
MENDED = "It is 38 metres high. Its lamp burned oil."


@pytest.fixture
def compared(recorder, traces):
    """Records runs by their names and compares columns of them."""

    def told(columns, **runs):
        for said in runs.values():
            record(recorder, *said)
        return compare(traces, [ColumnName.read(name) for name in columns])

    return told


def mended(run, target):
    """The events of a run of MAMM-Refine that mends a text, which call `target` wrote, or nobody."""
    telling = Telling(
        run, 1_764_000_000.0, ["recruit", "reason", "detect", "critique", "refine"], {"small": "Small"}
    )
    events = [telling.started("Check it.", None, "mamm-refine", {})]
    if target:
        events += [telling.step("reason"), *telling.call(target, "small", CHECKED)]
    events += [telling.step("detect"), telling.told(TextSplit, text=CHECKED, sentences=[], call=target)]
    events.append(telling.step("refine"))
    for number in (0, 1):
        events += telling.call(f"refine/{number}", "small", '{"sentence_1": "It is 38 metres high."}', target)
    names = ["refine/0", "refine/1"]
    choice = {"subject": "refine", "candidates": names, "chosen": names[1], "rounds": 1, "agreed": True}
    events.append(telling.told(CandidateChosen, **choice))
    events.append(telling.told(TextRewritten, text=MENDED, call=names[1]))
    return [*events, telling.finished(None, MENDED, None, {})]


def test_an_expert_that_answers_several_times_holds_the_answer_of_its_run(compared):
    found = compared(["a~solver", "b~large"], a=Solving().events("a"), b=Disputation().events("b"))
    solver, large = found.columns
    assert [position.answer for position in solver.positions] == ["71", "72", "17", "71"]
    assert (solver.answer, solver.correct, solver.agreement) == ("72", True, True)
    assert (large.answer, large.agreement) == ("72", True)


def test_only_those_who_took_part_are_offered_as_columns(compared):
    found = compared(["a", "b~small"], a=Solving().events("a"), b=Disputation().events("b")).as_json()
    assert list(found["people"]["a"]) == ["solver"]  # the pool has another, and reward models wrote no text
    assert set(found["people"]["b"]) == {"small", "middle", "large"}


def test_what_the_aggregator_failed_to_write_is_answered_by_the_run(compared):
    events = Disputation().events("a")
    at = (
        max(place for place, event in enumerate(events) if getattr(event, "call", "") == "answer/aggregator")
        - 1
    )
    failed = CallFailed(
        run="a", at=events[at].at, call="answer/aggregator", message="It is down.", seconds=1.0
    )
    found = compared(["a", "b"], a=[*events[:at], failed, events[-1]], b=Disputation().events("b"))
    rows = [
        [cell and cell["call"] for cell in row["cells"]]
        for row in found.as_json()["rows"]
        if row["step"] == "answer"
    ]
    assert rows == [[None, "answer/aggregator"], ["answer/aggregator", None]]


def test_a_column_says_how_its_run_ended_and_which_texts_nobody_writes_any_more(compared):
    events = Disputation(outcome="stopped").events("a")
    cut = (
        next(place for place, event in enumerate(events) if getattr(event, "call", "") == "reason/small/0")
        + 1
    )
    found = compared(["a", "b"], a=[*events[:cut], events[-1]], b=Disputation().events("b"))
    (row,) = [row for row in found.as_json()["rows"] if row["label"] == "reasoning" and row["cells"][0]]
    assert [cell["status"] for cell in row["cells"]] == ["interrupted", "done"]
    (state,) = [line for line in summary(found.columns) if line.label == "state"]
    assert [value.text for value in state.values] == ["stopped", "done"]


def test_of_two_refinements_that_hold_the_same_the_second_repeats(compared):
    telling = Telling("a", 1_764_000_000.0, ["reason", "refine", "answer"], {"small": "Small"})
    events = [telling.started("How many?", "72", "disputation", {}), telling.step("reason")]
    events += [*telling.call("reason/small/0", "small", "It holds 72."), telling.step("refine")]
    names = ["refine/1/small/0", "refine/1/small/1"]
    for name in names:
        events += telling.call(name, "small", "It does hold 72.", "reason/small/0")
        events.append(telling.answered(name, "small", "72", "72", changed=False))
    chosen = {
        "subject": "refine/1/small",
        "candidates": names[:1],
        "chosen": names[0],
        "rounds": 0,
        "agreed": True,
    }
    events += [telling.told(CandidateChosen, **chosen), telling.finished("72", "It does hold 72.", "72", {})]
    found = compared(["a", "b"], a=events, b=Disputation().events("b"))
    titles = [row.title for row in found.rows if row.key.kind == "refine" and row.cells[0]]
    assert titles == ["refinement \N{MIDDLE DOT} Small", "refinement, the same again \N{MIDDLE DOT} Small"]
    assert [position.call for position in found.columns[0].positions] == names[:1]


def test_other_choices_or_another_document_make_another_question(compared):
    same = Disputation(choices=("three", "four"))
    found = compared(
        ["a", "b", "c"],
        a=same.events("a"),
        b=same.events("b"),
        c=Disputation(choices=("four", "three")).events("c"),
    ).as_json()
    assert not found["same_question"]
    assert [(one["choices"], one["runs"]) for one in found["questions"]] == [
        (("three", "four"), ("a", "b")),
        (("four", "three"), ("c",)),
    ]


def test_another_text_to_check_makes_another_question(compared):
    texts = {"a": "It is tall.", "b": "It is old.", "c": "It is tall."}
    runs = {
        run: [run_started(run, "Check it.", of={"draft": text}), run_finished(run)]
        for run, text in texts.items()
    }
    found = compared(list(runs), **runs).as_json()
    assert [(one["draft"], one["runs"]) for one in found["questions"]] == [
        ("It is tall.", ("a", "c")),
        ("It is old.", ("b",)),
    ]


def test_of_a_run_that_goes_on_counts_what_it_told_since(compared):
    events = Disputation(ends=False).events("a")
    found = compared(["a", "b"], a=[*events, events[0]], b=Disputation().events("b"))
    assert [len(column.positions) for column in found.columns] == [0, 6]


@pytest.mark.parametrize("target", ["reason/small/0", None])
def test_a_mended_text_is_compared_with_what_it_became(compared, traces, target):
    found = compared(["a", "b"], a=mended("a", target), b=mended("b", target))
    chosen, other = [row for row in found.rows if row.key.kind == "refine"]
    assert [row.cells[0].refines for row in (chosen, other)] == [True, False]
    told = refinement(traces, chosen, 0)
    assert "".join(part["text"] for part in told if part["kind"] != "added") == CHECKED
    assert "".join(part["text"] for part in told if part["kind"] != "removed") == MENDED
    assert texts(traces, chosen) == [MENDED, MENDED]
    assert texts(traces, other) == ["Sentence 1: It is 38 metres high."] * 2


def test_a_refinement_is_compared_without_its_thinking(compared, traces):
    reasons = {"small": ("<think>Is it 7? Or 8?</think>It is 71 jars in all.", "71")}
    refined = {"small": ("<think>They say that I am wrong.</think>It is 72 jars in all.", "72")}
    said = Disputation(reasons=reasons, critiques={("large", "small"): "No."}, refined=refined)
    found = compared(["a", "b"], a=said.events("a"), b=said.events("b"))
    (row,) = [row for row in found.rows if row.key.kind == "refine"]
    assert refinement(traces, row, 0) == [
        {"kind": "same", "text": "It is"},
        {"kind": "removed", "text": " 71"},
        {"kind": "added", "text": " 72"},
        {"kind": "same", "text": " jars in all."},
    ]
