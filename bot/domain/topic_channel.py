"""The channel to which questions about a topic go."""

from collections.abc import Collection, Iterable, Mapping

from bot.domain.expertise import topics_in
from bot.domain.ids import ChannelId, Topic
from bot.domain.people import Channel

AROUND = frozenset({"ask", "help", "questions"})
"""Words that a channel's name may have before or after its topic: `#help-postgres`."""


def channel_for(
    topics: Collection[Topic], assigned: Mapping[Topic, ChannelId], channels: Iterable[Channel]
) -> ChannelId | None:
    """Where a question about `topics` is at home; None if nowhere.

    Only a public one of `channels`, which the bot is in, can be it. The channel that leads assigned
    to most of the topics comes first; of equals, and without any, the one named like a topic: the
    longer topic first, and the plain name before `#help-…`.
    """
    public = {each.channel: each for each in channels if not each.is_private}
    chosen = [assigned[topic] for topic in topics if assigned.get(topic) in public]
    if chosen:
        return min(chosen, key=lambda channel: (-chosen.count(channel), channel))
    named = [
        (-len(topic), len(channel.name), channel.channel)
        for topic in topics
        for channel in public.values()
        if _is_named(channel.name, topic)
    ]
    return min(named)[-1] if named else None


def _is_named(name: str, topic: Topic) -> bool:
    """Whether a channel's name says this topic and nothing else, whatever its number."""
    words = name.replace("_", "-").split("-")
    return any(_are_same(" ".join(part), topic) for part in _cores(words))


def _cores(words: list[str]) -> Iterable[list[str]]:
    """The words as they are, and without one that only says that questions are welcome."""
    yield words
    if words[0] in AROUND:
        yield words[1:]
    if words[-1] in AROUND:
        yield words[:-1]


def _are_same(one: str, other: str) -> bool:
    """Word by word, whichever of the two holds the other."""
    return bool(topics_in(one, [Topic(other)]) and topics_in(other, [Topic(one)]))
