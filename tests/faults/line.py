"""Slack's line to a cluster in HTTP mode, on which forms are kept back and let go all at once."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from typing import Any
from unittest.mock import patch

from sandbox import http_delivery
from sandbox.http_delivery import HttpAnswer
from tests.faults.cluster import Cluster
from tests.faults.hands import together
from tests.localslack import Json

send_on = http_delivery.post


@dataclass
class Line:
    """The cluster at the other end of the line, and the forms that were kept back."""

    cluster: Cluster
    kept: list[Json] = field(default_factory=list)

    def post(self, url: str, kind: str, payload: Json, *more: Any) -> HttpAnswer:
        if payload.get("type") != "view_submission":
            return send_on(url, kind, payload, *more)
        self.kept.append(copy.deepcopy(payload))
        return HttpAnswer(200, None)

    def start(self) -> None:
        self.cluster.settings = {"slack_app_token": ""}
        self.cluster.start()
        self.cluster.slack.control("http", url=self._doors()[0])

    def let_go(self, times: int = 1) -> None:
        """Each form so many times, all at the same moment, to one replica after the other."""
        doors = cycle(self._doors())
        forms = [form for form in self.kept for _ in range(times)]
        posts = [partial(send_on, next(doors), "interactive", form, None, 10.0) for form in forms]
        assert {answer.status for answer in together(*posts)} == {200}
        self.cluster.settle()

    def _doors(self) -> list[str]:
        return [f"{child.url}/slack/events" for child in self.cluster.children]


@contextmanager
def forms_kept_back(cluster: Cluster) -> Iterator[Line]:
    line = Line(cluster)
    with patch.object(http_delivery, "post", line.post):
        yield line
    cluster.slack.control("http", url=None)
