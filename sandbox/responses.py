"""response_url: five uses within thirty minutes, by which an app answers what a person did."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.blocks import check_message_blocks, with_block_ids
from sandbox.conversations import Conversation
from sandbox.errors import Json, SlackError
from sandbox.messages import Message

if TYPE_CHECKING:
    from sandbox.slack import Slack

USES, LIFE = 5, 30 * 60


@dataclass
class ResponseUrl:
    channel: str
    user: str
    source: str | None  # ts of the message that held the button, if there was one
    thread_ts: str | None
    expires: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, conversation: Conversation, user: str, source: Message | None = None) -> str:
        key = secrets.token_hex(12)
        self._urls[key] = ResponseUrl(
            channel=conversation.id,
            user=user,
            source=source.ts if source else None,
            thread_ts=source.thread_ts if source and source.is_reply else None,
            expires=self._slack.clock.epoch() + LIFE,
        )
        return f"{self._slack.url}/response/{key}"

    def spend(self, key: str) -> ResponseUrl:
        known = self._urls.get(key)
        if known is None:
            raise SlackError("invalid_url")
        if self._slack.clock.epoch() > known.expires:
            raise SlackError("expired_url")
        if known.uses >= USES:
            raise SlackError("used_url")
        known.uses += 1
        return known

    def use(self, key: str, body: Json) -> tuple[str | None, str]:
        """Does what the app asks; answers the ts that was touched and the channel."""
        known = self.spend(key)
        conversation = self._slack.world.conversations[known.channel]
        if body.get("delete_original"):
            return self._delete(conversation, known), conversation.id
        if body.get("replace_original"):
            return self._replace(conversation, known, body), conversation.id
        return self.answer(conversation, known.user, body, known.thread_ts), conversation.id

    def answer(
        self, conversation: Conversation, user: str, body: Json, thread_ts: str | None = None
    ) -> str | None:
        """Also how the payload of a command's ack is shown."""
        content = _content(body)
        thread_ts = body.get("thread_ts") or thread_ts
        if body.get("response_type") != "in_channel":
            return self._slack.whisper(conversation, user, thread_ts=thread_ts, **content).ts
        world = self._slack.world
        message = Message(world.next_ts(), world.bot_user, thread_ts=thread_ts, **content)
        message.bot_id = world.bot_id
        return world.say(conversation, message).ts

    def _original(self, conversation: Conversation, known: ResponseUrl) -> Message | None:
        ts = known.source or ""
        return conversation.whisper(ts) or conversation.find(ts)

    def _delete(self, conversation: Conversation, known: ResponseUrl) -> str | None:
        original = self._original(conversation, known)
        if original is None:
            return None
        if original.reader:
            conversation.whispers.remove(original)
        else:
            conversation.remove(original)
        return original.ts

    def _replace(self, conversation: Conversation, known: ResponseUrl, body: Json) -> str | None:
        """Without an original (a command has none) Slack shows a new ephemeral message instead."""
        original = self._original(conversation, known)
        if original is None:
            return self.answer(conversation, known.user, body)
        content = _content(body)
        original.text, original.blocks = content["text"], content["blocks"]
        original.edited = self._slack.world.next_ts()
        return original.ts


def _content(body: Json) -> Json:
    blocks = body.get("blocks") or []
    check_message_blocks(blocks)
    text = str(body.get("text") or "")
    if not text and not blocks and not body.get("attachments"):
        raise SlackError("no_text")
    return {
        "text": text,
        "blocks": with_block_ids(blocks),
        "attachments": body.get("attachments") or [],
    }
