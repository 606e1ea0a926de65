"""Where questions about a topic go: what leads said, or the channel of that name."""

from collections.abc import Collection

from bot.domain import topic_channel
from bot.domain.cards import Card, ChannelName, Part, body
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.refusals import refuse_if_any
from bot.services.members import require_lead
from bot.services.reasons import listed, listed_in_short
from bot.services.topics import topics_and_problem
from storage.work import Work

NO_TOPICS = "Which topics? Please name at least one, as in: sql, postgres."
NOT_IN_IT = "I am not in this channel. Invite me there, then press Save."
PRIVATE = "Please choose a public channel: everybody should be able to read along."
MOST_SHOWN = 20


def channel_for(work: Work, topics: Collection[Topic]) -> ChannelId | None:
    """The public channel, among those the bot is in now, where these topics are at home."""
    channels = work.channels.named()
    return topic_channel.channel_for(topics, work.topic_channels.all(), channels)


def present(work: Work, *, lead: UserId) -> Card:
    """What is assigned, in words, for the lead's form."""
    require_lead(work, lead)
    return Card("", body(*_in_words(work)))


def assign(work: Work, *, lead: UserId, channel: ChannelId | None, typed: str) -> Card:
    """Send questions about these topics to a channel; without one, to none in particular."""
    require_lead(work, lead)
    topics, problem = topics_and_problem(typed)
    refuse_if_any(
        topics=problem or (None if topics else NO_TOPICS),
        channel=_channel_problem(work, channel) if channel else None,
    )
    if channel:
        work.topic_channels.assign(topics, channel)
        said = body(f"Questions about {listed(topics)} go to ", ChannelName(channel), ".")
    else:
        work.topic_channels.release(topics)
        said = body(f"No channel is set for {listed(topics)} now.")
    return Card("Saved", (*said, *body("\n\n", *_in_words(work))))


def _channel_problem(work: Work, channel: ChannelId) -> str | None:
    found = work.channels.get(channel)
    if found is None:
        return NOT_IN_IT
    return PRIVATE if found.is_private else None


def _in_words(work: Work) -> tuple[Part | str, ...]:
    """A line for each channel that somebody chose, and what holds for all the others."""
    by_channel: dict[ChannelId, list[Topic]] = {}
    for topic, channel in work.topic_channels.all().items():
        by_channel.setdefault(channel, []).append(topic)
    lines: list[Part | str] = []
    for channel, topics in [*by_channel.items()][:MOST_SHOWN]:
        lines += ["• ", *_channel(work, channel), f": {listed_in_short(topics)}\n"]
    if len(by_channel) > MOST_SHOWN:
        lines.append(f"• and {len(by_channel) - MOST_SHOWN} more\n")
    rest = "A topic without one goes to the channel that bears its name, if I am in it."
    return (*lines, rest) if lines else (f"No topic has a channel of its own yet. {rest}",)


def _channel(work: Work, channel: ChannelId) -> tuple[Part | str, ...]:
    """Of a channel that has become private, or that I left, not even the name is told."""
    found = work.channels.get(channel)
    if found and not found.is_private:
        return (ChannelName(channel),)
    return ("a channel that I am not in any more",)
