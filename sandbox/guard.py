"""Only this machine, and no other site open in the browser, gets to the local Slack."""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Guard:
    """Any site can make a browser send requests here; their Host or Origin gives them away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or is_from_here(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            words = "The local Slack answers only at http://127.0.0.1, and only to its own page.\n"
            await PlainTextResponse(words, 403)(scope, receive, send)


def is_from_here(scope: Scope) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:  # not even an address
        return False
    if name not in LOOPBACK:
        return False
    return origin in (None, f"http://{host}")
