"""`/mentor`: sign up, leave, propose pairs; and the buttons of rounds and pairs."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import UserId
from bot.domain.refusals import Refused
from bot.run import Run
from bot.services import mentoring, rounds
from bot.slack.forms import mentoring as form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, number_of, who
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["mentor"])
    def on_mentor(ack: Ack, command: dict[str, str], run: Run) -> None:
        user = UserId(command["user_id"])
        tools.directory.meet(run, [user])
        what = command.get("text", "").strip().lower()
        if what:
            ack(**tools.renderer.message(_do(run, user, what)))
            return
        tools.screens.show(command, _form(run, user))
        ack()

    _sign_up(app, tools)
    _decide(app, tools)


def _sign_up(app: App, tools: Tools) -> None:
    @app.action(Action.MENTORING_SIGN_UP)
    def on_sign_up(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, _form(run, who(body)))
        ack()

    @app.view(FormId.MENTORING)
    def on_signed_up(ack: Ack, body: Body, view: Body, run: Run) -> None:
        card = run(mentoring.sign_up, user=who(body), wishes=form.read(view))
        ack(response_action="update", view=tools.screens.card(card))

    @app.action(Action.PAIR_END)
    def on_end(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        card = run(mentoring.end_pair, user=who(body), pair=number_of(action))
        tools.replies.beside(body, card)
        ack()


def _decide(app: App, tools: Tools) -> None:
    """What leads do with a round."""

    @app.action(Action.ROUND_PROPOSE)
    def on_propose(ack: Ack, body: Body, run: Run) -> None:
        tools.replies.beside(body, run(rounds.open_round, lead=who(body)))
        ack()

    @app.action(Action.ROUND_PUBLISH)
    def on_publish(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        card = run(rounds.publish, lead=who(body), round_id=number_of(action))
        tools.replies.beside(body, card)
        ack()

    @app.action(Action.ROUND_DISCARD)
    def on_discard(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        card = run(rounds.discard, lead=who(body), round_id=number_of(action))
        tools.replies.beside(body, card)
        ack()


def _form(run: Run, user: UserId) -> Json:
    return form.build(*run.look(mentoring.enrolment, user=user))


def _do(run: Run, user: UserId, what: str) -> Card:
    match what:
        case "pair":
            return run(rounds.open_round, lead=user)
        case "leave":
            return run(mentoring.leave, user=user)
    raise Refused(
        "I did not understand that, so nothing has been changed. The command alone opens the form; "
        "leave takes you out of the pool; pair lets a learning lead propose pairs."
    )
