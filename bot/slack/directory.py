"""People and channels: from Slack into the directory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Channel, Person, Standing
from bot.domain.text import normalise, shorten
from bot.run import Run
from bot.services import directory
from bot.slack.errors import missing_scope

log = structlog.get_logger()

R = TypeVar("R")

PAGE = 200
KINDS = ("public_channel", "private_channel")
MOST_MEMBERS = 999
"""In one answer: somebody waits for it."""
INVISIBLE = frozenset({"user_not_found", "user_not_visible"})
"""People of other organisations, mostly: they take no part, so nothing need be known of them."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Reads the people and channels of one workspace, whose id is `team`.

    `patient` is for the background: it waits for as long as Slack asks, and goes on.
    """

    client: WebClient
    patient: WebClient
    team: str
    _met: set[UserId] = field(default_factory=set)
    """Those the directory is known to know; nobody is ever removed from it."""

    def sync(self, run: Run) -> int | None:
        """Bring everybody up to date, a page at a time; how many there are, None if cut short.

        People and channels need different permissions, so each is done without the other.
        """
        known = _tried("people", lambda: self._sync_people(run))
        _tried("channels", lambda: self._sync_channels(run))
        return known

    def channel(self, channel: ChannelId) -> Channel | None:
        """The channel as it is now; None if the bot is not in it."""
        try:
            found = self.client.conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            if error.response.get("error") == "channel_not_found":
                return None
            raise
        return _channel(found) if found.get("is_member") else None

    def _sync_people(self, run: Run) -> int:
        known = 0
        for page in self.patient.users_list(limit=PAGE):
            people = [read_person(user, self.team) for user in page["members"]]
            run(directory.record_people, people=people)
            known += len(people)
        return known

    def _sync_channels(self, run: Run) -> None:
        """Of a kind that we may not list, what is known stays as it is."""
        listed = [self._listed(kind) for kind in KINDS]
        channels = [channel for found in listed for channel in found or ()]
        if None not in listed:
            run(directory.record_channels, channels=channels)
            return
        for channel in channels:
            run(directory.record_channel, channel=channel.channel, found=channel)

    def _listed(self, kind: str) -> list[Channel] | None:
        """The channels of a kind that the bot is in; None without the permission to list them."""
        try:
            pages = self.patient.users_conversations(types=kind, exclude_archived=True, limit=PAGE)
            return [_channel(channel) for page in pages for channel in page["channels"]]
        except SlackApiError as error:
            scope = missing_scope(error)
            if scope is None:
                raise
            log.warning("channels not listed", kind=kind, missing=scope)
            return None

    def meet(self, run: Run, users: Iterable[UserId]) -> None:
        """Look up those the directory has never heard of, before a transaction needs them."""
        strangers = [user for user in dict.fromkeys(users) if user not in self._met]
        if not strangers:
            return
        run = run.apart()  # to have met somebody is not to have handled what they did
        unknown = run.look(directory.unknown, users=strangers)
        self._met.update(set(strangers).difference(unknown))
        for user in unknown:
            found = self._look_up(user)
            if found:
                run(directory.record_people, people=[found])

    def renew(self, run: Run, users: Iterable[UserId]) -> None:
        """Look these people up as they are at this moment, known or not: rights come and go."""
        found = [person for user in dict.fromkeys(users) if (person := self._look_up(user))]
        run.apart()(directory.record_people, people=found)

    def is_member(self, channel: ChannelId, user: UserId) -> bool:
        """Whether somebody is in a channel that the bot is in."""
        pages = self.client.conversations_members(channel=channel, limit=MOST_MEMBERS)
        return any(user in page["members"] for page in pages)

    def _look_up(self, user: UserId) -> Person | None:
        try:
            answer = self.client.users_info(user=user)
        except SlackApiError as error:
            if error.response.get("error") in INVISIBLE:
                return None
            raise
        return read_person(answer["user"], self.team)


def _tried(what: str, sync: Callable[[], R]) -> R | None:
    try:
        return sync()
    except (OSError, SlackClientError) as error:  # people are also met one by one
        scope = missing_scope(error)
        log.warning("directory not synced", what=what, error=type(error).__name__, missing=scope)
        return None


def read_person(user: Mapping[str, Any], team: str) -> Person:
    """Somebody as Slack's user objects describe them; `team` is our workspace."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), user.get("real_name"), profile.get("real_name"))
    name = next((name for name in names if name), user.get("name") or user["id"])
    return Person(
        user=UserId(user["id"]),
        name=shorten(normalise(name), 80),
        zone=user.get("tz") or "UTC",
        standing=_standing(user, team),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def _channel(channel: Mapping[str, Any]) -> Channel:
    is_private = bool(channel.get("is_private"))
    name = "" if is_private else shorten(normalise(channel.get("name") or ""), 80)
    return Channel(ChannelId(channel["id"]), is_private, name)


def _standing(user: Mapping[str, Any], team: str) -> Standing:
    if user.get("deleted"):
        return Standing.DEACTIVATED
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return Standing.BOT
    is_elsewhere = team.startswith("T") and user.get("team_id") not in {None, team}
    if user.get("is_stranger") or is_elsewhere:
        return Standing.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER
