"""Keep the directory of people, and the installation itself, as Slack has them."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.domain.people import Person
from storage.work import Work


def install(work: Work, *, name: str, bot_user: UserId) -> None:
    """Remember the workspace the bot was started for."""
    work.installation.record(name=name, bot_user=bot_user)


def record_people(work: Work, *, people: Sequence[Person]) -> None:
    for person in people:
        work.people.record(person)


def unknown(work: Work, *, users: Sequence[UserId]) -> list[UserId]:
    """Those of `users` the directory has never heard of."""
    return [user for user in users if work.people.get(user) is None]
