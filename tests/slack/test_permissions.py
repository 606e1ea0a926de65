"""A permission that is missing switches off what needs it, and nothing else."""

import threading
from collections.abc import Iterator

import pytest

from bot.clock import wall_clock
from bot.domain.ids import ChannelId, Tenant, UserId
from bot.run import Run
from bot.services import directory as services
from bot.slack.directory import Directory
from bot.slack.identity import patient_client, slack_client
from storage.database import Database
from tests.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def sync(world: World) -> Iterator[Run]:
    """Beside the story's own bot, one that learns of two more channels by reading alone."""
    world.slack.control("channel", id="C_DATA", name="data", members=["U_BOT"])
    world.slack.control("channel", id="C_QUIET", name="quiet", is_private=True, members=["U_BOT"])
    database = Database(world.database_url)
    run = Run(database, wall_clock, lambda: None, Tenant("T_SYNC"))
    run(services.install, name="sync", bot_user=UserId("U_BOT"))
    yield run
    database.dispose()
    world.slack.control("scopes", grant=["users:read", "channels:read", "groups:read"])
    world.slack.control("scopes", grant=["im:write", "chat:write"])


def directory(world: World) -> Directory:
    client = slack_client(token="xoxb-sandbox", api_url=f"{world.slack.url}/api/", seconds=5)
    return Directory(client, patient_client(client, threading.Event()), world.team)


def channels(run: Run) -> set[str]:
    names = ("C_GENERAL", "C_DATA", "C_QUIET")
    found = [run.look(services.channel, channel=ChannelId(name)) for name in names]
    return {channel.channel for channel in found if channel}


def test_all_is_read_where_all_is_granted(world: World, sync: Run) -> None:
    world.person("ada")
    assert directory(world).sync(sync)
    assert channels(sync) == {"C_GENERAL", "C_DATA", "C_QUIET"}


def test_without_private_channels_public_ones_are_read(world: World, sync: Run) -> None:
    world.slack.control("scopes", revoke=["groups:read"])
    assert directory(world).sync(sync)
    assert channels(sync) == {"C_GENERAL", "C_DATA"}


def test_what_may_not_be_read_any_more_stays_as_it_was(world: World, sync: Run) -> None:
    directory(world).sync(sync)
    world.slack.control("scopes", revoke=["groups:read"])
    assert directory(world).sync(sync)
    assert channels(sync) == {"C_GENERAL", "C_DATA", "C_QUIET"}


def test_without_people_channels_are_read(world: World, sync: Run) -> None:
    world.slack.control("scopes", revoke=["users:read"])
    assert directory(world).sync(sync) is None
    assert channels(sync) == {"C_GENERAL", "C_DATA", "C_QUIET"}


def test_without_channels_people_are_read(world: World, sync: Run) -> None:
    world.slack.control("scopes", revoke=["channels:read", "groups:read"])
    world.person("eve")
    assert directory(world).sync(sync)
    assert sync.look(lambda work: work.people.get(UserId("U_EVE")))
    assert channels(sync) == set()


@pytest.mark.usefixtures("sync")
def test_without_direct_messages_a_question_ends_with_a_sentence_and_the_rest_goes_on(
    world: World,
) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.slack.control("scopes", revoke=["im:write"])
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    world.later(hours=6)
    opened = len(world.slack.calls("conversations.open"))
    world.later(hours=6)
    assert len(world.slack.calls("conversations.open")) == opened
    world.reacts("cy", world.writes("ada", "try EXPLAIN ANALYZE"))
    assert world.slack.messages("#general", "cy")[-1].says("You learned something from")
