"""The emoji that stand on messages, as a channel's history shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.domain.exchanges import Reaction, agreed_emoji
from bot.domain.ids import ChannelId, Ts, UserId
from bot.domain.outcomes import Later, Never, Unclear, Unreadable
from bot.slack.errors import attempt

PAGE = 200
MOST_PAGES = 10
"""Of one channel: whoever was away for long in a busy one does not hold up the others."""


@dataclass(frozen=True, slots=True)
class Missed:
    """`client` may be patient: nobody waits for this."""

    client: WebClient

    def reactions(
        self, channel: ChannelId, *, posted_since: datetime, put_since: datetime
    ) -> list[Reaction] | Unreadable:
        """The agreed emoji on messages since `posted_since`, as if each had been put just then.

        No earlier time is certain, and a later one would outdo what people have done since.
        """
        found: list[Reaction] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = attempt(partial(self._page, channel, posted_since, cursor))
            if isinstance(page, Never | Later | Unclear):
                return Unreadable(page.reason)
            for message in page["messages"]:
                found += _on(message, channel, put_since)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found
        return found

    def _page(self, channel: ChannelId, since: datetime, cursor: str) -> Mapping[str, Any]:
        oldest = f"{since.timestamp():.6f}"
        answer = self.client.conversations_history(
            channel=channel, oldest=oldest, limit=PAGE, cursor=cursor or None
        ).data
        if not isinstance(answer, dict):
            raise ValueError("Slack's answer is not an object.")
        return answer


def _on(message: Mapping[str, Any], channel: ChannelId, since: datetime) -> Iterator[Reaction]:
    ts, author = str(message.get("ts") or ""), message.get("user")
    if not (ts and author):
        return
    soonest = Ts(max(ts, f"{since.timestamp():.6f}", key=float))
    for reaction in message.get("reactions") or []:
        emoji = agreed_emoji(str(reaction.get("name")))
        for user in reaction.get("users") or [] if emoji else []:
            yield Reaction(UserId(user), UserId(author), channel, Ts(ts), str(emoji), True, soonest)
