"""What stands beside what: the rows of comparisons within a run, between runs, and between protocols."""

import pytest

from disputed_run import Disputation
from engine.events import CandidateChosen
from reranked_run import RerankedDisputation
from solved_run import Solving
from storage_events import record
from telling import Telling
from ui.comparison.column_name import ColumnName, column_names
from ui.comparison.comparison import compare
from ui.comparison.errors import ColumnsUnfit, UnknownExpert

TITLES = {"small": "Small 135M", "middle": "Middle 0.5B", "large": "Large 1.5B"}


@pytest.fixture
def table(recorder, traces):
    """Records runs by their names, and tells the rows of a comparison: label, round, and each cell's call."""

    def told(columns, **runs):
        for run, said in runs.items():
            record(recorder, *(said if isinstance(said, list) else said.events(run)))
        found = compare(traces, [ColumnName.read(name) for name in columns]).as_json()
        return [
            (
                row["label"],
                row["round"],
                *(cell and (cell["call"] or bool(cell["facts"])) for cell in row["cells"]),
            )
            for row in found["rows"]
        ]

    return told


def sampled(run, expert, samples=2):
    """The events of a run of self-consistency."""
    telling = Telling(run, 1_764_000_000.0, ["reason", "answer"], {expert: expert.capitalize()})
    events = [telling.started("How many?", "72", "self-consistency", {"k": samples}), telling.step("reason")]
    for number in range(samples):
        events += telling.call(f"reason/{expert}/{number}", expert, "It holds 72.")
        events.append(telling.answered(f"reason/{expert}/{number}", expert, "72", "72"))
    return [*events, telling.step("answer"), telling.finished("72", "It holds 72.", "72", {expert: True})]


def checked(run):
    """The events of a run of MAMM-Refine, in which one sentence is wrong; one vote, and two candidates twice."""
    telling = Telling(
        run, 1_764_000_000.0, ["recruit", "reason", "detect", "critique", "refine"], {"small": "Small"}
    )
    events = [telling.started("Check it.", None, "mamm-refine", {}), telling.step("detect")]
    events += telling.call("detect/1/1/small", "small", '{"answer": "no"}')
    for step, subject in (("critique", "critique/1"), ("refine", "refine")):
        events.append(telling.step(step))
        for number in (0, 1):
            events += telling.call(f"{subject}/{number}", "small", f"Said {number}.")
        events += telling.call(f"rerank/{subject}/1/small", "small", '{"answer": "2"}')
        candidates = [f"{subject}/{number}" for number in (0, 1)]
        chosen = {
            "subject": subject,
            "candidates": candidates,
            "chosen": candidates[1],
            "rounds": 1,
            "agreed": True,
        }
        events.append(telling.told(CandidateChosen, **chosen))
    return [*events, telling.finished(None, "Said 1.", None, {})]


def test_traces_of_one_run_stand_step_by_step(table):
    assert table(["a~small", "a~large"], a=Disputation()) == [
        ("recruiting", 0, True, True),
        ("reasoning", 0, "reason/small/0", "reason/large/0"),
        ("critique of Middle 0.5B", 1, "critique/small/on/middle", "critique/large/on/middle"),
        ("critique of Large 1.5B", 1, "critique/small/on/large", None),
        ("critique of Small 135M", 1, None, "critique/large/on/small"),
        ("critiqued by Middle 0.5B", 1, "critique/middle/on/small", "critique/middle/on/large"),
        ("critiqued by Large 1.5B", 1, "critique/large/on/small", None),
        ("critiqued by Small 135M", 1, None, "critique/small/on/large"),
        ("refinement", 1, "refine/small/0", "refine/large/0"),
        ("answer", 0, "answer/aggregator", "answer/aggregator"),
    ]


def test_whole_runs_stand_expert_by_expert_wherever_they_were_recruited(table):
    turned = {name: TITLES[name] for name in ("large", "middle")}
    reasons = dict.fromkeys(turned, ("So it is 72.", "72"))
    other = Disputation(
        titles=turned, reasons=reasons, refined=reasons, critiques={("large", "middle"): "Sound."}
    )
    found = table(["a", "b"], a=Disputation(), b=other)
    assert [row for row in found if row[0] == "reasoning"] == [
        ("reasoning", 0, "reason/small/0", None),
        ("reasoning", 0, "reason/middle/0", "reason/middle/0"),
        ("reasoning", 0, "reason/large/0", "reason/large/0"),
    ]
    assert ("critique of Middle 0.5B", 1, "critique/large/on/middle", "critique/large/on/middle") in found
    assert ("critique of Middle 0.5B", 1, "critique/small/on/middle", None) in found


def test_experts_of_runs_that_share_none_stand_by_rank(table):
    titles = {"ann": "Ann", "bob": "Bob"}
    said = dict.fromkeys(titles, ("So it is 72.", "72"))
    other = Disputation(titles=titles, reasons=said, refined=said, critiques={("ann", "bob"): "Sound."})
    found = table(["a", "b"], a=Disputation(), b=other)
    assert ("reasoning", 0, "reason/small/0", "reason/ann/0") in found
    assert ("reasoning", 0, "reason/middle/0", "reason/bob/0") in found
    assert ("critique", 1, "critique/small/on/middle", "critique/ann/on/bob") in found


