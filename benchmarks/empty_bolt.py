"""An empty Bolt app behind the same web server as Peerloop: what every bot of this kind pays."""

import os

import uvicorn
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web import KEEP_ALIVE_SECONDS

client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
us = AuthorizeResult(
    enterprise_id=None,
    team_id="T_BENCH",
    bot_token=client.token,
    bot_id="B_BOT",
    bot_user_id="U_BOT",
)
app = App(
    client=client,
    authorize=lambda: us,
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    process_before_response=True,
)
app.command("/ask-peer")(lambda ack: ack("Hello"))
app.event("reaction_added")(lambda: None)


async def slack(request: Request) -> Response:
    asked = BoltRequest(
        body=(await request.body()).decode(),
        headers=dict(request.headers),
    )
    answer = await run_in_threadpool(app.dispatch, asked)
    return Response(answer.body, answer.status, answer.first_headers())


async def health(_request: Request) -> Response:
    return Response("{}")


def main() -> None:
    pages = Starlette(
        routes=[Route("/health", health), Route("/slack/events", slack, methods=["POST"])]
    )
    port = int(os.environ["PORT"])
    uvicorn.run(
        pages,
        port=port,
        log_config=None,
        access_log=False,
        ws="none",
        lifespan="off",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


if __name__ == "__main__":
    main()
