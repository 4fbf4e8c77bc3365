"""The form of the page Ask: its folds and choices."""

from playwright.sync_api import Locator, Page

_FOUR_FRAMES = """new Promise((done) => {
  let left = 4;
  const next = () => (left-- ? requestAnimationFrame(next) : done());
  next();
})"""


def fold(page: Page, name: str) -> Locator:
    """The button of a fold."""
    return page.get_by_role("button", name=name, exact=True).and_(page.locator("[aria-expanded]"))


def unfold(page: Page, name: str) -> None:
    """Open a fold, and wait until what is typed into it stays.

    Gradio gives a fold's fields their values once more a frame after it has made them, and so takes away what a script
    typed meanwhile; a person is not so quick.
    """
    fold(page, name).click()
    page.evaluate(_FOUR_FRAMES)


def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of a field."""
    page.get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option).click()
