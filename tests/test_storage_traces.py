"""Reading the record: pages, search and export."""

import json

import pytest

from engine.errors import UserError
from engine.events import SkillsFound
from storage.exports.jsonl import export
from storage.records import Recruited
from storage_events import (
    call_finished,
    call_queued,
    one_of_each,
    record,
    run_finished,
    run_started,
)

ODDITIES = [
    '"', '""', '"open', "*", "**", "a*b", "NEAR(", "NEAR(a b, 5)", "AND", "OR", "NOT", "a AND", "- a", "^a", "a:b",
    "question:", "question : x", "{a b} : c", "(", ")", "'", "';--", "%", "_", "\\", "\0", "a\0b", "😀", "🚂 train",
    "\ud83d", "...", "?!", "¿", " ", "\n", "-", "--", "+", "a+b", "1/2", "\\frac{1}{2}", "<b>", "${alert(1)}", "\u202e",
    "a" * 100_000, "a " * 20_000, " ".join(map(str, range(20_000))), "İstanbul", "ﬁ", "数学",
]  # fmt: skip


def ids(page):
    return [run.id for run in page.runs]


def words(run):
    return "".join(text for text, _ in run.snippet), [text for text, is_match in run.snippet if is_match]


def test_a_page_is_newest_first_and_pages_follow_without_gap_or_overlap(recorder, traces):
    record(recorder, *(run_started(f"r{number}", at=1000.0 + number) for number in range(25)))
    seen, cursor = [], None
    while True:
        page = traces.page(before=cursor, limit=10)
        seen.append(ids(page))
        record(recorder, run_started(f"new{len(seen)}"))
        cursor = page.next
        if cursor is None:
            break
    assert [len(part) for part in seen] == [10, 10, 5]
    assert [run for part in seen for run in part] == [f"r{number}" for number in reversed(range(25))]


def test_a_full_last_page_has_no_next(recorder, traces):
    record(recorder, *(run_started(f"r{number}") for number in range(4)))
    assert traces.page(limit=4).next is None
    assert traces.page(limit=3).next is not None


def test_a_summary_says_what_a_list_shows(recorder, traces):
    record(recorder, *one_of_each("r"))
    (run,) = traces.page().runs
    assert (run.id, run.created_at, run.question) == ("r", 1000.0, "How many apples are left?")
    assert (run.protocol, run.pool, run.runtime) == ("disputation", "pocket", "openvino")
    assert run.experts == (Recruited("small", "Small", 0), Recruited("large", "large", -1))
    assert (run.status, run.answer, run.correct, run.gold_known) == ("done", "B", True, True)
    assert (run.tokens, run.seconds, run.tags, run.note, run.snippet) == (10, 9.5, (), "", ())


def test_every_text_of_a_run_is_found_and_shown(recorder, traces):
    skill = {"keyword": "thermodynamics", "count": 2, "profile_skill": "physics", "similarity": 0.8}
    record(recorder, run_started("r", "Why is the kettle warm?"), run_started("other", "Why is it late?"))
    assert ids(traces.page("kettle")) == ["r"]
    record(recorder, SkillsFound(run="r", at=1.0, skills=[skill], samples=5))
    record(
        recorder,
        call_queued("r", "a"),
        call_finished("r", "a", "Because heat flows from the stove to water."),
    )
    record(recorder, run_finished("r", "conduction"))
    for text in (
        "kettle",
        "thermodynamics",
        "stove",
        "conduction",
        "KETTLE",
        "heat kettle",
        "ket",
        "fl",
    ):
        assert ids(traces.page(text)) == ["r"], text
    assert ids(traces.page("ket ")) == ids(traces.page("ket warm")) == ids(traces.page("kettle train")) == []
    (run,) = traces.page("flows stove").runs
    assert words(run) == ("Because heat flows from the stove to water.", ["flows", "stove"])


