"""`/learning undelivered`: leads settle what may not have arrived."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.ids import UserId
from bot.domain.refusals import Refused
from bot.run import Run
from bot.services import undelivered
from bot.slack.forms.fields import Json
from bot.slack.listeners.gesture import Body, number_of, who
from bot.slack.tools import Tools

SETTLE = {
    Action.UNDELIVERED_ARRIVED: undelivered.confirm,
    Action.UNDELIVERED_AGAIN: undelivered.repeat,
}


def register(app: App, tools: Tools) -> None:
    @app.action(Action.UNDELIVERED_LIST)
    def on_list(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, page(tools, run, who(body)))
        ack()

    def on_settled(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        lead, settle = who(body), SETTLE[Action(action["action_id"])]
        if "view" not in body:
            raise Refused("This button is not one of mine.")
        run(settle, lead=lead, delivery=number_of(action))
        tools.screens.update(body["view"], lambda: page(tools, run, lead))
        ack()

    for each in SETTLE:
        app.action(each)(on_settled)


def page(tools: Tools, run: Run, lead: UserId) -> Json:
    return tools.screens.page(run.look(undelivered.present, lead=lead), "Undelivered")
