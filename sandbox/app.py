"""The ASGI application: Web API, response_url, Socket Mode, control API and the page."""

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox.control import Control
from sandbox.page import render_page
from sandbox.webapi import WebApi

if TYPE_CHECKING:
    from sandbox.slack import Slack


def build_app(slack: "Slack") -> Starlette:
    webapi, control = WebApi(slack), Control(slack)

    async def link(socket: WebSocket) -> None:
        await slack.sockets.serve(socket, slack.world.app_id)

    async def front(request: Request) -> Response:
        return HTMLResponse(render_page(slack))

    return Starlette(
        routes=[
            Route("/", front),
            Route("/api/{method}", webapi.serve, methods=["GET", "POST"]),
            Route("/response/{key}", webapi.serve_response_url, methods=["POST"]),
            Route("/control/{path:path}", control.serve, methods=["GET", "POST"]),
            WebSocketRoute("/link/", link),
        ]
    )
