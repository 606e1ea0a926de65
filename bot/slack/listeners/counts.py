"""What counts for somebody, from `/learning counts` or App Home; and its removal."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.ids import UserId
from bot.run import Run
from bot.services import counts
from bot.slack.forms.fields import Json
from bot.slack.listeners.gesture import Body, who
from bot.slack.tools import Tools

TITLE = "What counts for me"


def register(app: App, tools: Tools) -> None:
    @app.action(Action.CREDITS_SHOW)
    def on_show(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, view(tools, run, who(body)))
        ack()

    @app.action(Action.CREDIT_REMOVE)
    def on_remove(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        user = who(body)
        run(counts.remove, user=user, thread=action.get("value", ""))
        if "view" in body:
            tools.screens.update(body["view"], lambda: view(tools, run, user))
        ack()


def view(tools: Tools, run: Run, user: UserId) -> Json:
    return tools.screens.page(run.look(counts.page, user=user), TITLE)
