"""One delivery becomes one Web API call; and how to find out whether it arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.domain.cards import Card, Page
from bot.domain.deliveries import Delivery
from bot.domain.ids import ChannelId, Ts, UserId
from bot.domain.outcomes import Absent, Finding, Later, Never, Outcome, Sent, Unclear, Unreadable
from bot.slack.errors import attempt
from bot.slack.render import Renderer

EVENT_TYPE = "peerloop_delivery"
LOOK_BACK = timedelta(hours=2)
"""Slack's clock and ours may differ, by an hour even; a wider window only costs more pages."""

PAGE = 200


@dataclass(frozen=True, slots=True)
class Sender:
    """Speaks for one workspace; `client` must not retry by itself: that says things twice."""

    client: WebClient
    renderer: Renderer

    def open(self, people: tuple[UserId, ...]) -> ChannelId | Later | Never:
        """The conversation with these people; asking for it again gives the same one."""
        answer = attempt(lambda: self.client.conversations_open(users=list(people)))
        if isinstance(answer, Unclear):
            return Later(answer.reason)
        if isinstance(answer, Later | Never):
            return answer
        return ChannelId(answer["channel"]["id"])

    def post(self, delivery: Delivery, card: Card, mark: str) -> Outcome:
        """Say it, marked so that it can be found again."""
        if delivery.reader:
            return self._whisper(delivery, card, delivery.reader)
        answer = attempt(
            lambda: self.client.chat_postMessage(
                channel=str(delivery.channel),
                thread_ts=_thread(delivery),
                metadata={"event_type": EVENT_TYPE, "event_payload": {"mark": mark}},
                unfurl_links=False,
                unfurl_media=False,
                parse="none",
                **self.renderer.message(card),
            )
        )
        if isinstance(answer, Later | Never | Unclear):
            return answer
        return Sent(ChannelId(answer["channel"]), Ts(answer["ts"]))

    def update(self, delivery: Delivery, card: Card) -> Outcome:
        """Let the message show a newer text; saying it again changes nothing."""
        channel, ts = delivery.channel, delivery.ts
        if channel is None or ts is None:
            raise ValueError(f"Delivery {delivery.id} has not been sent.")
        answer = attempt(
            lambda: self.client.chat_update(
                channel=channel, ts=ts, parse="none", **self.renderer.message(card)
            )
        )
        return answer if isinstance(answer, Later | Never | Unclear) else Sent(channel, ts)

    def publish(self, delivery: Delivery, page: Page) -> Outcome:
        """Show somebody their App Home; showing it again changes nothing."""
        reader = UserId(str(delivery.reader))
        view = self.renderer.home(page)
        answer = attempt(lambda: self.client.views_publish(user_id=reader, view=view))
        if isinstance(answer, Later | Never | Unclear):
            return answer
        return Sent(ChannelId(""), Ts(answer["view"]["hash"]))

    def find(self, delivery: Delivery, mark: str, first_started_at: datetime) -> Finding:
        """Look for the mark in the conversation, from before the first attempt until now."""
        cursor = ""
        while True:
            page = attempt(partial(self._history, delivery, first_started_at, cursor))
            match page:
                case Unclear(reason):
                    return Later(reason)
                case Never(reason):
                    return Unreadable(reason)
                case Later():
                    return page
            if ts := _marked(page["messages"], mark):
                return Sent(ChannelId(str(delivery.channel)), ts)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Absent()

    def _whisper(self, delivery: Delivery, card: Card, reader: UserId) -> Outcome:
        answer = attempt(
            lambda: self.client.chat_postEphemeral(
                channel=str(delivery.channel),
                user=reader,
                parse="none",
                **self.renderer.message(card),
            )
        )
        if isinstance(answer, Later | Never | Unclear):
            return answer
        return Sent(ChannelId(str(delivery.channel)), Ts(answer["message_ts"]))

    def _history(self, delivery: Delivery, since: datetime, cursor: str) -> Mapping[str, Any]:
        window: dict[str, Any] = {
            "channel": str(delivery.channel),
            "oldest": f"{(since - LOOK_BACK).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": PAGE,
            "cursor": cursor or None,
        }
        thread = _thread(delivery)
        if thread:
            return _data(self.client.conversations_replies(ts=thread, **window).data)
        return _data(self.client.conversations_history(**window).data)


def _thread(delivery: Delivery) -> Ts | None:
    return delivery.parent.ts if delivery.parent else None


def _marked(messages: list[dict[str, Any]], mark: str) -> Ts | None:
    for message in messages:
        metadata = message.get("metadata") or {}
        if (metadata.get("event_payload") or {}).get("mark") == mark:
            return Ts(message["ts"])
    return None


def _data(answer: object) -> Mapping[str, Any]:
    if not isinstance(answer, dict):
        raise ValueError("Slack's answer is not an object.")
    return answer
