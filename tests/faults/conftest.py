"""Clusters for fault stories: SQLite with one process, PostgreSQL with one and with three."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from sandbox import http_delivery
from sandbox.server import LocalSlack
from tests import databases
from tests.faults.cluster import Cluster, Place
from tests.faults.tap import Tap
from tests.localslack import SlackView
from tests.world import World

TEAMS = count(1)


def _postgres(replicas: int) -> object:
    return pytest.param(
        ("postgres", replicas), marks=pytest.mark.postgres, id=f"postgres-{replicas}"
    )


SQLITE = pytest.param(("sqlite", 1), id="sqlite-1")
ONE_PROCESS = [SQLITE, _postgres(1)]
THREE_REPLICAS = _postgres(3)
EVERYWHERE = [*ONE_PROCESS, THREE_REPLICAS]
EDGES = [SQLITE, THREE_REPLICAS]
TWO_REPLICAS = _postgres(2)
TWO_ON_SQLITE = pytest.param(("sqlite", 2), id="sqlite-2")
A_SECOND_ONE = [SQLITE, TWO_REPLICAS]


@pytest.fixture(params=ONE_PROCESS)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """A migrated database. Teams differ, so stories do not meet where they share one."""
    kind, replicas = request.param
    if kind == "sqlite":
        with databases.sqlite_copy(request.getfixturevalue("sqlite_template")) as url:
            yield Place(url, replicas)
    else:
        yield Place(request.getfixturevalue("postgres_url"), replicas)


@pytest.fixture
def cluster(local_slack: LocalSlack, place: Place, tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(SlackView(local_slack.url), f"T_FAULTS{next(TEAMS)}", place, tmp_path)
    yield cluster
    cluster.end()


@pytest.fixture
def tap(
    local_slack: LocalSlack, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tap]:
    """A bot in HTTP mode, a tap on its line, and Cy, who can ask Ada and then Bo."""
    view = SlackView(local_slack.url)
    world = World(view, database_url, team=f"T_TAP{next(TEAMS)}", slack_app_token="")
    tap = Tap(world)
    monkeypatch.setattr(http_delivery, "post", tap.post)
    world.start()
    view.control("http", url=f"http://127.0.0.1:{world.bot.port}/slack/events")
    for name in ("ada", "bo"):
        world.person(name, knows=("postgres",))
        world.types(name, "/learning limit 50")
    world.person("cy")
    yield tap
    world.stop()
