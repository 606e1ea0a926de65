"""A tap on the line from Slack to a bot in HTTP mode: what came by it can come again."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox import http_delivery
from sandbox.http_delivery import HttpAnswer
from tests.localslack import Json
from tests.world import World

NUMBERS = count(1)
send_on = http_delivery.post


@dataclass
class Tap:
    """Keeps what Slack sends to the bot, and sends it again: as it was, or changed."""

    world: World
    kept: list[tuple[str, str, Json]] = field(default_factory=list)

    def post(self, url: str, kind: str, payload: Json, *more: Any) -> HttpAnswer:
        self.kept.append((url, kind, copy.deepcopy(payload)))
        return send_on(url, kind, payload, *more)

    def keep(self, url: str, kind: str, payload: Json, *_more: Any) -> HttpAnswer:
        """The line is cut behind the tap: nothing arrives."""
        self.kept.append((url, kind, copy.deepcopy(payload)))
        return HttpAnswer(200, None)

    def again(self, change: Callable[[Json], None] | None = None) -> HttpAnswer:
        """The last one of these once more; once changed it is a gesture of its own."""
        url, kind, payload = copy.deepcopy(self.kept[-1])
        if change:
            payload["trigger_id"] = f"forged.{next(NUMBERS)}"
            change(payload)
        answer = send_on(url, kind, payload, None, 3)
        self.world.settle()
        return answer

    def told(self, url: str, *, seconds: float = 3, nth: int = -1) -> HttpAnswer:
        """The same as it was, once more, to another address, by a Slack that waits so long."""
        _, kind, payload = copy.deepcopy(self.kept[nth])
        return send_on(url, kind, payload, (3, "http_timeout"), seconds)
