"""The channel to which questions about a topic go when no colleague could help."""

from collections.abc import Collection

from bot.domain import topic_channel
from bot.domain.ids import ChannelId, Topic
from storage.work import Work


def channel_for(work: Work, topics: Collection[Topic]) -> ChannelId | None:
    """A public channel that I am in: as leads said, or by its name."""
    return topic_channel.channel_for(topics, work.topic_channels.all(), work.channels.named())
