"""`peerloop deliveries`: what the operator reads and does, beside a running bot too."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.clock import wall_clock
from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import State
from bot.domain.ids import ChannelId, Key, Tenant, UserId
from storage.database import Database
from storage.work import Work
from tests.conftest import BOTH

TENANT = Tenant("T_HAND")
IN_DOUBT, WAITING, REFUSED, SENT = (Key(f"lead/U_ADA/{n}") for n in range(4))


@pytest.fixture
def database(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """Ada was told four things; each became something else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    with database.begin(TENANT, wall_clock() - timedelta(minutes=1)) as work:
        work.installation.record(name="Hand", bot_user=UserId("U_BOT"))
        for key in (IN_DOUBT, WAITING, REFUSED, SENT):
            work.deliveries.say(Direct((UserId("U_ADA"),)), Card("canary"), key=key)
        work.deliveries.show_home(UserId("U_ADA"))
        in_doubt, _, refused, sent = (
            number(work, key) for key in (IN_DOUBT, WAITING, REFUSED, SENT)
        )
        work.sending.drop(in_doubt, State.UNKNOWN, "history unreadable: missing_scope")
        work.sending.drop(refused, State.NEVER, "is_archived")
        work.sending.drop(sent, State.CANCELLED, "x")
    yield database
    database.dispose()


def number(work: Work, key: Key) -> int:
    return next(each.id for each in work.troubles.listed(list(State)) if each.key == key)


def peerloop(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["deliveries", *arguments])


def number_of(database: Database, key: Key) -> str:
    with database.begin(TENANT, wall_clock()) as work:
        return str(number(work, key))


def state_of(database: Database, key: Key) -> State | None:
    with database.begin(TENANT, wall_clock()) as work:
        return work.deliveries.state_of(key)


def test_the_list_has_ids_and_reasons_and_nothing_else(database: Database) -> None:
    told = peerloop("list")
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["unknown", "waiting", "never"]
    assert "missing_scope" in lines[0]
    assert "canary" not in told.stdout
    assert "U_BOT" not in told.stdout


def test_the_list_can_be_read_by_programs(database: Database) -> None:
    told = peerloop("list", "--json", "--state", "unknown", "--state", "never")
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert [each["state"] for each in found] == ["unknown", "never"]
    assert [each["can_be_repeated"] for each in found] == [True, False]
    assert found[0]["to"] == "U_ADA"


def test_what_is_in_doubt_is_sent_again(database: Database) -> None:
    told = peerloop("retry", number_of(database, IN_DOUBT))
    assert told.exit_code == 0
    assert state_of(database, IN_DOUBT) is State.WAITING
    assert peerloop("retry", number_of(database, IN_DOUBT)).exit_code == 0, "it is only hurried"


def test_what_is_in_doubt_arrived(database: Database) -> None:
    assert peerloop("arrived", number_of(database, IN_DOUBT)).exit_code == 0
    assert state_of(database, IN_DOUBT) is State.SENT


@pytest.mark.parametrize("key", [IN_DOUBT, WAITING])
def test_what_waits_or_is_in_doubt_is_called_off(database: Database, key: Key) -> None:
    assert peerloop("cancel", number_of(database, key)).exit_code == 0
    assert state_of(database, key) is State.CANCELLED


@pytest.mark.parametrize(
    ("command", "key", "why"),
    [
        ("retry", REFUSED, "Its words are gone"),
        ("retry", SENT, "nothing to send again"),
        ("cancel", REFUSED, "this is never"),
        ("arrived", WAITING, "this is waiting"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    database: Database, command: str, key: Key, why: str
) -> None:
    before = state_of(database, key)
    told = peerloop(command, number_of(database, key))
    assert (told.exit_code, why in told.stderr) == (1, True), told.output
    assert state_of(database, key) is before


def test_a_number_that_is_none_is_told(database: Database) -> None:
    told = peerloop("retry", "4711")
    assert told.exit_code == 1
    assert "There is no delivery 4711" in told.stderr


def test_an_app_home_is_no_delivery_to_settle(database: Database) -> None:
    with database.begin(TENANT, wall_clock()) as work:
        [home] = [n for n in work.sending.due(9) if work.sending.get(n).is_home]
    assert peerloop("cancel", str(home)).exit_code == 1


def test_beside_a_bot_that_writes_it_takes_its_turn(database: Database) -> None:
    """No lock file is needed: one short transaction waits for another."""
    is_open, may_end = threading.Event(), threading.Event()

    def write_for_a_while() -> None:
        with database.begin(TENANT, wall_clock()) as work:
            work.deliveries.say(InChannel(ChannelId("C_X")), Card("x"), key=Key("x/9"))
            is_open.set()
            may_end.wait(0.5)

    number = number_of(database, IN_DOUBT)
    writer = threading.Thread(target=write_for_a_while)
    writer.start()
    assert is_open.wait(5)
    assert peerloop("arrived", number).exit_code == 0
    writer.join()
    assert state_of(database, IN_DOUBT) is State.SENT


@pytest.mark.parametrize("database_url", BOTH[:1], indirect=True)
def test_a_database_that_is_not_there_is_not_made(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    told = peerloop("list")
    assert (told.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no database" in told.stderr
