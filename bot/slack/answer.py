"""Answer the person who acted, at once and as well as can be: nothing here has to arrive."""

from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.domain.cards import Card
from bot.slack.render import Renderer

SLACK_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
SECONDS = 1
"""The ack leaves after the answer, and Slack waits three seconds for that."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answerer:
    """Posts to a `response_url`, once and only to Slack; `api_url` is where Slack's API is."""

    renderer: Renderer
    api_url: str

    def replace(self, response_url: str, card: Card) -> None:
        """Put `card` in place of the private message whose button was pressed."""
        self._post(response_url, {**self.renderer.message(card), "replace_original": True})

    def whisper(self, response_url: str, card: Card) -> None:
        """Show `card` to the person alone, beside the message whose button was pressed."""
        answer = {**self.renderer.message(card), "replace_original": False}
        self._post(response_url, {**answer, "response_type": "ephemeral"})

    def say(self, response_url: str, sentence: str) -> None:
        self._post(
            response_url,
            {"text": sentence, "replace_original": False, "response_type": "ephemeral"},
        )

    def _post(self, response_url: str, answer: dict[str, object]) -> None:
        if not self._is_slack(response_url):
            log.warning("answer not posted: the address is not Slack's")
            return
        client = WebhookClient(response_url, timeout=SECONDS, retry_handlers=[])
        try:
            status = client.send_dict(answer).status_code
            if status != 200:
                log.warning("answer refused", status=status)
        except (OSError, HTTPException, SlackClientError) as error:
            log.warning("answer not posted", error=type(error).__name__)

    def _is_slack(self, response_url: str) -> bool:
        """Whoever can forge a payload must not choose where we connect to."""
        try:
            url, api = urlsplit(response_url), urlsplit(self.api_url)
        except ValueError:  # not an address at all
            return False
        if "@" in url.netloc:
            return False
        is_api = (url.scheme, url.netloc) == (api.scheme, api.netloc)
        return is_api or (url.scheme == "https" and url.netloc in SLACK_HOSTS)
