"""A whole bot that Slack reaches over HTTP."""

from collections.abc import Iterator
from itertools import count

import pytest

from sandbox.server import LocalSlack
from tests.localslack import SlackView
from tests.world import World

TEAMS = count(1)


@pytest.fixture
def http_world(local_slack: LocalSlack, database_url: str) -> Iterator[World]:
    """A bot without an app token: the local Slack sends it signed requests."""
    view = SlackView(local_slack.url)
    world = World(view, database_url, team=f"T_HTTP_{next(TEAMS)}", slack_app_token="")
    world.start()
    view.control("http", url=f"http://127.0.0.1:{world.bot.port}/slack/events")
    yield world
    view.control("http", url=None)
    world.stop()
