"""Hostile texts on every page and in every export: nothing runs, nothing is fetched, and the page stands."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from disputed_run import Disputation
from engine.errors import UserError
from engine.pool import Expert
from engine.profile import Profile, ProfiledQuestion
from engine.prompts import STANDS_BY
from engine.runtimes.base import Message, Sampling
from engine.skills import KEYWORD_MAX_TOKENS
from hostile.runs import hostile_disputations
from hostile.texts import LONG, SHORT
from stage import LARGE, MIDDLE, SMALL, ScriptedStage
from storage.exports.jsonl import export
from storage.marks import NOTE_CHARACTERS, TAG_CHARACTERS
from storage.text import storable
from storage_events import run_finished, run_started
from ui.page_export import page as page_of

TALL = 4_000  # pixels of a window in which much is in sight
OPENED = [
    "a megabyte of one word",
    "a megabyte of lines",
    "lists that deepen",
    "dollars with letters",
    "pipes",
]
TURNED = """() => {
  const barred = /^(script|i?frame|object|embed|base|meta|link|image|img|video|audio|source|form|style|maction)$/i;
  const near = /^(https?:|[/?#]|[a-z]+[/?])/;
  const mayAct = ({ name, value }) => /^on/i.test(name) || (/href$/i.test(name) && !near.test(value));
  const ours = [...document.querySelectorAll(".ours, .ours *")];
  const bad = ours.filter((one) => barred.test(one.localName) || [...one.attributes].some(mayAct));
  const hits = [window.hit, Object.prototype.hit, Array.prototype.hit].filter((one) => one !== undefined);
  return [...hits, ...bad.map((one) => one.outerHTML.slice(0, 200))];
}"""


class Visitor:
    """One browser window; `problems` is everything that should not have happened in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(f"threw {error}"))
        self.page.on(
            "dialog", lambda dialog: (self.problems.append(f"said {dialog.message}"), dialog.dismiss())
        )
        self.page.on("popup", lambda popup: self.problems.append(f"opened {popup.url}"))
        self.page.on("console", lambda line: self._console(line.type, line.text))
        context.route(
            "**/*", lambda route, request: route.continue_() if self._near(request.url) else route.abort()
        )

    def _near(self, url: str) -> bool:
        near = url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:"))
        if not near:
            self.problems.append(f"asked for {url}")
        return near

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.problems.append(f"console: {text}")

    def unharmed(self) -> None:
        """Nothing ran, nothing hostile became an element, nothing was fetched, and nothing scrolls sideways."""
        assert self.page.evaluate(TURNED) == []
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert self.problems == []


@contextmanager
def visiting(chromium: Browser, height: int = 900, width: int = 1280) -> Iterator[Visitor]:
    """A visitor with a window of that size."""
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield Visitor(context)
    context.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedStage]:
    """The application with a record and a profile of hostile texts."""
    folder = tmp_path_factory.mktemp("hostile")
    with ScriptedStage(folder) as stage:
        (folder / "profiles" / "hostile.json").write_text(hostile_profile().model_dump_json(), "utf-8")
        for number, said in enumerate(hostile_disputations()):
            for event in said.events(f"all{number}"):
                stage.recorder.record(event)
        for number, text in enumerate(SHORT.values()):
            stage.recorder.record(run_started(f"one{number}", text, at=2e9))
            stage.recorder.record(run_finished(f"one{number}", text, text=text, at=2e9))
        stage.recorder.flush()
        for number, text in enumerate(SHORT.values()):
            mark(stage, f"one{number}", text)
        yield stage


def hostile_profile() -> Profile:
    """A profile in which each short text is a question, a choice, a skill, and where a question comes from."""
    questions = tuple(
        ProfiledQuestion(
            id=f"q{number}",
            source=storable(text),
            kind="choice",
            question=storable(text),
            choices=(storable(text), "harmless"),
            gold="A",
            skills=(storable(text), "all"),
            right={SMALL: False, MIDDLE: True, LARGE: number % 2 == 0},
        )
        for number, text in enumerate(SHORT.values())
    )
    return Profile(pool="pocket", made="2026-11-21", made_how=storable(SHORT["script"]), questions=questions)


