"""Takes the README's pictures from a running app: `python tests/browser/pictures.py ADDRESS RUN FOLDER`.

RUN is a finished run of its record; FOLDER gets `ask.png`, `critiques.png`, `experts.png` and `replay.webp`.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

WIDTH, HEIGHT, TALL = 1280, 800, 1180
SMALL = (800, 500)  # pixels of the animation
FRAMES, EVERY = 84, 180  # frames, and milliseconds between two


def main(address: str, run: str, folder: Path) -> None:
    """Take all of them."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        take_run(page, f"{address}/traces?run={run}", folder)
        page.set_viewport_size({"width": WIDTH, "height": TALL})
        page.goto(f"{address}/experts")
        expect(page.locator(".heat-map tbody tr").first).to_be_visible()
        page.wait_for_timeout(1_000)
        page.screenshot(path=folder / "experts.png")
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        take_replay(page, f"{address}/traces?run={run}&replay=1", folder / "replay.webp")
        browser.close()


def take_run(page: Page, address: str, folder: Path) -> None:
    """Why the experts were chosen and what they reason; and who criticised whom."""
    page.goto(address)
    expect(page.locator(".run-view")).to_have_attribute("data-status", "done")
    for name, section in {"ask": "Recruited because", "critiques": "Critiques"}.items():
        heading = page.get_by_role("heading", name=section)
        heading.evaluate("element => element.closest('.step').scrollIntoView({block: 'start'})")
        page.wait_for_timeout(2_000)  # texts are rendered as they come into view
        page.screenshot(path=folder / f"{name}.png")


def take_replay(page: Page, address: str, path: Path) -> None:
    """The replay at eight times the speed, which follows the step that is live."""
    page.goto(address)
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_label("Speed").select_option("8")
    frames: list[Image.Image] = []
    for _ in range(FRAMES):
        page.wait_for_timeout(EVERY)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        frames.append(shot.resize(SMALL, Image.Resampling.LANCZOS))
    frames[0].save(
        path, save_all=True, append_images=frames[1:], duration=EVERY, loop=0, quality=60, method=6
    )


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1].rstrip("/"), sys.argv[2], Path(sys.argv[3]))
