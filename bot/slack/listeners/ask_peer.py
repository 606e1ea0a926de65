"""`/ask-peer how do I mock time?`, and every button of a question."""

from typing import Any

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import UserId
from bot.domain.refusals import Refused
from bot.run import Run
from bot.services import answer_question, ask_peer
from bot.slack.tools import Tools

Body = dict[str, Any]


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["ask_peer"])
    def on_ask_peer(ack: Ack, command: dict[str, str], run: Run) -> None:
        asker = UserId(command["user_id"])
        tools.directory.meet(run, [asker])
        preview = run(ask_peer.ask, asker=asker, text=command.get("text", ""))
        ack(**tools.renderer.message(preview))

    _answer_asker(app, tools)
    _answer_peer(app, tools)


def _answer_asker(app: App, tools: Tools) -> None:
    """Buttons under the private preview: the answer takes its place."""

    def replace(body: Body, card: Card) -> None:
        tools.answerer.replace(body["response_url"], card)

    @app.action(Action.QUESTION_SEND)
    def on_send(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, peer = _question_and_peer(action)
        asker = _who(body)
        replace(body, run(ask_peer.send, asker=asker, question=question, peer=peer))
        ack()

    @app.action(Action.QUESTION_SOMEBODY_ELSE)
    def on_somebody_else(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, peer = _question_and_peer(action)
        asker = _who(body)
        replace(body, run(ask_peer.somebody_else, asker=asker, question=question, peer=peer))
        ack()

    @app.action(Action.QUESTION_NEVER_MIND)
    def on_never_mind(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        replace(body, run(ask_peer.never_mind, asker=_who(body), question=_question(action)))
        ack()


def _answer_peer(app: App, tools: Tools) -> None:
    """Buttons of messages that stay: the answer is whispered, the message edited by delivery."""

    def whisper(body: Body, card: Card) -> None:
        tools.answerer.whisper(body["response_url"], card)

    @app.action(Action.QUESTION_ACCEPT)
    def on_accept(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.accept, peer=_who(body), question=_question(action)))
        ack()

    @app.action(Action.QUESTION_DECLINE)
    def on_decline(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.decline, peer=_who(body), question=_question(action)))
        ack()

    @app.action(Action.QUESTION_SOLVE)
    def on_solve(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        whisper(body, run(answer_question.solve, asker=_who(body), question=_question(action)))
        ack()


def _who(body: Body) -> UserId:
    return UserId(body["user"]["id"])


def _question(action: dict[str, str]) -> int:
    number = action.get("value", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Refused("This button is not one of mine.")
    return int(number)


def _question_and_peer(action: dict[str, str]) -> tuple[int, UserId]:
    number, _, peer = action.get("value", "").partition("/")
    return _question({"value": number}), UserId(peer)
