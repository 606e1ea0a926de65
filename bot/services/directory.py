"""Keep people, the bot's channels and the installation itself as Slack has them."""

from collections.abc import Sequence

from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Channel, Person
from storage.work import Work


def install(work: Work, *, name: str, bot_user: UserId) -> None:
    """Remember the workspace the bot was started for."""
    work.installation.record(name=name, bot_user=bot_user)


def record_people(work: Work, *, people: Sequence[Person]) -> None:
    for person in people:
        work.people.record(person)


def record_channels(work: Work, *, channels: Sequence[Channel]) -> None:
    """The bot is in these channels and in no others."""
    work.channels.replace(channels)


def enter(work: Work, *, channel: Channel) -> None:
    """The bot was invited."""
    work.channels.record(channel)


def leave(work: Work, *, channel: ChannelId) -> None:
    """The bot was removed."""
    work.channels.forget(channel)


def unknown(work: Work, *, users: Sequence[UserId]) -> list[UserId]:
    """Those of `users` the directory has never heard of."""
    return [user for user in users if work.people.get(user) is None]
