"""The ASGI application: Web API, response_url, Socket Mode, control API and the page."""

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from sandbox.control import Control
from sandbox.guard import Guard
from sandbox.page import serve_page
from sandbox.webapi import WebApi

if TYPE_CHECKING:
    from sandbox.slack import Slack


class Stirring:
    """Whatever was asked of the local Slack may have changed what pages show."""

    def __init__(self, app: ASGIApp, slack: "Slack") -> None:
        self._app, self._slack = app, slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] != "GET":
                self._slack.live.stir()


def build_app(slack: "Slack") -> Starlette:
    webapi, control = WebApi(slack), Control(slack)

    async def link(socket: WebSocket) -> None:
        await slack.sockets.serve(socket, slack.world.app_id)

    return Starlette(
        routes=[
            Route("/api/{method}", webapi.serve, methods=["GET", "POST"]),
            Route("/response/{key}", webapi.serve_response_url, methods=["POST"]),
            Route("/control/{path:path}", control.serve, methods=["GET", "POST"]),
            WebSocketRoute("/control/live", slack.live.serve),
            WebSocketRoute("/link/", link),
            Mount("/", serve_page()),
        ],
        middleware=[Middleware(Guard), Middleware(Stirring, slack=slack)],
    )