def test_a_run_is_found_by_its_document_and_the_text_to_check(recorder, traces):
    asked = {"document": "Its lamp burned rape oil.", "draft": "Its lamp burned whale oil."}
    record(recorder, run_started("r", "Is it faithful?", of=asked), run_started("other", "Is it faithful?"))
    assert ids(traces.page("rape")) == ids(traces.page("whale lamp")) == ["r"]
    (run,) = traces.page("whale").runs
    assert ("whale", True) in run.snippet


def test_a_running_run_is_found_by_its_question_and_by_its_finished_calls(recorder, traces):
    record(recorder, run_started("r", "Of zebras"), call_queued("r", "a"), call_queued("r", "b"))
    assert ids(traces.page("zebras")) == ["r"]
    assert ids(traces.page("stripes")) == []
    record(recorder, call_finished("r", "a", "stripes"))
    assert ids(traces.page("stripes")) == ["r"]


def test_accents_and_punctuation_do_not_matter(recorder, traces):
    record(recorder, run_started("r", "What is 1/2 of a café's «menu»?"))
    for text in ("what is 1/2?", "CAFE", "menu", "«menu»?", "1/2", '"menu"'):
        assert ids(traces.page(text)) == ["r"], text


@pytest.mark.parametrize("text", ODDITIES, ids=lambda text: ascii(text[:20]))
def test_no_text_is_a_syntax_error(recorder, traces, text):
    stored = text.replace("\ud83d", "")
    record(recorder, run_started("r", f"before {stored} after"))
    assert set(ids(traces.page(text))) <= {"r"}
    assert ids(traces.page(f"before {text} after")) == ["r"]


def test_text_without_words_finds_nothing_and_no_text_everything(recorder, traces):
    record(recorder, run_started("r"))
    assert ids(traces.page("?!")) == ids(traces.page("😀")) == []
    assert ids(traces.page("")) == ids(traces.page("  \n")) == ["r"]


def test_a_snippet_is_text_and_never_markup(recorder, traces):
    record(recorder, run_started("r", "<img src=x> fake & <script>needle</script>"))
    (run,) = traces.page("needle").runs
    assert words(run) == ("<img src=x> fake & <script>needle</script>", ["needle"])


def test_a_list_stays_small_whatever_the_texts(recorder, traces):
    record(recorder, run_started("r", "needle " + "x" * 1_000_000), run_finished("r", "y" * 100_000))
    for page in (traces.page(), traces.page("needle")):
        (run,) = page.runs
        assert len(run.question) + len(run.answer) + sum(len(text) for text, _ in run.snippet) < 3000
    assert len(traces.run("r").question) > 1_000_000


def test_what_is_not_there(traces):
    assert traces.run("r") is traces.status("r") is None
    assert traces.calls("r") == traces.events("r") == []
    assert traces.page().runs == ()
    with pytest.raises(ValueError, match="invalid literal"):
        traces.page(before="not a cursor")


def test_export_has_everything_of_each_run_on_a_line(recorder, traces):
    record(recorder, *one_of_each("a"), run_started("b", "Line\nbreak \u2028 and 😀"))
    lines = list(export(traces, ["b", "a"]))
    assert not any("\n" in line or "\u2028" in line for line in lines)
    second, first = (json.loads(line) for line in lines)
    assert (first["id"], first["answer"]) == ("a", "B")
    assert [expert["name"] for expert in first["experts"]] == ["small", "large"]
    calls = ["reason/small/0", "critique/large/on/small", "critique/small/on/large"]
    assert [call["name"] for call in first["calls"]] == calls
    assert first["events"] == traces.events("a", whole=True)
    assert len(first["events"]) == len(one_of_each("a"))
    assert (second["question"], second["status"], second["calls"]) == (
        "Line\nbreak \u2028 and 😀",
        "running",
        [],
    )


def test_export_of_an_unknown_run_is_a_clear_error(traces):
    with pytest.raises(UserError, match="no run 'r'"):
        list(export(traces, ["r"]))
