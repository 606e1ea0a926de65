"""Somebody with a form in front of them, and the parts forms are made of."""

from typing import Any

from tests.sandbox.hands import Hands, Json, Listener, modal

COMMAND = {"channel": "#data-eng", "command": "/ask-peer", "text": ""}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def options(values: str) -> list[Json]:
    return [option(value) for value in values.split()]


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "chosen", **more}


def asking(block_id: str, kind: str, *, block: Json | None = None, **more: Any) -> Json:
    """An input; `block` is what the block says beside its element."""
    held = {"label": plain(block_id), "element": element(kind, **more)}
    return {"type": "input", "block_id": block_id, **held, **(block or {})}


class Desk:
    """Ada, unless another is named, and the bot that opens forms for her."""

    def __init__(self, hands: Hands, listener: Listener, user: str = "ada") -> None:
        self.hands, self.listener, self.user = hands, listener, user

    def trigger(self, **more: Any) -> str:
        self.hands.do("command", **{"user": self.user, **COMMAND, **more})
        return str(self.payload()["trigger_id"])

    def payload(self) -> Json:
        """What the bot was told next."""
        return dict(self.listener.next()["payload"])

    def open(self, view: Json | None = None, **more: Any) -> Json:
        opened = {"trigger_id": self.trigger(**more), "view": view or modal()}
        return dict(self.hands.good("views.open", **opened)["view"])

    def push(self, below: Json, view: Json | None = None, action_id: str = "next") -> Json:
        """Ada presses a button of the view below; the bot pushes another."""
        self.press(below, action_id)
        pushed = {"trigger_id": self.payload()["trigger_id"], "view": view or modal()}
        return dict(self.hands.good("views.push", **pushed)["view"])

    def press(self, view: Json, action_id: str = "chosen", **more: Any) -> Json:
        gesture = {"user": self.user, "view_id": view["id"], "action_id": action_id, **more}
        return self.hands.do("action", **gesture)

    def submit(self, view: Json, **values: Any) -> Json:
        return self.hands.do("submit", user=self.user, view_id=view["id"], values=values)

    def try_to_submit(self, view: Json, **values: Any) -> str:
        gesture = {"user": self.user, "view_id": view["id"], "values": values}
        return str(self.hands.try_to("submit", **gesture)["error"])

    def shown(self) -> Json:
        """The modal now on top."""
        return dict(self.hands.see(f"views/{self.user}")["modals"][-1])

    def modals(self) -> list[str]:
        return [view["id"] for view in self.hands.see(f"views/{self.user}")["modals"]]
