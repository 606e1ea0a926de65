"""Overhears every answer of Slack's: how often it asks for a rest, and what it lets us do."""

from collections.abc import Mapping

from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.watch.meters import SILENT, Meters

GRANTED = "x-oauth-scopes"
OF_THE_APP = "apps.connections.open"
"""The one method called with the app-level token, whose scope is another matter."""


class Heard(RetryHandler):
    """The SDK shows its retry handlers every answer; this one never asks for another try."""

    def __init__(self, meters: Meters = SILENT) -> None:
        super().__init__(max_retry_count=0)
        self._meters = meters
        self.scopes: frozenset[str] | None = None
        """What the bot token may do, by the newest answer that told; None until one did."""
        self.date: str | None = None
        """What time it is by Slack's clock, as the newest answer has it."""

    def can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response:
            self._hear(request.url.rpartition("/")[2], response)
        return False

    def _hear(self, method: str, response: HttpResponse) -> None:
        if response.status_code == 429:
            self._meters.rate_limited(method)
        self.date = header(response.headers, "date") or self.date
        granted = header(response.headers, GRANTED)
        if granted is not None and method != OF_THE_APP:
            self.scopes = frozenset(filter(None, map(str.strip, granted.split(","))))


def header(headers: Mapping[str, str | list[str]], name: str) -> str | None:
    """The value of a header, however its name is written; None if it is not there."""
    for given, value in headers.items():
        if given.lower() == name:
            return value if isinstance(value, str) else ",".join(value)
    return None
