"""`/ask-peer how do I mock time?`, its form, and every button of a question."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.ids import UserId
from bot.run import Run
from bot.services import answer_question, ask_peer
from bot.services.members import require_member
from bot.slack.forms import question as form
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, number_of, who
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["ask_peer"])
    def on_ask_peer(ack: Ack, command: dict[str, str], run: Run) -> None:
        asker = UserId(command["user_id"])
        tools.directory.meet(run, [asker])
        text = command.get("text", "")
        if text.strip():
            ack(**tools.renderer.message(run(ask_peer.ask, asker=asker, text=text)))
            return
        run.look(require_member, asker)
        tools.screens.show(command, form.build())
        ack()

    _write(app, tools)
    _answer_asker(app, tools)
    _answer_peer(app, tools)


def _write(app: App, tools: Tools) -> None:
    """The form; who would be asked is shown in its place."""

    @app.action(Action.QUESTION_WRITE)
    def on_write(ack: Ack, body: Body, run: Run) -> None:
        run.look(require_member, who(body))
        tools.screens.show(body, form.build())
        ack()

    @app.view(FormId.QUESTION)
    def on_written(ack: Ack, body: Body, view: Body, run: Run) -> None:
        preview = run(ask_peer.ask, asker=who(body), text=form.read(view))
        ack(response_action="update", view=tools.screens.card(preview))


def _answer_asker(app: App, tools: Tools) -> None:
    """Buttons under the private preview: the answer takes its place."""

    replace = tools.replies.in_place

    @app.action(Action.QUESTION_SEND)
    def on_send(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, peer = _question_and_peer(action)
        asker = who(body)
        replace(body, run(ask_peer.send, asker=asker, question=question, peer=peer))
        ack()

    @app.action(Action.QUESTION_SOMEBODY_ELSE)
    def on_somebody_else(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, peer = _question_and_peer(action)
        asker = who(body)
        replace(body, run(ask_peer.somebody_else, asker=asker, question=question, peer=peer))
        ack()

    @app.action(Action.QUESTION_NEVER_MIND)
    def on_never_mind(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        replace(body, run(ask_peer.never_mind, asker=who(body), question=number_of(action)))
        ack()


def _answer_peer(app: App, tools: Tools) -> None:
    """Buttons of messages that stay: the answer is whispered, the message edited by delivery."""

    whisper = tools.replies.beside

    @app.action(Action.QUESTION_ACCEPT)
    def on_accept(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.accept, peer=who(body), question=number_of(action)))
        ack()

    @app.action(Action.QUESTION_DECLINE)
    def on_decline(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.decline, peer=who(body), question=number_of(action)))
        ack()

    @app.action(Action.QUESTION_SOLVE)
    def on_solve(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.solve, asker=who(body), question=number_of(action)))
        ack()


def _question_and_peer(action: dict[str, str]) -> tuple[int, UserId]:
    number, _, peer = action.get("value", "").partition("/")
    return number_of({"value": number}), UserId(peer)
