"""Keep people, the bot's channels and the installation itself as Slack has them."""

from collections.abc import Sequence

from bot.domain.ids import ChannelId, Ts, UserId
from bot.domain.people import Channel, Person
from bot.services import mentoring, question_due
from storage.work import Work


def install(work: Work, *, name: str, bot_user: UserId) -> None:
    """Remember the workspace the bot was started for."""
    work.installation.record(name=name, bot_user=bot_user)


def record_people(work: Work, *, people: Sequence[Person]) -> None:
    """These people are in the workspace, as they were looked up just now."""
    for person in people:
        _take_over(work, person)


def follow_change(work: Work, *, person: Person, changed_ts: Ts) -> None:
    """Somebody joined or changed; events come in any order, and only the newest counts."""
    _take_over(work, person, changed_ts)


def _take_over(work: Work, person: Person, changed_ts: Ts | None = None) -> None:
    """However we learn that somebody left: what they were part of goes on without them."""
    before = work.people.get(person.user)
    work.people.record(person, changed_ts=changed_ts)
    after = work.people.get(person.user)
    if before is None or after is None or before.standing is after.standing:
        return
    if not after.takes_part:
        question_due.leave(work, person.user)
        mentoring.part(work, person.user)


def record_channels(work: Work, *, channels: Sequence[Channel]) -> None:
    """The bot is in these channels and in no others."""
    work.channels.replace(channels)


def record_channel(work: Work, *, channel: ChannelId, found: Channel | None) -> None:
    """How things stand with one channel: the bot is in it, or (None) it is not."""
    work.channels.forget(channel)
    if found:
        work.channels.add(found)


def channel(work: Work, *, channel: ChannelId) -> Channel | None:
    """A channel the bot is in; None for any other."""
    return work.channels.get(channel)


def unknown(work: Work, *, users: Sequence[UserId]) -> list[UserId]:
    """Those of `users` the directory has never heard of."""
    known = work.people.known(users)
    return [user for user in users if user not in known]
