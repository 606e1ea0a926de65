"""`make screenshots`: the scenes of the guided tour as pictures for the documents."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bot import logs
from bot.demo.running import Demo
from tests.page.conftest import chromium
from tests.page.tourist import Tourist

FOLDER = Path(__file__).parents[2] / "docs/pictures"
TODAY = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""So that the pictures change only where the page does."""

SIZE = {"width": 1280, "height": 800}
SCENES = {
    "Ask, and be asked": (3, "ask"),
    "An emoji notes what you learned": (3, "emoji"),
    "A mentor pair meets": (4, "draft"),
    "Monday's prompt": (3, "prompt"),
    "Time passes, and a question moves on": (5, "time"),
    "The lead's view": (3, "lead"),
}
"""Up to which step each scene is walked, and the name of its picture."""


def take(browser: Browser, scene: str, step: int, name: str) -> None:
    """Each scene begins in a workspace of its own, as new as at the first start."""
    demo = Demo(0, today=TODAY)
    demo.start()
    try:
        context = browser.new_context(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]  # a plain dict serves
        tourist = Tourist(context.new_page(), demo.url)
        tourist.comes("cy", "C_GENERAL")
        tourist.walks(scene, step)
        tourist.page.mouse.move(0, 0)
        tourist.page.wait_for_timeout(400)
        tourist.page.screenshot(path=FOLDER / f"{name}.png")
        print(f"docs/pictures/{name}.png")
        context.close()
    finally:
        demo.stop()


def main() -> None:
    logs.configure("WARNING", "plain")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for scene, (step, name) in SCENES.items():
            take(browser, scene, step, name)
        browser.close()


if __name__ == "__main__":
    main()
