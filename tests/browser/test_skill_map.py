"""Experts, in the browser: the heat map of skills and experts, and the questions behind a skill."""

import re
from collections import Counter

from playwright.sync_api import Locator, Page, expect

from command_line import PROJECT
from engine.pool import read_pool
from engine.profile import Profile
from stage import LARGE, MIDDLE, SMALL, ScriptedStage

TITLES = {expert.name: expert.title for expert in read_pool("pocket").experts}
SHIPPED = Profile.model_validate_json((PROJECT / "assets/profiles/pocket.json").read_bytes())
QUESTIONS = Counter(skill for question in SHIPPED.questions for skill in set(question.skills))


def having(questions: int) -> int:
    """How many skills of the shipped profile have so many questions at least."""
    return sum(count >= questions for count in QUESTIONS.values())


def skill_row(page: Page, skill: str) -> Locator:
    return page.locator(".heat-map tbody tr").filter(has=page.get_by_role("button", name=skill, exact=True))


def cells(page: Page, skill: str) -> list[str]:
    """What stands in a skill's row, its number of questions first."""
    return skill_row(page, skill).locator("td").all_inner_texts()


def test_the_heat_map_shows_right_answers_by_skill_and_expert(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    expect(page.locator(".heat-map thead th")).to_have_count(5)
    experts = page.locator(".heat-map thead .who").all_inner_texts()
    assert experts[0] == TITLES[LARGE]
    right = {"logic": (SMALL, LARGE), "multiplication": (MIDDLE, LARGE), "word problems": (LARGE,)}
    for skill, able in right.items():
        titles = [TITLES[expert] for expert in able]
        assert cells(page, skill) == ["2", *("2/2" if title in titles else "0/2" for title in experts)]

    page.get_by_label("Search skills").fill("WORD")
    expect(page.locator(".heat-map tbody tr")).to_have_count(1)
    expect(page.get_by_text("1 of 3 skills")).to_be_visible()
    page.get_by_label("Search skills").fill("juggling")
    expect(page.get_by_text("No skill has juggling in its name.")).to_be_visible()
    expect(page.locator(".heat-map")).to_be_hidden()
    page.get_by_label("Search skills").fill("")
    expect(page.locator(".heat-map tbody tr")).to_have_count(3)


def test_skills_with_few_questions_can_be_hidden(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    page.get_by_role("combobox", name="Profile", exact=True).select_option("shipped/pocket")
    expect(page.get_by_text(f"{having(3)} of {having(1)} skills")).to_be_visible()
    least = page.get_by_label("Questions, at least")
    expect(least).to_have_value("3")
    least.select_option("30")
    expect(page.locator(".heat-map tbody tr")).to_have_count(having(30))
    expect(skill_row(page, "word problems")).to_be_visible()
    least.select_option("1")
    expect(page.get_by_text(f"{having(1)} of {having(1)} skills")).to_be_visible()
    page.get_by_role("button", name="Show more skills").click()
    expect(page.locator(".heat-map tbody tr")).to_have_count(having(1))
    page.get_by_label("Search skills").fill("hyperkalemia")
    expect(page.locator(".heat-map tbody tr")).to_have_count(1)


def test_a_skill_opens_the_questions_behind_it(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    page.get_by_role("combobox", name="Profile", exact=True).select_option("shipped/pocket")
    expect(page.get_by_text(f"{having(3)} of {having(1)} skills")).to_be_visible()
    page.get_by_role("button", name="multiplication", exact=True).click()
    behind = page.get_by_role("region", name="multiplication")
    asked = [question for question in SHIPPED.questions if "multiplication" in question.skills]
    right = sum(question.right[LARGE] for question in asked)
    expect(behind).to_contain_text(f"{len(asked)} validation questions, 30 of them here")
    expect(behind.get_by_role("list", name="Right answers by expert")).to_contain_text(
        f"{right} of {len(asked)}"
    )
    first = behind.locator(".validation-question").first
    for shown in ("GSM8K · gsm8k_dev-0001", "A robe takes 2 bolts of blue fiber", "Right answer 3"):
        expect(first).to_contain_text(shown)
    outcomes = first.get_by_role("list", name="Who had it right").get_by_role("listitem")
    expect(outcomes).to_have_text(
        [f"✗ {TITLES[SMALL]} wrong", f"✓ {TITLES[MIDDLE]} right", f"✓ {TITLES[LARGE]} right"]
    )
    behind.get_by_role("button", name="More questions").click()
    expect(behind.locator(".validation-question")).to_have_count(len(asked))

    first.get_by_role("button", name="addition").click()
    expect(page).to_have_url(re.compile(r"[?&]skill=addition"))
    expect(page.get_by_role("region", name="addition")).to_contain_text(
        f"{QUESTIONS['addition']} validation questions"
    )
    page.reload()
    expect(page.get_by_role("region", name="addition")).to_contain_text(
        f"{QUESTIONS['addition']} validation questions"
    )
    page.get_by_role("button", name="Close the questions").click()
    expect(page.get_by_role("region", name="addition")).to_be_hidden()


def test_keys_search_move_open_and_close(stage: ScriptedStage, page: Page) -> None:
    page.goto(f"{stage.address}/experts")
    expect(page.locator(".heat-map tbody tr")).to_have_count(3)
    names = page.locator(".heat-map button.skill").all_inner_texts()
    page.keyboard.press("/")
    expect(page.get_by_label("Search skills")).to_be_focused()
    page.keyboard.type("jk")
    expect(page.get_by_label("Search skills")).to_have_value("jk")
    page.get_by_label("Search skills").fill("")
    expect(page.locator(".heat-map tbody tr")).to_have_count(3)
    page.keyboard.press("Enter")
    for name, key in ((names[0], "j"), (names[1], "j"), (names[2], "k"), (names[1], "Enter")):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
        page.keyboard.press(key)
    expect(page.get_by_role("region", name=names[1])).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("region", name=names[2])).to_contain_text("2 validation questions")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name=names[2])).to_be_hidden()
    expect(page.get_by_role("button", name=names[2], exact=True)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("search skills")