def test_rounds_votes_and_candidates(table):
    found = table(["a~small", "a~middle"], a=RerankedDisputation(rounds=2))
    refined = [row for row in found if row[0].startswith("refinement")]
    assert refined == [
        ("refinement", 1, "refine/1/small/1", "refine/1/middle/1"),
        ("refinement, not chosen", 1, "refine/1/small/0", "refine/1/middle/0"),
        ("refinement", 2, "refine/2/small/1", "refine/2/middle/1"),
        ("refinement, not chosen", 2, "refine/2/small/0", "refine/2/middle/0"),
    ]
    assert [row[1] for row in found] == [*sorted(row[1] for row in found[:-1]), 0]
    assert not any("rerank" in str(cell) for row in found for cell in row)


def test_samples_reviews_and_refinements_of_a_solver(table):
    found = table(["a", "b"], a=Solving(rounds=1), b=Solving())
    assert found[:2] == [
        ("reasoning", 0, "reason/solver/0", "reason/solver/0"),
        ("reasoning 2", 0, "reason/solver/1", "reason/solver/1"),
    ]
    assert ("feedback 2", 1, "review/1/1", None) in found
    assert ("refinement 4", 1, "refine/1/3", None) in found
    assert found[-1] == ("answer", 0, False, False)
    assert not any("reward" in str(cell) for row in found for cell in row)


def test_a_trace_beside_a_run_of_another_protocol_and_of_others(table):
    found = table(["b", "a~large"], a=Disputation(), b=sampled("b", "ann"))
    assert ("reasoning", 0, "reason/ann/0", "reason/large/0") in found
    assert ("reasoning 2", 0, "reason/ann/1", None) in found
    assert ("refinement", 1, None, "refine/large/0") in found
    assert found[-1] == ("answer", 0, False, "answer/aggregator")


def test_a_checked_text_has_its_critiques_by_sentence_and_no_votes(table):
    assert table(["a", "b"], a=checked("a"), b=checked("b")) == [
        ("critique of sentence 2", 1, "critique/1/1", "critique/1/1"),
        ("critique of sentence 2, not chosen", 1, "critique/1/0", "critique/1/0"),
        ("refinement", 1, "refine/1", "refine/1"),
        ("refinement, not chosen", 1, "refine/0", "refine/0"),
        ("answer", 0, False, False),
    ]


def test_who_changed_the_answer_after_whose_critique(recorder, traces):
    record(recorder, *Disputation().events("a"))
    record(recorder, *RerankedDisputation(rounds=1).events("b"))
    run, chosen = compare(traces, [ColumnName("a"), ColumnName("b", "small")]).as_json()["columns"]
    (change,) = run["changes"]
    assert (change["expert"], change["round"], change["from"], change["to"]) == ("middle", 1, "70", "72")
    assert change["kind"] == "wrong→right"
    assert [(critic["expert"], critic["verdict"]) for critic in change["critics"]] == [
        ("small", "wrong"),
        ("large", "wrong"),
    ]
    assert [position["answer"] for position in chosen["positions"]] == ["71", "72"]
    assert [critic["expert"] for critic in chosen["changes"][0]["critics"]] == [
        "middle"
    ]  # the chosen critique's


def test_what_stands_above_a_trace_and_a_run(recorder, traces):
    record(recorder, *Disputation().events("a"))
    expert, run = compare(traces, [ColumnName("a", "small"), ColumnName("a")]).as_json()["columns"]
    assert (expert["title"], expert["answer"], expert["correct"], expert["agreement"]) == (
        "Small 135M",
        "71",
        False,
        False,
    )
    # reason, 2 critiques and refine, of 120 tokens and 3 s each
    assert (expert["tokens"], expert["prompt_tokens"], expert["seconds"]) == (480, 320, 12.0)
    assert expert["critiques_given"] == {"right": 0, "wrong": 2, "unclear": 0} == expert["critiques_received"]
    assert expert["suitability"] == pytest.approx(-0.2)
    assert [skill["score"] for skill in expert["skills"]] == [-1.0, -1.0]
    assert (run["title"], run["expert"], run["place"], run["answer"]) == ("Disputation", None, -1, "72")
    assert run["agreement"] == {"agree": 2, "of": 3}
    assert run["critiques_given"] == {"right": 0, "wrong": 6, "unclear": 0}


def test_rewards_are_told_by_solution(recorder, traces):
    record(recorder, *Solving().events("a"))
    record(recorder, *Disputation().events("b"))
    column, _ = compare(traces, [ColumnName("a", "solver"), ColumnName("b")]).as_json()["columns"]
    assert [(one["call"], round(one["reward"], 3), one["outcome"]) for one in column["rewards"]][:2] == [
        ("reason/solver/0", 0.58, 0.4),
        ("reason/solver/1", 1.584, 0.9),
    ]


def test_columns_that_cannot_be_compared_are_refused(recorder, traces):
    record(recorder, *Disputation().events("a"))
    for asked in (["a"], ["a", "a"], ["a~small", "a~small"], list("abcde")):
        with pytest.raises(ColumnsUnfit):
            column_names(asked)
    with pytest.raises(UnknownExpert, match="nobody"):
        compare(traces, [ColumnName("a"), ColumnName("a", "nobody")])
