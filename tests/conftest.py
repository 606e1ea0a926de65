"""Fixtures for every test: a local Slack, fresh databases, and a whole world."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot import logs
from sandbox.server import LocalSlack
from tests import databases
from tests.localslack import SlackView
from tests.world import World

TEAMS = count(1)

# A busy machine is no fault of the code: how long an example takes says nothing.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("patient")

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session", autouse=True)
def _quiet_logs() -> None:
    logs.configure("WARNING", "plain")


@pytest.fixture(scope="session")
def local_slack() -> Iterator[LocalSlack]:
    """It waits for acks longer than Slack does: the machine may be busy."""
    slack = LocalSlack(held=True, patience=10).start()
    yield slack
    slack.stop()


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[Path]:
    with databases.sqlite_template() as file:
        yield file


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    databases.require_postgres()
    with databases.postgres_database() as url:
        yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, migrated database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        with databases.sqlite_copy(request.getfixturevalue("sqlite_template")) as url:
            yield url
    else:
        url = request.getfixturevalue("postgres_url")
        databases.empty(url)
        yield url


@pytest.fixture
def world(local_slack: LocalSlack, database_url: str) -> Iterator[World]:
    world = World(SlackView(local_slack.url), database_url, team=f"T_{next(TEAMS)}")
    world.start()
    yield world
    world.stop()


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
