"""Narrowing lists of runs, what they can be narrowed by, and how quick experts were."""

from storage.records import ExpertName
from storage_events import (
    call_failed,
    call_finished,
    call_queued,
    one_of_each,
    record,
    recruited,
    run_finished,
    run_started,
)


def ids(page):
    return [run.id for run in page.runs]


def test_filters_narrow_alone_and_together(recorder, traces):
    record(recorder, run_started("a"), recruited("a", "small", "large"), run_finished("a"))
    record(recorder, run_started("b", protocol="symbolic-moe"), recruited("b", "large"), run_finished("b"))
    record(
        recorder, run_started("c", pool="paper"), recruited("c", "small"), run_finished("c", outcome="failed")
    )
    record(recorder, run_started("d", "Of pears"), recruited("d", "small", "small"))
    assert ids(traces.page(protocol="symbolic-moe")) == ["b"]
    assert ids(traces.page(pool="paper")) == ["c"]
    assert ids(traces.page(status="done")) == ["b", "a"]
    assert ids(traces.page(status="running")) == ["d"]
    assert ids(traces.page(expert="small")) == ["d", "c", "a"]
    assert ids(traces.page(expert="small", status="done", pool="pocket", protocol="disputation")) == ["a"]
    assert ids(traces.page("apples", expert="small")) == ["c", "a"]
    assert ids(traces.page("apples", status="failed")) == ["c"]
    assert ids(traces.page(status="no such")) == ids(traces.page(expert="no such")) == []
    page = traces.page("apples", expert="large", limit=1)
    assert ids(page) + ids(traces.page("apples", expert="large", before=page.next)) == ["b", "a"]


def test_runs_are_narrowed_to_right_wrong_and_unknown_ones(recorder, traces):
    record(recorder, run_started("right"), run_finished("right", correct=True))
    record(recorder, run_started("wrong"), run_finished("wrong", correct=False))
    record(recorder, run_started("no gold", gold=None), run_finished("no gold", correct=None))
    record(recorder, run_started("not yet"))
    assert ids(traces.page(correct="right")) == ["right"]
    assert ids(traces.page(correct="wrong")) == ["wrong"]
    assert ids(traces.page(correct="unknown")) == ["not yet", "no gold"]
    known = {run.id: run.gold_known for run in traces.page().runs}
    assert known == {"right": True, "wrong": True, "no gold": False, "not yet": True}


def test_runs_are_narrowed_to_a_time(recorder, traces):
    record(recorder, *(run_started(f"r{at}", at=float(at)) for at in (100, 200, 300)))
    assert ids(traces.page(since=200.0)) == ["r300", "r200"]
    assert ids(traces.page(until=200.0)) == ["r100"]
    assert ids(traces.page(since=150.0, until=250.0)) == ["r200"]
    assert ids(traces.page("apples", since=0.0, until=250.0)) == ["r200", "r100"]
    assert ids(traces.page(since=0.0)) == ["r300", "r200", "r100"]


def test_runs_are_narrowed_to_tags_and_notes(recorder, traces, curation):
    record(recorder, run_started("a"), run_started("b"), run_started("c", "Of pears"))
    curation.mark("a", tags=["homework", "to discuss"])
    curation.mark("c", tags=["homework"], note="Look again.")
    assert ids(traces.page(tag="homework")) == ["c", "a"]
    assert ids(traces.page(tag="to discuss")) == ["a"]
    assert ids(traces.page(tag="home")) == []
    assert ids(traces.page(noted=True)) == ["c"]
    assert ids(traces.page(noted=False)) == ["c", "b", "a"]
    assert ids(traces.page("apples", tag="homework")) == ["a"]
    assert ids(traces.page("apples", tag="homework", noted=True)) == []


def test_a_filter_that_is_empty_asks_for_nothing(recorder, traces):
    record(recorder, run_started("r"))
    nothing = dict.fromkeys(("status", "protocol", "pool", "expert", "correct", "tag"), "")
    assert ids(traces.page(**nothing)) == ids(traces.page("apples", **nothing)) == ["r"]


