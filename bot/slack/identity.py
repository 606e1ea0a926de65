"""The client for one workspace, and who it says we are."""

import threading
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState

from bot.domain.ids import Tenant, UserId
from bot.domain.outcomes import Later, Never, Unclear
from bot.slack.errors import OURS_TO_MEND, attempt, pause
from bot.slack.heard import Heard

SECONDS_BEFORE_AN_ACK = 2


class NotConnected(Exception):
    """Slack cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack, as `auth.test` says."""

    team: str
    team_name: str
    bot_user: UserId
    bot_id: str

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.team)


def slack_client(
    *, token: str, api_url: str, seconds: float, heard: Heard | None = None
) -> WebClient:
    """A client that never tries again by itself: Slack may have taken the first one in."""
    return WebClient(
        token=token,
        base_url=api_url,
        timeout=max(1, round(seconds)),
        retry_handlers=[heard] if heard else [],
    )


def hasty_client(client: WebClient) -> WebClient:
    """The same for what somebody waits for: Slack gives us three seconds in all."""
    return WebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=SECONDS_BEFORE_AN_ACK,
        retry_handlers=client.retry_handlers,
    )


def patient_client(client: WebClient, stopping: threading.Event) -> WebClient:
    """The same for reading in the background: where Slack asks for a rest, it takes one."""
    return WebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        retry_handlers=[*client.retry_handlers, Rest(stopping)],
    )


class Rest(RateLimitErrorRetryHandler):
    """Rests for as long as Slack asks, within reason, unless the program ends meanwhile."""

    def __init__(self, stopping: threading.Event) -> None:
        super().__init__(max_retry_count=10)
        self._stopping = stopping

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        seconds = pause(response.headers if response else {}).total_seconds()
        state.next_attempt_requested = not self._stopping.wait(seconds)
        state.increment_current_attempt()


def no_socket(reason: str) -> str:
    """What to tell when Socket Mode cannot be used."""
    return (
        f"Slack did not open a Socket Mode connection ({reason}). Check SLACK_APP_TOKEN: your "
        "Slack app shows it under Basic Information, App-Level Tokens, and it needs the scope "
        "connections:write."
    )


def who_we_are(client: WebClient) -> Identity:
    """Ask Slack whose token this is. Raises NotConnected."""
    answer = attempt(client.auth_test)
    if isinstance(answer, Never) or (isinstance(answer, Later) and answer.reason in OURS_TO_MEND):
        raise NotConnected(
            f"Slack refused the bot token ({answer.reason}). Check SLACK_BOT_TOKEN: "
            "it is shown in your Slack app under OAuth & Permissions once the app is installed."
        )
    if isinstance(answer, Later | Unclear):
        raise NotConnected(
            f"Slack cannot be reached: {answer.reason}. Check the network, the proxy and "
            "SLACK_API_URL, then start again."
        )
    return Identity(answer["team_id"], answer["team"], UserId(answer["user_id"]), answer["bot_id"])
