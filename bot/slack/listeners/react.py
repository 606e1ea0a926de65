"""An emoji on a message: somebody learned something."""

from typing import Any

from slack_bolt import App

from bot.domain.exchanges import Reaction, agreed_emoji
from bot.domain.ids import ChannelId, Ts, UserId
from bot.run import Run
from bot.services import react
from bot.slack.tools import Tools

Event = dict[str, Any]


def register(app: App, tools: Tools) -> None:
    def take(event: Event, run: Run, *, is_on: bool) -> None:
        reaction = read_reaction(event, is_on=is_on)
        if reaction:
            tools.directory.meet(run, [reaction.learner, reaction.peer])
            run(react.react, reaction=reaction)

    @app.event("reaction_added")
    def on_reaction_added(event: Event, run: Run) -> None:
        take(event, run, is_on=True)

    @app.event("reaction_removed")
    def on_reaction_removed(event: Event, run: Run) -> None:
        take(event, run, is_on=False)


def read_reaction(event: Event, *, is_on: bool) -> Reaction | None:
    """The event as a reaction that may count; None for other emoji, files, unknown authors."""
    emoji = agreed_emoji(event["reaction"])
    item = event["item"]
    author = event.get("item_user")
    if emoji is None or item["type"] != "message" or not author:
        return None
    return Reaction(
        learner=UserId(event["user"]),
        peer=UserId(author),
        channel=ChannelId(item["channel"]),
        ts=Ts(item["ts"]),
        emoji=emoji,
        is_on=is_on,
        event_ts=Ts(event["event_ts"]),
    )
