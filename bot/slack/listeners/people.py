"""Somebody joined, changed or left: the directory follows."""

from typing import Any

from slack_bolt import App

from bot.domain.ids import Ts
from bot.run import Run
from bot.services import directory
from bot.slack.directory import read_person
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.event("team_join")
    def on_team_join(event: dict[str, Any], run: Run) -> None:
        _record(tools, run, event)

    @app.event("user_change")
    def on_user_change(event: dict[str, Any], run: Run) -> None:
        _record(tools, run, event)


def _record(tools: Tools, run: Run, event: dict[str, Any]) -> None:
    person = read_person(event["user"], tools.directory.team)
    run(directory.follow_change, person=person, changed_ts=Ts(event["event_ts"]))
