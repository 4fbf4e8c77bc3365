"""The HTML page of one run, as a reader of the file has it."""

import re
from html.parser import HTMLParser
from itertools import permutations, takewhile

import pytest

from disputed_run import EXPERTS, WORKING, Disputation
from engine.events import CriticsChosen, ExpertLoading, Noticed
from hostile.texts import SHORT, TEXTS
from storage.curation import Curation
from storage.errors import UnknownRun
from storage.traces import Traces
from storage_events import call_queued, record, run_finished
from ui.page_export import page

ALONE = {"meta", "br", "hr", "rect", "path"}
FETCHING = {
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "base",
    "form",
    "video",
    "audio",
    "source",
    "image",
    "use",
}


class Document(HTMLParser):
    """A page's elements with their attributes, and its text by what it stands in."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.within = []
        self.texts = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.within.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in ALONE:
            assert self.within.pop()[0] == tag

    def handle_data(self, data):
        if not any(tag in ("style", "title") for tag, _ in self.within):
            self.texts.append((data, list(self.within)))

    @property
    def text(self):
        """All there is to read, with single spaces."""
        return " ".join("".join(text for text, _ in self.texts).split())

    def inside(self, css_class):
        """What is to be read inside elements of a class, with single spaces."""
        found = (
            text
            for text, within in self.texts
            if any(css_class in (attrs.get("class") or "").split() for _, attrs in within)
        )
        return " ".join("".join(found).split())


@pytest.fixture
def told(recorder, traces):
    """Records a disputation and gives its page."""

    def telling(**said):
        record(recorder, *Disputation(**said).events("r1"))
        return Document(page(traces, "r1"))

    return telling


def test_the_question_and_where_it_was_answered(told):
    found = told(choices=("seventy", "seventy-two"), document="The cart is red.")
    assert found.inside("question-text") == "A cart holds 8 crates of 9 jars. How many jars does it hold?"
    assert found.inside("choices") == "Aseventy Bseventy-two"
    assert found.inside("document") == "Document The cart is red."
    assert found.inside("facts") == "disputation · pool pocket · openvino · seed 11"
    assert "24 November 2025, 16:00 UTC" in found.inside("provenance")
    assert "org/middle" in found.inside("provenance")
    assert "rounds1" in found.inside("provenance")


def test_the_answer_who_agrees_and_whose_mind_was_changed_by_whom(told):
    found = told()
    assert found.inside("final") == "72"
    assert "✓ right" in found.inside("final-row")
    assert found.inside("agreed") == "2 of 3 agree"
    assert found.inside("voters") == "Small 135M ✗ says 71 Middle 0.5B ✓ agrees Large 1.5B ✓ agrees"
    assert (
        found.inside("minds") == "Middle 0.5B 70 ✗ → 72 ✓ after an error was found by Small 135M Large 1.5B"
    )


def test_a_wrong_answer_says_what_is_right(told):
    assert "✗ wrong, right is 80" in told(gold="80").inside("final-row")


def test_an_answer_that_nobody_knows_to_be_right_is_not_judged(told):
    assert "verdict" not in str(told(gold=None).inside("final-row"))
    assert "right" not in told(gold=None).inside("final-row")


def test_without_an_answer_it_says_so(told):
    assert told(answer=None).inside("final") == "No answer could be extracted: read what the experts wrote."


def test_why_the_experts_were_recruited(told):
    found = told(skills=("ratio", "geometry"))
    assert found.inside("skill-chips") == "ratio 4/5 → ratio 0.83 geometry 4/5 → geometry 0.83"
    rows = [attrs.get("data-expert") for tag, attrs in found.found if tag == "tr" and "data-expert" in attrs]
    assert rows == ["2", "1", "0"]  # the most suitable first
    segments = [attrs for _, attrs in found.found if attrs.get("class") == "segment"]
    assert [one["title"] for one in segments[:2]] == ["ratio +5", "geometry +5"]
    assert segments[-1]["data-negative"] == "true"


def test_bars_of_scores_stay_on_their_axis(told):
    for _, attrs in told().found:
        if attrs.get("class") == "segment":
            left, width = map(float, re.findall(r"([\d.]+)%", attrs["style"]))
            assert left >= 0
            assert left + width <= 100.01


def test_texts_are_rendered(told):
    found = told()
    assert ("strong", {}) in found.found
    assert "math" in [tag for tag, _ in found.found]
    assert "$8" not in found.inside("prose")


def test_critiques_say_who_to_whom_and_unfold(told):
    found = told()
    critiques = [attrs for tag, attrs in found.found if tag == "details" and attrs.get("class") == "critique"]
    assert len(critiques) == 6
    assert "Small 135M → to Middle 0.5B ✗ finds an error The second step adds" in found.inside("critiques")
    assert "✓ agrees" not in found.inside("critiques")


def test_by_which_weights_critics_were_drawn(recorder, traces, told):
    assert "Critics drawn" not in told().text
    weights = {"small": 1 / 3, "middle": 0.5, "large": 0.6}
    *begun, end = Disputation().events("r2")
    chosen = CriticsChosen(
        run="r2", at=end.at, call="reason/small/0", critics=["large", "middle"], weights=weights
    )
    record(recorder, *begun, chosen, end)
    sentence = "Critics drawn by the quality of their critiques: "
    drawn = "Large 1.5B 0.60 · Middle 0.5B 0.50 · Small 135M 0.33"
    assert sentence + drawn in Document(page(traces, "r2")).text


def test_a_critique_that_calls_a_wrong_answer_right_misses_the_error(told):
    found = told(verdict="right")
    assert found.inside("judgement").count("misses the error") == 4  # two of three first answers are wrong
    assert found.inside("judgement").count("✓ agrees") == 2


def test_refined_answers_have_their_changes_marked(told):
    found = told()
    removed = [text.strip() for text, within in found.texts if within and within[-1][0] == "del"]
    added = [text.strip() for text, within in found.texts if within and within[-1][0] == "ins"]
    assert removed == ["70$", r"\boxed{70}"]
    assert added == ["72$", r"\boxed{72}"]
    assert "stood by its answer" in found.text
    assert "changed its answer: 70 ✗ → 72 ✓" in found.text


def test_a_lane_for_each_expert_shows_when_it_did_what(told):
    found = told()
    lanes = [attrs["aria-label"] for tag, attrs in found.found if tag == "svg" and attrs.get("role") == "img"]
    assert [lane.split(":")[0] for lane in lanes] == list(EXPERTS.values())
    assert "reason: 3.0 s" in lanes[0]
    assert "critique on Middle 0.5B: 3.0 s" in lanes[0]
    assert "loading its weights 0.5 s" in lanes[0]
    steps = {attrs.get("data-step") for tag, attrs in found.found if tag == "rect"}
    assert {"recruit", "reason", "critique", "refine", "answer"} <= steps
    for tag, attrs in found.found:
        if tag == "rect" and "x" in attrs:
            assert 0 <= float(attrs["x"]) <= float(attrs["x"]) + float(attrs["width"]) <= 1000.5


def test_tags_and_the_note_of_a_person(recorder, traces, database):
    record(recorder, *Disputation().events("r1"))
    Curation(database).mark("r1", tags=["to discuss", "homework"])
    Curation(database).mark("r1", note="Look at this\nagain.")
    found = Document(page(traces, "r1"))
    assert found.inside("tags") == "homework to discuss"
    assert found.inside("note") == "Note Look at this again."


def test_what_a_person_should_know_of_the_run(told):
    assert told(notices=("Small gave no answer.",)).inside("notices") == "Small gave no answer."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": "stopped"}, "Stopped. What the experts had written by then is kept."),
        (
            {"outcome": "failed", "error": "Nobody could answer."},
            "The run failed. Nobody could answer.",
        ),
        (
            {"ends": False},
            "Interrupted: Disputatio ended while this run was going on. What was recorded by then is shown.",
        ),
    ],
)
def test_runs_that_came_to_no_end_say_so(recorder, database, said, sentence):
    record(recorder, *Disputation(**said).events("r1"))
    found = Document(page(Traces(database, now=lambda: 4e9), "r1"))
    assert found.inside("sentence") == sentence
    assert found.inside("conclusion") == ""
    assert "There are 8 crates" in found.inside("prose")


def test_a_run_that_has_just_begun_has_a_page(recorder, traces):
    record(recorder, Disputation().events("r1")[0])
    found = Document(page(traces, "r1"))
    assert found.inside("sentence") == "The run was still going on when this page was made."


def test_there_is_no_page_of_an_unknown_run(traces):
    with pytest.raises(UnknownRun, match="There is no run 'r9'"):
        page(traces, "r9")


def test_it_has_no_script_and_fetches_nothing(told):
    found = told()
    assert "script" not in [tag for tag, _ in found.found]
    assert not FETCHING & {tag for tag, _ in found.found}
    assert not [name for _, attrs in found.found for name in attrs if name.startswith("on") or name == "src"]
    policy = next(
        attrs["content"] for _, attrs in found.found if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert found.within == []


def test_hostile_texts_everywhere_stay_texts(recorder, traces, database):
    texts = list(SHORT.values())
    everything = "\n\n".join(texts)
    said = Disputation(
        question=everything,
        choices=texts[:26],
        document=everything,
        skills=texts[:60],
        reasons=dict.fromkeys(EXPERTS, (everything, "<script>hit=1</script>")),
        critiques=dict.fromkeys(permutations(EXPERTS, 2), everything),
        refined=dict.fromkeys(EXPERTS, (f"{everything} more", "{{ 7 * 7 }}")),
        text=everything,
        answer="<img src=x onerror=hit=1>",
        gold="${hit}",
        notices=texts,
        titles={expert: f"<b onclick=hit=1>{expert}" for expert in EXPERTS},
    )
    record(recorder, *said.events("r1"))
    Curation(database).mark("r1", note=everything[:2000])
    html = page(traces, "r1")
    found = Document(html)
    html.encode()
    assert found.within == []
    assert "script" not in [tag for tag, _ in found.found]
    assert not FETCHING & {tag for tag, _ in found.found}
    assert not [name for _, attrs in found.found for name in attrs if name.startswith("on")]
    assert not [
        attrs["href"] for _, attrs in found.found if not attrs.get("href", "#").startswith(("http", "#"))
    ]
    assert "<b onclick=hit=1>small" in found.text
    assert "{{ 7 * 7 }}" in found.inside("voters")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["a megabyte of one word", "one word, changed", "dollars with letters"])
def test_endless_texts_have_a_page(told, name):
    text = TEXTS[name]
    refined = dict.fromkeys(EXPERTS, (f"{text} more", "72"))
    found = told(reasons=dict.fromkeys(EXPERTS, (text, "71")), refined=refined, critiques={})
    assert found.within == []
    assert WORKING.split("\n")[0] not in found.text


def sittings(*, failed):
    """The events of a run that ended while an expert was loaded, and went on or was asked anew two hours later."""
    first = list(takewhile(lambda event: event.kind != "critique_judged", Disputation().events("r1")))
    at = first[-1].at
    first += [
        call_queued("r1", "critique/large/on/small", "large", at=at),
        ExpertLoading(run="r1", at=at + 1, expert="large", share=None, message="opening"),
        Noticed(run="r1", at=at + 3, message="The last that was told."),
    ]
    anew = Disputation().events("r1", at + 7200)
    if failed:
        first.append(run_finished("r1", None, at=at + 4, outcome="failed", correct=None, error="It broke."))
        return [*first, *anew]
    answered = {event.call for event in first if event.kind == "call_finished"}
    asked = ("call_queued", "call_started", "call_finished")
    return [*first, *(event for event in anew if event.kind not in asked or event.call not in answered)]


def test_the_time_in_which_an_interrupted_run_rests_takes_no_room(recorder, traces):
    record(recorder, *sittings(failed=False))
    found = Document(page(traces, "r1"))
    told = [attrs["aria-label"] for _, attrs in found.found if "large" in attrs.get("aria-label", "").lower()]
    assert any("loading its weights 2.0 s" in label for label in told)
    assert found.inside("axis").endswith(" s")  # and not minutes


def test_of_an_attempt_that_failed_nothing_is_told(recorder, traces):
    record(recorder, *Disputation().events("r2"), *sittings(failed=True))
    labels = {
        run: [attrs["aria-label"] for _, attrs in Document(page(traces, run)).found if "aria-label" in attrs]
        for run in ("r1", "r2")
    }
    assert labels["r1"] == labels["r2"]
