"""The local Slack as tests hold it: what people do in it, and what they see."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message as somebody sees it."""

    channel: str
    raw: Json

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def text(self) -> str:
        return str(self.raw["text"])

    @property
    def thread_ts(self) -> str | None:
        return self.raw.get("thread_ts")

    @property
    def is_private(self) -> bool:
        return bool(self.raw.get("ephemeral"))

    @property
    def buttons(self) -> dict[str, str]:
        """The labels of the buttons, each with its action id."""
        return {
            element["text"]["text"]: element["action_id"]
            for block in self.raw.get("blocks") or []
            if block["type"] == "actions"
            for element in block["elements"]
        }

    def says(self, words: str) -> bool:
        return words in self.text


@dataclass(frozen=True)
class Answer:
    """What somebody sees at once after a gesture."""

    raw: Json

    @property
    def text(self) -> str:
        return "\n".join(seen["text"] for seen in self.raw["saw"])

    @property
    def view(self) -> Json:
        """The form this gesture opened, pushed or changed."""
        assert self.raw["view"], f"no form was opened: {self.raw}"
        return dict(self.raw["view"])

    @property
    def shown(self) -> str:
        """What that form says."""
        return text_of(self.view)

    @property
    def errors(self) -> dict[str, str]:
        """The sentences beside the fields of a form that was refused."""
        return dict(self.raw["errors"] or {})

    @property
    def ack(self) -> str:
        return str(self.raw["ack"])

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    def says(self, words: str) -> bool:
        return words in self.text


def text_of(node: Any) -> str:
    """Every word in a view, as it is read from top to bottom."""
    if isinstance(node, list):
        return "\n".join(filter(None, map(text_of, node)))
    if not isinstance(node, dict):
        return ""
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return "\n".join([*own, *filter(None, (text_of(child) for child in node.values()))])


def buttons_in(view: Json) -> dict[str, list[tuple[str, str]]]:
    """The labels of the buttons of a view, each with its action id and value, in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for block in view["blocks"]:
        for element in block.get("elements") or []:
            if element["type"] == "button":
                known = found.setdefault(element["text"]["text"], [])
                known.append((element["action_id"], element["value"]))
    return found


class Refusal(Exception):
    """The local Slack would not do that."""


class SlackView:
    """The control API of a local Slack at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url

    def control(self, path: str, **body: Any) -> Json:
        request = Request(
            f"{self.url}/control/{path}",
            json.dumps(body).encode(),
            {"content-type": "application/json"},
        )
        return self._open(request)

    def see(self, path: str) -> Json:
        return self._open(Request(f"{self.url}/control/{path}"))

    def messages(self, channel: str, reader: str | None = None) -> list[Message]:
        as_reader = f"?as={reader}" if reader else ""
        found = self.see(f"messages/{channel.replace('#', '%23')}{as_reader}")
        return [Message(found["channel"], raw) for raw in found["messages"]]

    def dms(self, user: str) -> list[Message]:
        """What stands in somebody's direct messages with the bot, oldest first."""
        return self.messages(f"@{user}", user)

    def group(self, *users: str) -> list[Message]:
        """What stands in the group direct message of these people and the bot."""
        return self.messages("@" + ",".join(users), users[0])

    def journal(self, kind: str = "", method: str = "") -> list[Json]:
        return list(self.see(f"journal?kind={kind}&method={method}")["entries"])

    def calls(self, method: str) -> list[Json]:
        return self.journal("call", method)

    def accepted(self) -> list[str]:
        """The mark of every message of the bot's that was taken in, each time it was."""
        posts = self.calls("chat.postMessage")
        return [post["args"]["metadata"]["event_payload"]["mark"] for post in posts if post["ts"]]

    def _open(self, request: Request) -> Json:
        try:
            with urlopen(request, timeout=60) as answer:
                return dict(json.load(answer))
        except HTTPError as error:
            with error:
                raise Refusal(error.read().decode()) from error