def mark(stage: ScriptedStage, run: str, text: str) -> None:
    """Make the text the run's note, and its tag where it can be one."""
    stage.record.curation.mark(run, note=text[:NOTE_CHARACTERS])
    try:
        stage.record.curation.mark(run, tags=[text[:TAG_CHARACTERS]])
    except UserError:  # it has a line break or another control character, or is nothing but white space
        stage.record.curation.mark(run, tags=[])


def opened(visitor: Visitor, address: str) -> Page:
    """The visitor's page at an address that shows a run, once it is all there."""
    page = visitor.page
    page.goto(address)
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    return page


def keys_work(page: Page) -> None:
    """The page still answers its keys and closes what they open."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


RUNS = [f"all{number}" for number, _ in enumerate(hostile_disputations())]


@pytest.mark.parametrize("run", RUNS)
def test_in_the_view_of_a_run_rendered_and_plain(hostile: ScriptedStage, chromium: Browser, run: str) -> None:
    record = hostile.traces.run(run)
    assert record is not None
    with visiting(chromium, TALL) as visitor:
        page = opened(visitor, f"{hostile.address}/traces?run={run}")
        assert page.locator(".question-text").text_content() == record.question
        assert [choice[1:] for choice in page.locator(".question .choices li").all_text_contents()] == list(
            record.choices
        )
        page.get_by_role("button", name="Unfold all").click()
        texts = {name: text for name, text in hostile.texts(run).items() if not name.startswith("keywords/")}
        for name, text in texts.items():
            assert page.locator(f'[data-call="{name}"] .streamed').text_content() == text
        changed = [name for name, text in texts.items() if has_changes(name, text)]
        expect(page.locator(".changes:not([hidden])")).to_have_count(len(changed))
        for text in page.locator(".call-text").filter(visible=True).all():  # rendered as it comes near sight
            text.scroll_into_view_if_needed()
            expect(text).to_have_attribute("data-rendered", "")
        visitor.unharmed()
        page.get_by_role("button", name="Plain text").click()
        visitor.unharmed()
        keys_work(page)


@pytest.mark.parametrize("run", RUNS)
def test_in_a_replay(hostile: ScriptedStage, chromium: Browser, run: str) -> None:
    with visiting(chromium) as visitor:
        visitor.page.goto(f"{hostile.address}/traces?run={run}&replay=1")
        moment = visitor.page.get_by_role("slider", name="Moment of the replay")
        expect(moment).not_to_have_attribute("max", "0")
        moment.press("End")
        expect(visitor.page.locator(".conclusion")).to_be_visible()
        visitor.unharmed()
        moment.press("Home")
        expect(visitor.page.locator(".conclusion")).to_be_hidden()
        visitor.unharmed()


@pytest.mark.parametrize("run", RUNS)
def test_on_ask_and_in_its_form(hostile: ScriptedStage, chromium: Browser, run: str) -> None:
    record = hostile.traces.run(run)
    assert record is not None
    with visiting(chromium, width=390) as visitor:
        page = opened(visitor, f"{hostile.address}/?run={run}")
        expect(page.locator(".conclusion")).to_be_visible()
        visitor.unharmed()
        page.goto(f"{hostile.address}/?again={run}")
        expect(page.get_by_role("textbox", name="Question")).to_have_value(form_value(record.question))
        visitor.unharmed()


def has_changes(call: str, text: str) -> bool:
    """Whether changes are shown in the place of a call's text; more white space is none."""
    return call.startswith("refine/") and not text.startswith(STANDS_BY) and bool(text.strip())


