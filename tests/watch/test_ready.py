"""/ready: each check is made to fail for real, and holds again afterwards."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot.clock import MovableClock
from bot.domain.cards import Card, Direct
from bot.domain.ids import Key, Tenant, UserId
from bot.jobs import scheduler
from bot.program import Program
from bot.scopes import LOST
from bot.watch import lookout
from storage.database import Database
from storage.schema import HEAD
from tests import databases
from tests.localslack import SlackView
from tests.watch.pages import becomes, page, ready, wrong
from tests.world import World

TEAMS = count(1)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def changed(world: World, there: str, back: str) -> Iterator[None]:
    """Another hand in the bot's database."""
    database = Database(world.database_url)
    with database.engine.begin() as connection:
        connection.execute(text(there))
    try:
        yield
    finally:
        with database.engine.begin() as connection:
            connection.execute(text(back))
        database.dispose()


@SQLITE
def test_a_bot_that_is_well_says_so(world: World) -> None:
    status, told = ready(world)
    checks = dict.fromkeys(("database", "schema", "deliveries", "socket"), "ok")
    assert (status, told) == (200, {"ready": True, "checks": checks, "off": []})


@SQLITE
def test_over_http_there_is_no_socket_to_check(world: World) -> None:
    http = World(world.slack, world.database_url, f"T_R{next(TEAMS)}", slack_app_token="")
    world.bot.stop()
    http.start()
    try:
        assert set(ready(http)[1]["checks"]) == {"database", "schema", "deliveries", "http"}
    finally:
        http.stop()


@SQLITE
def test_a_database_file_that_is_gone_is_noticed(world: World) -> None:
    file = Path(str(make_url(world.database_url).database))
    away = file.rename(file.with_suffix(".away"))
    told = wrong(becomes(world, 503))
    away.rename(file)
    assert told["database"] == "The database file is not there any more."
    assert told["schema"] == told["deliveries"] == "This could not be looked up."
    assert becomes(world, 200)["ready"]


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_server_that_lets_nobody_in_is_noticed_and_not_named(world: World) -> None:
    name = make_url(world.database_url).database
    server = make_url(databases.SERVER).set(drivername="postgresql")
    with psycopg.connect(
        server.render_as_string(hide_password=False), autocommit=True
    ) as connection:

        def let_in(yes: bool) -> None:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {yes}".encode())

        let_in(False)
        try:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            told = becomes(world, 503)
        finally:
            let_in(True)
    assert wrong(told)["database"] == "The database does not answer."
    assert str(name) not in str(told)
    assert becomes(world, 200)["ready"]


def test_a_schema_of_another_version_is_noticed(world: World) -> None:
    older = "UPDATE alembic_version SET version_num = '0001'"
    with changed(world, older, f"UPDATE alembic_version SET version_num = '{HEAD}'"):
        assert "not the one this version needs" in wrong(becomes(world, 503))["schema"]
    assert becomes(world, 200)["ready"]


@SQLITE
def test_a_probe_does_not_wait_for_a_look_that_never_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, hold = threading.Event(), threading.Event()

    def stuck(_database: Database) -> str:
        reached.set()
        assert hold.wait(20)
        return "0000"

    monkeypatch.setattr(lookout, "current_revision", stuck)
    monkeypatch.setattr(lookout, "PATIENCE", 0.05)
    first = threading.Thread(target=lambda: page(world, "ready"))
    first.start()
    assert reached.wait(20)
    told = wrong(ready(world)[1])
    hold.set()
    first.join()
    assert told["database"] == "The database has not answered the last look yet."


def test_a_delivery_tried_in_vain_is_overdue_after_a_while(world: World) -> None:
    world.person("ada")
    world.writes_unreadable_delivery("U_ADA")
    world.later(minutes=1)
    assert ready(world)[0] == 200
    world.later(minutes=16)
    status, told = ready(world)
    assert status == 503
    assert wrong(told) == {
        "deliveries": "1 overdue: not looked at for 2 minutes, or tried in vain for 15."
    }


@SQLITE
def test_a_delivery_that_nobody_looks_at_is_overdue(world: World) -> None:
    """The workers have ended, whatever the reason."""
    workers = next(part for part in world.bot._parts if "Workers" in type(part).__name__)
    workers.stop()
    database = Database(world.database_url)
    recorded_at = datetime.fromisoformat(world.slack.see("state")["now"]) - timedelta(minutes=3)
    with database.begin(Tenant(world.team), recorded_at) as work:
        work.deliveries.say(Direct((UserId("U_ADA"),)), Card("?"), key=Key("x/1"))
    database.dispose()
    assert set(wrong(becomes(world, 503))) == {"deliveries"}


@SQLITE
def test_a_socket_that_was_cut_is_noticed(world: World) -> None:
    world.slack.control("socket", cut="all", refuse_for=60)
    try:
        assert wrong(becomes(world, 503)) == {
            "socket": "There is no connection to Slack at the moment; Peerloop keeps trying."
        }
    finally:
        world.slack.control("socket", cut=0)


@SQLITE
def test_a_tick_that_stands_still_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = threading.Event()
    monkeypatch.setattr(scheduler, "tick", lambda _run: hold.wait(20))
    monkeypatch.setattr(lookout, "MINUTE", 0.2)
    world.stop()
    world.settings.tick_seconds = 0.1
    clock = MovableClock(datetime.fromisoformat(world.slack.see("state")["now"]), held=True)
    world.bot = Program(world.settings, clock=clock)
    world.start()
    told = wrong(becomes(world, 503))
    hold.set()
    assert told["tick"].startswith("Nothing that fell due has been looked at for ")
    assert becomes(world, 200)["checks"]["tick"] == "ok"


@SQLITE
def test_a_permission_that_is_not_granted_is_named_and_the_rest_goes_on(world: World) -> None:
    world.slack.control("scopes", revoke=["reactions:read"])
    world.person("ada", knows=("sql",))
    assert "sql" in world.opens_home("ada")
    status, told = ready(world)
    assert status == 200
    assert len(told["off"]) == 1
    assert "reactions:read" in told["off"][0]
    assert LOST["reactions:read"] in told["off"][0]


@SQLITE
def test_what_needs_a_permission_that_is_missing_says_so(world: World) -> None:
    world.person("ada")
    world.slack.control("scopes", revoke=["users:read"])
    world.person("cy")
    answer = world.types("cy", "/ask-peer what is sql?")
    world.reacts("cy", world.writes("ada", "a join is a product with a condition"))
    known = world.types("ada", "/learning")

    assert answer.says("has not been granted the permission it needs for this (users:read)")
    assert not known.says("permission")
    reactions = [e for e in world.slack.journal("envelope") if "reaction" in e["what"]]
    assert [(e["ack"], e["attempt"]) for e in reactions] == [("acked", 0)]


def test_nothing_is_told_that_names_anybody(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    told = page(world, "metrics").body.decode() + page(world, "ready").body.decode()
    secrets = ("ada", "U_ADA", "U_CY", world.team, "postgres index", "xoxb", "xapp", "general")
    assert [secret for secret in secrets if re.search(rf"\b{secret}\b", told)] == []


@pytest.fixture(autouse=True)
def _scopes_are_granted_again(world: World) -> Iterator[None]:
    yield
    SlackView(world.slack.url).control("scopes", grant=["reactions:read", "users:read"])