def test_pages_of_a_narrowed_search_follow_without_gap_or_overlap(recorder, traces):
    for number in range(12):
        pool = "paper" if number % 3 else "pocket"
        record(recorder, run_started(f"r{number}", at=1000.0 + number, pool=pool))
    seen, cursor = [], None
    while True:
        page = traces.page("apples", pool="paper", since=1002.0, before=cursor, limit=2)
        seen += ids(page)
        cursor = page.next
        if cursor is None:
            break
    assert seen == ["r11", "r10", "r8", "r7", "r5", "r4", "r2"]


def test_facets_are_what_occurs_in_kept_runs(recorder, traces, curation):
    assert traces.facets().experts == traces.facets().tags == traces.facets().pools == ()
    known = [{"name": "small", "title": "The Small One"}, {"name": "large", "title": "A Large One"}]
    record(recorder, run_started("a", experts=known), recruited("a", "small", "large"))
    record(recorder, run_started("b", protocol="symbolic-moe", pool="paper"), recruited("b", "elsewhere"))
    curation.mark("a", tags=["zebra", "apple"])
    curation.mark("b", tags=["apple"])
    facets = traces.facets()
    assert (facets.protocols, facets.pools) == (("disputation", "symbolic-moe"), ("paper", "pocket"))
    assert facets.experts == (
        ExpertName("large", "A Large One"),
        ExpertName("elsewhere", "elsewhere"),
        ExpertName("small", "The Small One"),
    )
    assert facets.tags == ("apple", "zebra")
    curation.delete(["a"])
    facets = traces.facets()
    assert (facets.protocols, facets.pools, facets.tags) == (("symbolic-moe",), ("paper",), ("apple",))
    assert facets.experts == (ExpertName("elsewhere", "elsewhere"),)


def test_an_expert_is_called_what_its_newest_run_calls_it(recorder, traces):
    for title in ("Before", "Since"):
        known = [{"name": "small", "title": title}]
        record(recorder, run_started(title, experts=known), recruited(title, "small"))
    assert traces.facets().experts == (ExpertName("small", "Since"),)
    assert [run.experts[0].title for run in traces.page().runs] == ["Since", "Before"]


def test_speeds_are_of_finished_calls_on_the_runtime(recorder, traces, curation):
    record(
        recorder,
        run_started("a", runtime="vllm"),
        call_queued("a", "x"),
        call_finished("a", "x", "t", tokens=30),
    )
    record(recorder, call_queued("a", "y", "large"), call_failed("a", "y"), call_queued("a", "z", "large"))
    record(
        recorder,
        run_started("b", runtime="vllm"),
        call_queued("b", "x"),
        call_finished("b", "x", "t", tokens=60),
    )
    record(recorder, run_started("c"), call_queued("c", "x"), call_finished("c", "x", "t", tokens=7))
    assert traces.speeds("vllm") == {"small": (90, 3.0)}  # two seconds each, half a second of it in the queue
    assert traces.speeds("openvino") == {"small": (7, 1.5)}
    assert traces.speeds("transformers") == {}
    curation.delete(["b"])
    assert traces.speeds("vllm") == {"small": (30, 1.5)}


def test_speeds_are_of_the_newest_runs(recorder, traces):
    for number in range(203):
        run = f"r{number}"
        record_fast = (
            run_started(run),
            call_queued(run, "x"),
            call_finished(run, "x", "t", tokens=number // 3),
        )
        for event in record_fast:
            recorder.record(event)
    recorder.flush()
    tokens, seconds = traces.speeds("openvino")["small"]
    assert seconds == 200 * 1.5
    assert tokens == sum(number // 3 for number in range(3, 203))


def test_texts_are_of_finished_calls(recorder, traces):
    record(recorder, *one_of_each("r"), call_queued("r", "open"))
    wanted = ["reason/small/0", "critique/large/on/small", "open", "never"]
    assert traces.texts("r", wanted) == {"reason/small/0": "Seven minus three is four."}
    assert traces.texts("r", []) == traces.texts("other", wanted) == {}
