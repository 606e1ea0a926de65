"""`/learning`: help, and what people choose about themselves."""

from slack_bolt import Ack, App

from bot.domain.cards import Card
from bot.domain.ids import UserId
from bot.domain.refusals import Refused
from bot.run import Run
from bot.services import choose
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["learning"])
    def on_learning(ack: Ack, command: dict[str, str], run: Run) -> None:
        user = UserId(command["user_id"])
        tools.directory.meet(run, [user])
        verb, _, rest = command.get("text", "").strip().partition(" ")
        ack(**tools.renderer.message(_choose(run, user, verb.lower(), rest.strip())))


def _choose(run: Run, user: UserId, verb: str, rest: str) -> Card:
    match verb, rest:
        case "" | "help", _:
            return run(choose.overview, user=user)
        case "topics", "":
            return run(choose.overview, user=user)
        case "topics", "none":
            return run(choose.set_topics, user=user, typed="")
        case "topics", typed:
            return run(choose.set_topics, user=user, typed=typed)
        case "limit", typed:
            return run(choose.set_limit, user=user, typed=typed)
        case "pause" | "resume", "":
            return run(choose.pause, user=user, paused=verb == "pause")
        case "receipts", "on" | "off":
            return run(choose.receipts, user=user, wanted=rest == "on")
    raise Refused(
        "I did not understand that, so nothing has been changed. I know: topics, limit, pause, "
        "resume, receipts on, receipts off, and help, which explains them."
    )
