"""Trigger ids: good for one modal, within three seconds of real time."""

import secrets
import time
from dataclasses import dataclass

from sandbox.errors import SlackError

TRIGGER_LIFE = 3.0


@dataclass
class Trigger:
    user: str
    made: float
    view: str | None  # the modal this came from
    channel: str | None  # where the person was
    spent: bool = False


class Triggers:
    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}
        self._count = 1000

    def issue(self, user: str, view: str | None = None, channel: str | None = None) -> str:
        self._count += 1
        trigger_id = f"{self._count}.{self._count * 7}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, time.monotonic(), view, channel)
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        trigger.spent = True
        return trigger
