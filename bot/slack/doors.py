"""How an HTTP request of Slack's reaches the Bolt app."""

import structlog
from slack_bolt import App, BoltRequest

from bot.slack import payloads
from bot.slack.shapes import Json, Malformed

log = structlog.get_logger()


class HttpDoor:
    """Answers one HTTP request of Slack's, which the guard has let in."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, body: str, content_type: str) -> tuple[int, dict[str, str], str]:
        try:
            request = _request(payloads.read(body, content_type))
        except Malformed as error:
            log.warning("malformed request", place=str(error))
            return 400, {}, ""
        answer = self._app.dispatch(request)
        return answer.status, answer.first_headers(), answer.body


def _request(payload: Json) -> BoltRequest:
    """The mode says that the payload was verified and read before Bolt saw it, which it was.

    Headers are left out: the signature does not cover them, and Bolt would obey some.
    """
    try:
        return BoltRequest(body=payload, mode="socket_mode")
    except (AttributeError, LookupError, TypeError, ValueError):
        # Bolt takes the parts that tell whose payload it is for granted
        raise Malformed("team, enterprise, user or channel") from None
