"""The two ways from Slack to the Bolt app: an HTTP request, an envelope of Socket Mode."""

import json

import structlog
from slack_bolt import App, BoltRequest, BoltResponse

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


class SocketDoor:
    """Answers one envelope of Slack's."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, envelope: Json) -> Json | None:
        """The ack, with what Slack is to show; None where Slack is to send it again."""
        try:
            request = _request(payloads.held(envelope.get("payload")))
        except Malformed as error:
            log.warning("malformed envelope", place=str(error))
            return None
        answer = self._app.dispatch(request)
        if answer.status != 200:
            return None
        ack = {"envelope_id": envelope["envelope_id"]}
        return ack | {"payload": _shown(answer)} if answer.body else ack


def _shown(answer: BoltResponse) -> Json:
    """What an HTTP response would carry in its body."""
    kind = answer.first_headers().get("content-type", "")
    if kind.startswith("application/json"):
        return dict(json.loads(answer.body))
    return {"text": answer.body}


def _request(payload: Json) -> BoltRequest:
    """The mode says that the payload was verified and read before Bolt saw it, which it was.

    Headers are left out: the signature does not cover them, and Bolt would obey some.
    """
    try:
        return BoltRequest(body=payload, mode="socket_mode")
    except (AttributeError, LookupError, TypeError, ValueError):
        # Bolt takes the parts that tell whose payload it is for granted
        raise Malformed("team, enterprise, user or channel") from None
