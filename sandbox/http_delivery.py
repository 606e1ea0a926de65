"""Delivery by signed HTTP requests, as Slack calls an app that does not use Socket Mode."""

import hashlib
import hmac
import json
import secrets
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox.clock import wall_now
from sandbox.errors import Json

SIGNING_SECRET = "sandbox-signing-secret"


@dataclass(frozen=True)
class HttpAnswer:
    status: int = 0
    payload: Any = None
    failure: str = ""  # Slack's retry reason: http_timeout, http_error or connection_failed
    no_retry: bool = False


def sign(body: bytes, stamp: str) -> str:
    base = b"v0:" + stamp.encode() + b":" + body
    return "v0=" + hmac.new(SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()


def challenge() -> Json:
    """What Slack sends to a Request URL before it uses it."""
    return {
        "token": "sandbox-verification",
        "challenge": secrets.token_urlsafe(32),
        "type": "url_verification",
    }


def answers(asked: Json, payload: Any) -> bool:
    """As JSON, as a form or as plain text."""
    word = asked["challenge"]
    return payload in ({"challenge": word}, {"text": word}, {"text": f"challenge={word}"})


def encode(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def post(
    url: str, kind: str, payload: Json, retry: tuple[int, str] | None, wait: float
) -> HttpAnswer:
    """Blocking; run in a thread."""
    body, content_type = encode(kind, payload)
    stamp = str(int(wall_now().timestamp()))
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(body, stamp),
        "User-Agent": "Slackbot 1.0",
    }
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    return _exchange(request, wait)


def _exchange(request: urllib.request.Request, wait: float) -> HttpAnswer:
    try:
        with urllib.request.urlopen(request, timeout=wait) as response:
            return HttpAnswer(response.status, _read(response.headers, response.read()))
    except urllib.error.HTTPError as error:
        with error:
            enough = error.headers.get("x-slack-no-retry") == "1"
            return HttpAnswer(error.code, failure="http_error", no_retry=enough)
    except TimeoutError:
        return HttpAnswer(failure="http_timeout")
    except urllib.error.URLError as error:
        slow = isinstance(error.reason, socket.timeout)
        return HttpAnswer(failure="http_timeout" if slow else "connection_failed")
    except OSError:  # reset after the request was written
        return HttpAnswer(failure="connection_failed")


def _read(headers: Any, body: bytes) -> Any:
    if not body:
        return None
    text = body.decode("utf-8", errors="replace")
    if headers.get_content_type() == "application/json":
        return json.loads(text)
    return {"text": text}
