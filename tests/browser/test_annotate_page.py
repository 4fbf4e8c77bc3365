"""Annotating as a person does it: with the mouse, by keyboard alone, beside another person, and after a refresh."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from annotated_runs import ANSWER, CRITIQUE, criticised
from hostile.scripts import SCRIPTS
from stage import ScriptedStage
from storage.annotations.queue_records import Queue, QueueFilters
from storage.annotations.records import Annotation, Judgement, NewSpan
from storage_events import eventually

PLACE = """(element, [from, to]) => {
    const range = new Range();
    range.setStart(element.firstChild, from);
    range.setEnd(element.firstChild, to);
    const {left, right, top, bottom} = range.getBoundingClientRect();
    return [left, right, (top + bottom) / 2];
}"""


def new_queue(stage: ScriptedStage, title: str = "Critiques", **options: object) -> Queue:
    """A queue of all critiques."""
    return stage.record.annotations.create_queue(title, QueueFilters(), **options)


def judged(stage: ScriptedStage, queue: Queue, annotator: str = "you") -> tuple[Annotation, ...]:
    """All that an annotator drafted or finished in a queue, newest first."""
    said = stage.record.annotations.of_queue(queue.id, drafts=True)
    return tuple(one for one in reversed(said) if one.annotator == annotator)


def text_of(page: Page, which: str = "critique") -> Locator:
    """The text of the critique, or the criticised one: `target`."""
    return page.locator(f'[data-passage="{which}"]')


def drag(page: Page, text: Locator, words: str, whole: str) -> None:
    """Select words with the mouse, from before their first character to behind their last."""
    before = whole[: whole.index(words)]
    start = len(before.encode("utf-16-le")) // 2
    end = start + len(words.encode("utf-16-le")) // 2
    left, _, first = text.evaluate(PLACE, [start, start + 1])
    _, right, last = text.evaluate(PLACE, [end - 1, end])
    page.mouse.move(left + 0.5, first)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (first + last) / 2)
    page.mouse.move(right, last)
    page.mouse.up()


def spans(annotation: Annotation) -> list[tuple[str, str, str]]:
    """What is marked: call, label and quote."""
    return [(span.call, span.label, span.quote) for span in annotation.spans]


def test_without_a_queue_one_click_begins(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/annotate")
    expect(page.get_by_text("There is no critique in the record yet")).to_be_visible()
    criticised(stage, critiques=2)
    page.reload()
    page.get_by_role("button", name="All critiques 2 critiques").click()
    expect(page.locator(".desk-head")).to_contain_text("1 of 2 · 0 by you · 0 of 2 in all")
    expect(text_of(page)).to_have_text(f"1. {CRITIQUE}")
    expect(text_of(page, "target")).to_have_text(ANSWER)


def test_spans_are_drawn_with_the_mouse_and_kept_over_a_refresh(stage: ScriptedStage, page: Page) -> None:
    criticised(stage)
    queue = new_queue(stage)
    page.goto(f"{stage.address}/annotate?queue={queue.id}")
    drag(page, text_of(page), "😀 step adds $x^2 + 1$ where", CRITIQUE)
    expect(page.get_by_role("group", name="Label", exact=True)).to_be_visible()
    page.keyboard.press("3")
    drag(page, text_of(page), "adds $x^2", CRITIQUE)  # across words that are marked already
    page.keyboard.press("2")
    drag(page, text_of(page, "target"), "72 😀.\nThen $x^2 + 1$ is added 👨‍👩‍👧,", ANSWER)
    page.get_by_role("group", name="Label for the selected words").get_by_role("button", name="Vague").click()
    page.get_by_label("Comment on these words").fill("Which step? 🤔")
    page.get_by_label("Comment on the critique").fill("It reads well.")
    page.get_by_role("radio", name="Harmless").check()
    expect(page.get_by_text("draft saved")).to_be_visible()
    page.reload()
    expect(page.locator(".span-list li")).to_have_count(3)
    expect(page.get_by_label("Comment on the critique")).to_have_value("It reads well.")
    expect(page.get_by_role("radio", name="Harmless")).to_be_checked()
    page.get_by_role("button", name="Save & next").click()
    expect(page.get_by_role("heading", name="Thank you, that was all")).to_be_focused()
    page.get_by_role("button", name="Look for new items").click()
    expect(page.get_by_text("Nothing new matches the queue's filters.")).to_be_visible()
    [done] = judged(stage, queue)
    assert (done.status, done.verdict, done.comment) == ("done", "harmless", "It reads well.")
    assert sorted(spans(done)) == [
        ("critique/oracle/0", "misses-the-error", "😀 step adds $x^2 + 1$ where"),
        ("critique/oracle/0", "wrong", "adds $x^2"),
        ("reason/sage", "vague", "72 😀.\nThen $x^2 + 1$ is added 👨‍👩‍👧,"),
    ]
    first = next(span for span in done.spans if span.label == "misses-the-error")
    assert (first.start, first.end) == (4, 4 + len("😀 step adds $x^2 + 1$ where"))
    assert next(span for span in done.spans if span.label == "vague").comment == "Which step? 🤔"


def test_what_was_typed_survives_a_closed_tab_and_a_lost_connection(
    stage: ScriptedStage, new_page: Callable[..., Page]
) -> None:
    criticised(stage)
    queue = new_queue(stage)
    page = new_page()
    page.goto(f"{stage.address}/annotate?queue={queue.id}")
    page.get_by_label("Comment on the critique").press_sequentially("In haste")
    page.close(run_before_unload=True)
    eventually(lambda: [one.comment for one in judged(stage, queue)] == ["In haste"])
    page = new_page()
    page.goto(f"{stage.address}/annotate?queue={queue.id}")
    page.route("**/draft", lambda route: route.abort())
    page.get_by_label("Comment on the critique").fill("Offline")
    expect(page.get_by_text("connection lost: kept in this browser")).to_be_visible()
    page.reload()  # the server never got it
    expect(page.get_by_label("Comment on the critique")).to_have_value("Offline")
    page.unroute("**/draft")
    page.get_by_label("Comment on the critique").press("Control+Enter")
    expect(page.get_by_role("heading", name="Thank you, that was all")).to_be_visible()
    assert [one.comment for one in judged(stage, queue)] == ["Offline"]


def test_everything_by_keyboard(stage: ScriptedStage, page: Page) -> None:
    criticised(stage, critiques=3)
    queue = new_queue(stage)
    page.goto(f"{stage.address}/annotate")
    press = page.keyboard.press
    expect(page.locator(".queues li")).to_have_count(1)
    press("j")
    press("Enter")
    expect(text_of(page)).to_be_focused()
    press("Control+ArrowRight")  # behind the number
    for _ in range(2):
        press("ArrowRight")
    press("e")
    expect(page.get_by_role("group", name="Label", exact=True)).to_be_visible()
    press("2")
    press("c")
    expect(page.get_by_label("Comment on these words")).to_be_focused()
    page.keyboard.type("no")
    press("Enter")
    expect(text_of(page)).to_be_focused()
    press("t")
    expect(text_of(page, "target")).to_be_focused()
    press("Control+Home")
    press("Shift+Control+ArrowRight")
    press("1")
    expect(page.locator(".span-list li")).to_have_count(2)
    press("5")
    expect(page.locator(".span-list .label-chip").first).to_have_text("Hallucinated")
    press("u")
    expect(page.locator(".span-list .label-chip").first).to_have_text("Correct")
    for key in ("h", "o"):
        press(key)
    page.keyboard.type("good")
    press("Escape")
    press("g")
    expect(page.get_by_text("Right answer: B")).to_be_visible()
    press("Enter")
    expect(page.locator(".desk-head")).to_contain_text("2 of 3 · 1 by you")
    expect(text_of(page)).to_be_focused()
    press("s")
    expect(page.locator(".desk-head")).to_contain_text("3 of 3")
    press("b")
    expect(page.locator(".desk-head")).to_contain_text("2 of 3 · 1 by you")
    press("m")
    press("Enter")
    expect(page.locator(".desk-head")).to_contain_text("3 of 3 · 2 by you")
    press("u")  # nothing was said here: what was done last is taken back
    expect(page.locator(".desk-head")).to_contain_text("2 of 3 · 1 by you")
    press("Enter")
    expect(page.locator(".desk-head")).to_contain_text("3 of 3 · 2 by you")
    press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("helpful, harmless, harmful")
    press("Escape")
    press("x")
    press("Enter")
    expect(page.get_by_role("heading", name="Thank you, that was all")).to_be_focused()
    first = judged(stage, queue)[-1]
    assert (first.verdict, first.comment) == ("helpful", "good")
    assert ("reason/sage", "correct", "First") in spans(first)
    assert [one.verdict for one in sorted(judged(stage, queue), key=lambda one: one.id)] == [
        "helpful",
        "harmless",
        "harmful",
    ]


@pytest.fixture
def two_people(stage: ScriptedStage, chromium: Browser) -> list[Page]:
    """Ada and Bea, both logged in."""
    pages = []
    stage.record.accounts.add("ada", "long enough", "owner")
    stage.record.accounts.add("bea", "long enough", "annotator")
    for name in ("ada", "bea"):
        page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{stage.address}/login")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill("long enough")
        page.get_by_role("button", name="Log in").click()
        expect(page).not_to_have_url(re.compile("login"))
        pages.append(page)
    return pages


def test_two_people_share_a_queue(stage: ScriptedStage, two_people: list[Page]) -> None:
    criticised(stage, critiques=2)
    queue = new_queue(stage)
    ada, bea = two_people
    for page in two_people:
        page.goto(f"{stage.address}/annotate?queue={queue.id}")
    expect(text_of(ada)).to_have_text(f"1. {CRITIQUE}")
    expect(text_of(bea)).to_have_text(f"2. {CRITIQUE}")
    item = re.search(r"item=(\d+)", ada.url)
    assert item
    bea.goto(f"{stage.address}/annotate?queue={queue.id}&item={item[1]}")
    expect(bea.get_by_role("alert").filter(has_text="Go on with the next item")).to_be_visible()
    bea.get_by_role("button", name="Go on with the next item").click()
    expect(text_of(bea)).to_have_text(f"2. {CRITIQUE}")
    for page, key, verdict in ((ada, "h", "Helpful"), (bea, "x", "Harmful")):
        page.keyboard.press(key)
        expect(page.get_by_role("radio", name=verdict)).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Thank you, that was all")).to_be_visible()
    assert [one.verdict for one in judged(stage, queue, "ada")] == ["helpful"]
    assert [one.verdict for one in judged(stage, queue, "bea")] == ["harmful"]
    bea.goto(f"{stage.address}/annotate")
    expect(bea.locator(".queues li")).to_contain_text("1 by you · 2 of 2 in all")
    expect(bea.get_by_text("New queue")).to_be_hidden()


def test_a_new_queue_counts_what_matches_and_hides_names(stage: ScriptedStage, page: Page) -> None:
    criticised(stage, critiques=2)
    page.goto(f"{stage.address}/annotate")
    page.get_by_text("New queue").click()
    expect(page.get_by_text("2 critiques match.")).to_be_visible()
    page.get_by_label("Written by").select_option("Sage 7B")
    expect(page.get_by_text("0 critiques match.")).to_be_visible()
    page.get_by_label("Step").select_option("First answers")
    expect(page.get_by_text("1 reasoning matches.")).to_be_visible()
    page.get_by_label("Title").fill("Names hidden")
    page.get_by_label("Hide who wrote what").check()
    page.get_by_role("button", name="Make the queue").click()
    expect(text_of(page)).to_have_text(ANSWER)
    expect(page.locator(".passage h2")).to_contain_text("Expert 1")
    expect(page.locator(".desk")).not_to_contain_text("Sage")


def test_a_run_leads_to_its_critiques(stage: ScriptedStage, page: Page) -> None:
    criticised(stage)
    criticised(stage, "other", critiques=2)
    page.goto(f"{stage.address}/traces?run=other")
    page.get_by_role("link", name="Annotate its critiques").click()
    expect(page.locator(".desk-head")).to_contain_text("1 of 2")
    page.goto(f"{stage.address}/annotate?run=other")
    expect(page.locator(".desk-head")).to_contain_text("1 of 2")
    assert len(stage.record.annotations.queues()) == 1


def test_what_people_disagree_on_is_decided(stage: ScriptedStage, page: Page) -> None:
    criticised(stage)
    queue = new_queue(stage, per_item=2)
    annotations = stage.record.annotations
    item = annotations.items(queue.id)[0].id
    for name, verdict, label in (("ada", "helpful", "correct"), ("bea", "harmful", "vague")):
        annotations.take(item, name)
        annotations.finish(item, name, Judgement(verdict, None, "", (NewSpan("critique", 4, 10, label),)))
    page.goto(f"{stage.address}/annotate?queue={queue.id}&view=agreement")
    expect(page.get_by_role("row", name="ada and bea")).to_contain_text("0 %")
    expect(page.locator(".disputed-head")).to_contain_text("Oracle 13B on Sage 7B")
    page.get_by_role("link", name="Decide: Oracle 13B on Sage 7B").click()
    expect(page.get_by_role("list", name="What each marked in: Critique by Oracle 13B")).to_contain_text(
        "😀 step"
    )
    page.get_by_role("button", name="Take over what bea said").click()
    expect(page.locator(".span-list li")).to_contain_text("Vague")
    page.get_by_label("Comment on the critique").fill("Bea is right.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Decision recorded.")).to_be_visible()
    decision = annotations.decision(item)
    assert decision
    assert (decision.by, decision.verdict, decision.comment) == ("you", "harmful", "Bea is right.")
    assert [(span.label, span.quote) for span in decision.spans] == [("vague", "😀 step")]
    page.get_by_role("link", name="Agreement").first.click()
    expect(page.locator(".disputed")).to_contain_text("decided")


def test_hostile_texts_stay_text(stage: ScriptedStage, page: Page) -> None:
    hostile = "\n".join(SCRIPTS.values())
    criticised(stage, answer=hostile, critique=hostile, question=hostile)
    queue = new_queue(stage, SCRIPTS["image that fails"], blind=False)
    page.goto(f"{stage.address}/annotate?queue={queue.id}")
    expect(text_of(page)).to_have_text(hostile, use_inner_text=False)
    text_of(page).press("Control+a")
    page.keyboard.press("1")
    expect(page.locator(".span-list li")).to_have_count(1)
    page.get_by_label("Comment on the critique").fill(SCRIPTS["script"])
    page.get_by_label("Comment on the critique").press("Control+Enter")
    expect(page.get_by_role("heading", name="Thank you, that was all")).to_be_visible()
    assert page.evaluate("window.hit") is None
    expect(page.locator(".annotate-view :is(img, script, iframe)")).to_have_count(0)


def test_what_was_said_stands_beside_the_run(stage: ScriptedStage, page: Page) -> None:
    run = stage.done()
    annotations = stage.record.annotations
    item = annotations.next(new_queue(stage).id, "you")
    assert item is not None
    span = NewSpan("critique", 4, 10, "vague", "")
    annotations.finish(item.id, "you", Judgement("harmful", False, "", (span,)))
    page.goto(f"{stage.address}/traces")
    expect(page.locator(f'tr[data-run="{run}"] .marks')).to_have_text("1 annotation")
    page.goto(f"{stage.address}/traces?run={run}")
    critique = page.locator(f'details.critique[data-call="{item.call}"]')
    critique.locator("summary").click()
    said = "Annotated: harmful, not followed, vague (you)"
    expect(critique.locator(".annotated")).to_have_text(said)


def test_a_closed_queue_hands_nothing_out_until_it_is_opened_again(stage: ScriptedStage, page: Page) -> None:
    criticised(stage)
    new_queue(stage, "Critiques")
    page.goto(f"{stage.address}/annotate")
    page.get_by_role("button", name="Close Critiques: nothing more is handed out").click()
    page.get_by_role("link", name="Closed Critiques").click()
    expect(page.get_by_text("“Critiques” is closed.")).to_be_visible()
    page.get_by_role("link", name="All queues").click()
    page.get_by_role("button", name="Open Critiques again").click()
    page.get_by_role("link", name="Begin Critiques").click()
    expect(text_of(page)).to_be_visible()
