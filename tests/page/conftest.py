"""A browser for all tests of the page, and for each file of them a workspace of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from sandbox.server import LocalSlack
from tests import databases
from tests.localslack import SlackView
from tests.page.visitor import Visitor
from tests.world import World

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TEAMS = count(1)

Opens = Callable[..., Visitor]


def chromium() -> str:
    """A test that cannot run here says so; in CI it fails instead."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        words = "no Chromium was found; on Debian and Ubuntu: apt install chromium"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # --no-sandbox: the browser's own would need rights that a container does not give it.
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def local(request: pytest.FixtureRequest) -> Iterator[LocalSlack]:
    with LocalSlack(**getattr(request.module, "SLACK", {})) as local:
        yield local


@pytest.fixture(scope="module")
def company(local: LocalSlack, sqlite_template: Path) -> Iterator[World]:
    """Peerloop with a workspace, from which each file of tests takes what it needs."""
    with databases.sqlite_copy(sqlite_template) as url:
        world = World(SlackView(local.url), url, team=f"T_PAGE_{next(TEAMS)}")
        world.start()
        yield world
        world.stop()


@pytest.fixture
def opens(browser: Browser, local: LocalSlack) -> Iterator[Opens]:
    """Opens the page as somebody; whatever went wrong in it fails the test."""
    visitors: list[Visitor] = []

    def open_page(user: str, place: str = "C_GENERAL", **more: object) -> Visitor:
        context = browser.new_context(**more)  # type: ignore[arg-type]  # passed on as it is
        visitors.append(Visitor(context.new_page(), local.url))
        return visitors[-1].comes(user, place)

    yield open_page
    for visitor in visitors:
        visitor.page.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
