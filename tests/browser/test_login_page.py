"""Logging in, in a browser; what each may do on the pages; and logging out."""

import re

import pytest
from playwright.sync_api import expect

SECRET = "correct horse"


@pytest.fixture
def peopled(stage):
    """The application with an owner, Ada, and a viewer, Vic."""
    stage.record.accounts.add("Ada", SECRET, "owner")
    stage.record.accounts.add("Vic", SECRET, "viewer")
    return stage


def log_in(page, name, password=SECRET):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")


def test_an_owner_logs_in_asks_and_logs_out(peopled, page):
    page.goto(peopled.address)
    expect(page).to_have_url(re.compile(r"/login\?next="))
    expect(page.get_by_label("Name")).to_be_focused()
    log_in(page, "Ada", "wrong password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Name")).to_have_value("Ada")
    expect(page.get_by_label("Password")).to_be_focused()
    log_in(page, "ada")
    expect(page).to_have_url(f"{peopled.address}/")
    expect(page.get_by_role("list", name="Experts of the pool")).to_be_visible()
    page.get_by_role("textbox", name="Question").fill("How many jars are 8 crates of 9?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"\?run="))
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    expect(page.locator(".session")).to_contain_text("Ada")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.goto(f"{peopled.address}/traces")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def test_a_viewer_gets_to_the_wanted_page_and_reads(peopled, page):
    run = peopled.done()
    page.goto(f"{peopled.address}/traces?run={run}")
    log_in(page, "Vic")
    expect(page).to_have_url(f"{peopled.address}/traces?run={run}")
    expect(page.locator(".run-view[data-status=done]")).to_be_visible()
    expect(page.locator(".session")).to_contain_text("Vic")
    expect(page.get_by_role("button", name="Delete run")).to_be_hidden()
    expect(page.get_by_role("link", name="Ask again")).to_be_hidden()
    expect(page.locator("#run").get_by_placeholder("Add a tag")).to_be_hidden()
    expect(page.get_by_label("Note")).not_to_be_editable()


def test_a_viewer_cannot_ask(peopled, page):
    page.goto(peopled.address)
    log_in(page, "Vic")
    expect(page.get_by_role("note")).to_have_text("You can read every run, but only an owner asks questions.")
    expect(page.locator(".ask-fields")).to_have_attribute("inert", "")
    expect(page.locator(".examples")).to_be_attached()
    expect(page.get_by_role("group", name="Examples to try")).to_be_hidden()
    # Nor by going around the form.
    with page.expect_response(lambda answer: "queue/join" in answer.url) as refused:
        page.locator("#ask").dispatch_event("click")
    assert refused.value.status == 403
    assert peopled.traces.page().runs == ()


def test_the_form_needs_no_script(peopled, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{peopled.address}/record/runs")
    log_in(page, "Vic")
    expect(page.locator("body")).to_contain_text('"runs"')
    context.close()


def test_one_person_alone_has_no_login(stage, page):
    page.goto(f"{stage.address}/traces")
    expect(page.get_by_role("link", name="Experts")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-role", "owner")
    expect(page.locator(".session")).to_have_count(0)