def form_value(text: str) -> str:
    """The text as a field of several lines has it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_on_the_list_of_traces_as_question_answer_tag_and_note(
    hostile: ScriptedStage, chromium: Browser
) -> None:
    with visiting(chromium) as visitor:
        page = visitor.page
        page.goto(f"{hostile.address}/traces?text=")
        rows = page.locator(".traces-table tbody tr")
        expect(rows.first).to_be_visible()
        while page.get_by_role("button", name="More", exact=True).is_visible():
            shown = rows.count()
            page.get_by_role("button", name="More", exact=True).click()
            expect(rows.nth(shown)).to_be_visible()
        assert rows.count() == len(SHORT) + len(RUNS)
        visitor.unharmed()
        page.get_by_label("Search all text").fill("elsewhere")
        expect(page.locator("mark").first).to_have_text("elsewhere")
        visitor.unharmed()
        keys_work(page)


def test_in_the_tags_and_the_note_of_a_run(hostile: ScriptedStage, chromium: Browser) -> None:
    with visiting(chromium) as visitor:
        for number in range(0, len(SHORT), 12):
            page = opened(visitor, f"{hostile.address}/traces?run=one{number}")
            expect(page.locator(".curation")).to_be_visible()
            visitor.unharmed()


def test_on_experts_as_skill_and_validation_question(hostile: ScriptedStage, chromium: Browser) -> None:
    hostile.catalogue.choose_profile("pocket", "own/hostile")
    with visiting(chromium, TALL) as visitor:
        page = visitor.page
        page.goto(f"{hostile.address}/experts?skill=all")
        questions = page.locator(".skill-questions > ol > li")
        expect(questions.first).to_be_visible()
        while page.get_by_role("button", name="More questions").is_visible():
            shown = questions.count()
            page.get_by_role("button", name="More questions").click()
            expect(questions.nth(shown)).to_be_visible()
        assert questions.count() == len(SHORT)
        visitor.unharmed()
        keys_work(page)


@pytest.mark.parametrize("run", RUNS)
def test_in_the_page_of_a_run(hostile: ScriptedStage, chromium: Browser, run: str, tmp_path: Path) -> None:
    file = tmp_path / "run.html"
    file.write_text(page_of(hostile.traces, run), "utf-8")
    with visiting(chromium) as visitor:
        page = visitor.page
        page.goto(file.as_uri())
        expect(page.locator(".final")).to_be_visible()
        visitor.unharmed()
        critique = page.locator("details.critique").last
        critique.locator("summary").click()
        expect(critique.locator(".numbers")).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 900})
        visitor.unharmed()


def test_in_json_lines_every_text_comes_back_as_it_was(hostile: ScriptedStage) -> None:
    for run, said in zip(RUNS, hostile_disputations(), strict=True):
        (line,) = export(hostile.traces, [run])
        assert "\n" not in line
        found = json.loads(line)
        assert found["question"] == storable(said.question)
        assert found["choices"] == [storable(choice) for choice in said.choices]
        texts = {call["name"]: call["text"] for call in found["calls"]}
        for expert, (text, _) in said.reasons.items():
            assert texts[f"reason/{expert}/0"] == storable(text)


@pytest.mark.parametrize("name", OPENED)
def test_an_endless_text_stands(hostile: ScriptedStage, chromium: Browser, name: str, tmp_path: Path) -> None:
    text = LONG[name]
    said = Disputation(
        reasons={"small": (text, "71")},
        critiques={("small", "small"): text},
        refined={"small": (f"{text} x", "72")},
    )
    run = f"long{OPENED.index(name)}"
    for event in said.events(run):
        hostile.recorder.record(event)
    hostile.recorder.flush()
    with visiting(chromium) as visitor:
        page = opened(visitor, f"{hostile.address}/traces?run={run}")
        shown = page.locator('[data-call^="reason/"] .streamed').first
        assert shown.evaluate("element => element.textContent.length") == len(text)
        visitor.unharmed()
        file = tmp_path / "run.html"
        file.write_text(page_of(hostile.traces, run), "utf-8")
        page.goto(file.as_uri())
        expect(page.locator(".final")).to_be_visible()
        visitor.unharmed()


def test_a_hostile_question_can_be_typed_and_asked(stage: ScriptedStage, chromium: Browser) -> None:
    everything = "\n".join(text for text in SHORT.values() if text == form_value(text) and "\0" not in text)
    stage.runtime.script = speaks_hostile
    with visiting(chromium) as visitor:
        page = visitor.page
        page.goto(stage.address)
        expect(page.get_by_role("list", name="Experts of the pool")).to_be_visible()
        page.get_by_role("textbox", name="Question").fill(storable(everything))
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
        expect(page.locator(".streamed").first).to_contain_text("<script>")
        visitor.unharmed()


def speaks_hostile(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str:
    """Every model text is hostile, but for endless thinking, which is no answer; keywords are repeated, to be kept."""
    if sampling.max_tokens == KEYWORD_MAX_TOKENS:
        return "Keywords: <b onclick=hit=1>, ${hit=2}, {{hit}}"
    said = [text for text in SHORT.values() if "<think>" not in text]
    return "\n\n".join([*said, r"The answer is \boxed{<img src=x onerror=hit=11>}"])
