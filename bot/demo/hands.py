"""What people do at the local Slack, by its control API: the hands of a story."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

Json = dict[str, Any]
PATIENCE = 60


class CannotDo(Exception):
    """The local Slack, or the bot behind it, did not let somebody do what they wanted to."""


class Hands:
    def __init__(self, url: str) -> None:
        self._url = f"{url}/control"

    def do(self, what: str, **body: object) -> Json:
        """One gesture, or a change of the world; answers what the local Slack says to it."""
        as_json = json.dumps(body).encode()
        answer = self._open(Request(f"{self._url}/{what}", as_json))
        if answer.get("errors") or answer.get("ack") in ("timeout", "refused"):
            raise CannotDo(f"{what} {body}: {answer}")
        return answer

    def see(self, what: str) -> Json:
        return self._open(Request(f"{self._url}/{quote(what, safe='/?=')}"))

    def _open(self, request: Request) -> Json:
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return dict(json.load(answer))
        except HTTPError as error:
            with error:
                raise CannotDo(f"{request.full_url}: {error.read().decode()}") from None
        except (OSError, HTTPException, ValueError) as error:  # gone, too slow, or not to be read
            reason = getattr(error, "reason", None) or error  # what URLError wraps
            raise CannotDo(f"{request.full_url}: no answer ({reason})") from error
