"""Batches, in the browser: the list, one batch with the way to its runs, and two against each other."""

import re
from itertools import combinations

from playwright.sync_api import Page, expect

from batched_runs import begun, pose
from hostile.scripts import SCRIPTS
from stage import ScriptedStage
from storage.batch_records import BatchRecord
from storage_events import run_finished, run_started

IMAGE = "<img src=x onerror=\"window.hit='category'\">"


def two_batches(stage: ScriptedStage) -> tuple[BatchRecord, BatchRecord]:
    """Two batches over six questions: the second has two more right and one of the first's wrong."""
    first = begun(stage.record.batches, questions=6, protocol="symbolic-moe")
    second = begun(stage.record.batches, "second", questions=6)
    outcomes = [(True, True), (True, False), (False, True), (False, True), (False, False), (None, False)]
    for number, (this, that) in enumerate(outcomes):
        category = "roots" if number % 2 else "fruit"
        own = [("small", number < 4)]
        pose(stage.recorder, first, f"q{number}", right=this, category=category, by=own)
        pose(stage.recorder, second, f"q{number}", right=that, category=category, by=own)
    for batch in (first, second):
        usage = {"seconds": 60.0, "loading": 15.0, "generating": 42.0, "idle": 3.0, "loads": {"small": 2}}
        stage.record.batches.add_usage(batch.id, usage)
    stage.record.batches.finish(first.id)
    return first, second


