"""The bot is invited to a channel, or removed from one."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.domain.ids import ChannelId
from bot.run import Run
from bot.services import directory
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    def follow(event: dict[str, Any], context: BoltContext, run: Run) -> None:
        """Take over how things stand now: events may come in any order."""
        if event["user"] == context.bot_user_id:
            channel = ChannelId(event["channel"])
            run(directory.record_channel, channel=channel, found=tools.directory.channel(channel))

    @app.event("member_joined_channel")
    def on_member_joined(event: dict[str, Any], context: BoltContext, run: Run) -> None:
        follow(event, context, run)

    @app.event("member_left_channel")
    def on_member_left(event: dict[str, Any], context: BoltContext, run: Run) -> None:
        follow(event, context, run)
