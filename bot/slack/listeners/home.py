"""Somebody opens their App Home."""

from typing import Any

from slack_bolt import App

from bot.domain.ids import UserId
from bot.run import Run
from bot.services import home
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.event("app_home_opened")
    def on_home_opened(event: dict[str, Any], run: Run) -> None:
        if event.get("tab") == "home":  # the messages tab is told of by the same event
            user = UserId(event["user"])
            tools.directory.meet(run, [user])
            run(home.show, user=user)