def test_without_a_batch_the_page_says_how_to_make_one(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/batches")
    expect(page.get_by_text("No batch yet.")).to_be_visible()
    expect(page.locator(".batches-view code")).to_contain_text("disputatio batch")
    page.goto(f"{stage.address}/batches?batch=none")
    expect(page.get_by_text("There is no batch 'none' in the record")).to_be_visible()


def test_the_list_leads_to_a_batch_and_its_numbers_to_their_runs(stage: ScriptedStage, page: Page) -> None:
    first, _ = two_batches(stage)
    page.goto(f"{stage.address}/batches")
    rows = page.locator(".batches-table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("6 of 6 questions, interrupted")
    expect(rows.nth(1)).to_contain_text("33 %")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"batch={first.id}"))
    expect(page.get_by_role("heading", name="fruit.jsonl: symbolic-moe")).to_be_focused()
    expect(page.locator(".outcome")).to_contain_text("2 right · 3 wrong · 1 failed · 6 in all")
    expect(page.get_by_text("42.0 s · 70 %")).to_be_visible()
    expect(page.locator(".settings")).to_contain_text("rounds")

    page.get_by_role("link", name="2 wrong, fruit").click()
    expect(page.locator(".traces-table tbody tr")).to_have_count(2)
    expect(page.locator('.filter[data-filter="batch"]')).to_contain_text("fruit.jsonl, symbolic-moe")
    expect(page.locator('.filter[data-filter="category"]')).to_have_attribute("data-active", "")
    page.go_back()
    page.get_by_role("link", name="2 wrong answers of Small").click()
    expect(page.locator(".traces-table tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Take away the filter Answered wrong by").click()
    expect(page.locator(".traces-table tbody tr")).to_have_count(6)


def test_each_number_leads_to_the_runs_that_it_counts(stage: ScriptedStage, page: Page) -> None:
    batch = begun(stage.record.batches, questions=6)
    pose(stage.recorder, batch, "q0", category=None)
    pose(stage.recorder, batch, "q1", right=None)
    for number, gold in ((2, "B"), (3, None)):
        unread = pose(stage.recorder, batch, f"q{number}", right=False, of={"gold": gold})
        stage.recorder.record(run_finished(unread, None, correct=None if gold is None else False))
    going_on = {"id": "q4", "category": "fruit"}
    stage.recorder.record(run_started("on", batch=batch.id, of=going_on, protocol=batch.protocol))
    stage.recorder.flush()
    address = f"{stage.address}/batches?batch={batch.id}"
    rows = page.locator(".traces-table tbody tr")
    page.goto(address)
    note = page.locator(".outcome .note")
    expect(note).to_contain_text("Of those not right, 1 has no answer that could be read, 1 broke off.")
    expect(page.locator(".costs div", has_text="seconds")).to_have_text(re.compile("^.seconds a question$"))
    leading = {"4 done": 4, "1 without an answer": 1, "1 right, no category": 1, "2 questions, fruit": 2}
    for name, runs in leading.items():
        page.goto(address)
        page.get_by_role("link", name=name).click()
        expect(rows).to_have_count(runs)
    page.goto(address)
    note.get_by_role("link", name="1 without an answer").click()
    expect(page.locator('.filter[data-filter="without"] select')).to_have_value("answer")
    page.get_by_role("button", name="Take away the filter Answer").click()
    expect(rows).to_have_count(2)


def test_two_batches_are_put_against_each_other(stage: ScriptedStage, page: Page) -> None:
    first, _ = two_batches(stage)
    page.goto(f"{stage.address}/batches?batch={first.id}")
    expect(page.locator(".cost-figure .point")).to_have_count(2)
    page.get_by_role("link", name="Compare with disputation").click()
    expect(page.get_by_role("heading", name="symbolic-moe and disputation")).to_be_visible()
    words = page.locator(".mcnemar")
    expect(words).to_contain_text(
        "symbolic-moe answers 1 right that disputation does not, disputation 2 that symbolic-moe does not."
    )
    expect(words).to_contain_text("p = 1.00 by McNemar's exact test")
    assert page.locator(".pairs td.number").all_inner_texts() == ["1", "1", "2", "2"]
    expect(page.get_by_role("heading", name="Only disputation is right: 2 questions")).to_be_visible()
    page.get_by_role("button", name="2 with symbolic-moe not right, disputation not right").click()
    expect(page.get_by_role("heading", name="Neither is right: 2 questions")).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("no answer$"))).to_have_count(1)
    both = page.locator("section", has=page.get_by_role("heading", name="Both are right: 1 question"))
    expect(both.get_by_role("listitem")).to_have_count(0)
    both.get_by_role("button", name="Show them").click()
    expect(both.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="disputation: A").first.click()
    expect(page).to_have_url(re.compile("run=second-q1"))
    page.go_back()
    expect(page.locator(".pairs")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Cost and accuracy")).to_be_visible()


def test_batches_without_right_answers_say_why_nothing_is_compared(stage: ScriptedStage, page: Page) -> None:
    first, second = (begun(stage.record.batches, key, questions=1, protocol=key) for key in ("one", "two"))
    for batch in (first, second):
        run = pose(stage.recorder, batch, "q1", of={"gold": None})
        stage.recorder.record(run_finished(run, "B", correct=None))
        stage.record.batches.finish(batch.id)
    stage.recorder.flush()
    page.goto(f"{stage.address}/batches?batch={first.id}&against={second.id}")
    expect(page.get_by_text("0 judged questions that both are done with")).to_be_visible()
    expect(page.get_by_text("They have no judged question in common yet.")).to_be_visible()
    expect(page.locator(".pairs")).to_be_hidden()


def test_batches_of_one_protocol_are_told_apart_by_what_differs(stage: ScriptedStage, page: Page) -> None:
    ways = [{"k": 1, "rerank": True}, {"k": 3, "rerank": True}, {"k": 3, "rerank": True}]
    batches = [
        begun(
            stage.record.batches,
            f"way{n}",
            questions=1,
            settings=way,
            runtime="vllm" if n == 2 else "openvino",
        )
        for n, way in enumerate(ways)
    ]
    for batch in batches:
        pose(stage.recorder, batch, "q1")
    page.goto(f"{stage.address}/batches?batch={batches[0].id}")
    rows = page.locator(".peers tbody th")
    expect(rows).to_contain_text(
        ["disputation, k 1", "disputation, k 3, pocket on vllm", "disputation, k 3, pocket on openvino"]
    )
    expect(page.locator(".cost-figure .textpoint").first).to_have_text("disputation, k 1")
    page.get_by_role("link", name="Compare with disputation, k 3, pocket on openvino").click()
    expect(page.get_by_role("heading", name="disputation, k 1 and disputation, k 3")).to_be_visible()


def test_names_in_the_plot_do_not_stand_on_each_other(stage: ScriptedStage, page: Page) -> None:
    for n, experts in enumerate((1, 3, 10, 70)):
        batch = begun(stage.record.batches, f"b{n}", questions=2, protocol=f"a-protocol-{n}")
        own = [(f"expert-{number}", True) for number in range(experts)]
        pose(stage.recorder, batch, "q1", by=own)
        pose(stage.recorder, batch, "q2", right=False, by=own)
    page.goto(f"{stage.address}/batches?batch={batch.id}")
    names = page.locator(".cost-figure .textpoint")
    expect(names).to_have_count(4)
    boxes = [box for name in names.all() if (box := name.bounding_box())]
    for one, other in combinations(boxes, 2):
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        above = abs(one["y"] - other["y"]) >= 13  # pixels: what letters take of a line of 17
        assert beside or above


def test_a_batch_is_followed_while_it_goes_on(stage: ScriptedStage, page: Page) -> None:
    batch = begun(stage.record.batches, questions=2)
    pose(stage.recorder, batch, "q1")
    page.goto(f"{stage.address}/batches")
    row = page.locator(".batches-table tbody tr")
    expect(row).to_contain_text("1 of 2 questions")
    pose(stage.recorder, batch, "q2", right=False)
    stage.record.batches.finish(batch.id)
    expect(row).to_contain_text("50 %")
    expect(row).to_have_attribute("data-status", "done")


def test_what_has_the_focus_keeps_it_while_a_batch_goes_on(stage: ScriptedStage, page: Page) -> None:
    batch = begun(stage.record.batches, questions=3)
    pose(stage.recorder, batch, "q1")
    page.goto(f"{stage.address}/batches?batch={batch.id}")
    page.get_by_role("link", name="1 right: show the runs").first.focus()
    pose(stage.recorder, batch, "q2")
    pose(stage.recorder, batch, "q3", right=False)
    right = page.get_by_role("link", name="2 right: show the runs").first
    expect(right).to_be_focused()
    expect(page.locator(".outcome")).to_contain_text("2 right · 1 wrong")


def test_hostile_names_stay_text(stage: ScriptedStage, page: Page) -> None:
    texts = [IMAGE, *list(SCRIPTS.values())[:5]]
    batches = [begun(stage.record.batches, key, title=IMAGE, protocol=IMAGE) for key in ("one", "two")]
    for batch in batches:
        for number, text in enumerate(texts):
            known = [{"name": "small", "title": text}]
            right = (number % 2 == 0) is (batch is batches[0])
            run = f"{batch.key}-{number}"
            by = [("small", True)]
            pose(stage.recorder, batch, text, right=right, category=text, run=run, by=by, experts=known)
    for path in (
        "batches",
        f"batches?batch={batches[0].id}",
        f"batches?batch={batches[0].id}&against={batches[1].id}",
    ):
        page.goto(f"{stage.address}/{path}")
        expect(page.locator(".batches-view").get_by_text(IMAGE).first).to_be_visible()
        expect(page.locator(".batches-view :is(img, script, iframe)")).to_have_count(0)
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(f"{stage.address}/batches?batch={batches[0].id}")
    categories = page.locator(".parts").first.locator("tbody tr")
    categories.filter(has_text=IMAGE).get_by_role("link").last.click()
    expect(page.locator(".traces-table tbody tr")).to_have_count(1)
    assert page.evaluate("window.hit") is None
