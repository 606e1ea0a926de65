"""After a break of all connections: what people did meanwhile is looked up, where it can be."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.domain.exchanges import Reaction
from bot.domain.ids import ChannelId
from bot.domain.outcomes import Unreadable
from bot.run import Run
from bot.services.react import react
from bot.slack.directory import Directory
from storage.work import Work

MARGIN = timedelta(minutes=1)
"""A connection may have been dead for a while before anybody noticed; shorter breaks lose nothing:
Slack tells of an event again after a minute, and after five."""

BEFORE = timedelta(days=1)
"""Emoji are put on messages that are older than the break, too."""

LONGEST = timedelta(days=3)

PAUSE_SECONDS = 1.2
"""Between two channels: Slack lets histories be read about fifty times a minute."""

log = structlog.get_logger()


class Histories(Protocol):
    def reactions(
        self, channel: ChannelId, *, posted_since: datetime, put_since: datetime
    ) -> list[Reaction] | Unreadable:
        """The agreed emoji that stand on the messages of a channel."""


class CatchUp:
    """Asked again and again; `is_connected` is None where Slack comes to us."""

    def __init__(
        self,
        run: Run,
        histories: Histories,
        directory: Directory,
        *,
        is_connected: Callable[[], bool] | None,
        stopping: threading.Event,
    ) -> None:
        self._run, self._histories, self._directory = run, histories, directory
        self._is_connected = is_connected or (lambda: True)
        self._stopping = stopping
        self._heard_at = run.look(_last_heard)  # before anything new can be heard
        self._was_away = True

    def look(self) -> None:
        """While there is a connection, remember the instant; after a break, catch up."""
        if not self._is_connected():
            self._was_away = True
            return
        since, now = self._heard_at, self._run.clock()
        if self._was_away and since and now - since > MARGIN:
            self._catch_up(max(since - MARGIN, now - LONGEST), is_whole=now - since <= LONGEST)
        self._was_away, self._heard_at = False, now  # not before: what failed is done again

    def _catch_up(self, since: datetime, *, is_whole: bool) -> None:
        """Through the same keys as everything Slack tells of, so nothing counts twice."""
        log.info("looking for what was missed", since=since.isoformat(timespec="seconds"))
        self._directory.sync(self._run)
        found, unreadable, is_first = 0, list[str](), True
        for channel in self._run.look(_channels):
            if self._stopping.wait(0 if is_first else PAUSE_SECONDS):
                return
            is_first = False
            reactions = self._histories.reactions(
                channel, posted_since=since - BEFORE, put_since=since
            )
            if isinstance(reactions, Unreadable):
                unreadable.append(reactions.reason)
                continue
            found += self._take_in(reactions)
        log.info("caught up", emoji=found)
        if unreadable or not is_whole:
            log.warning(
                "not all could be caught up: emoji put meanwhile may be missing",
                channels=len(unreadable),
                reasons=sorted(set(unreadable)),
                too_long_ago=not is_whole,
            )

    def _take_in(self, reactions: list[Reaction]) -> int:
        for reaction in reactions:
            self._directory.meet(self._run, [reaction.learner, reaction.peer])
            self._run(react, reaction=reaction)
        return len(reactions)


def _last_heard(work: Work) -> datetime | None:
    return work.seen.newest_at()


def _channels(work: Work) -> list[ChannelId]:
    return work.channels.all()
