"""Every button of a question that was sent: of whoever was asked, and of its asker."""

from collections.abc import Callable, Sequence

from slack_bolt import Ack, App
from slack_sdk.models.blocks import Block

from bot.domain.actions import Action
from bot.domain.cards import Card, Quote
from bot.domain.questions import Question
from bot.domain.refusals import Invalid
from bot.run import Run
from bot.services import answer_question, close_question, relay
from bot.slack.forms import relay as form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, number_of, question_and_peer, who
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    """The messages stay: the answer is whispered, the message edited by delivery."""
    _answer(app, tools)
    _refer(app, tools)
    _close(app, tools)
    _pass_on(app, tools)


def _answer(app: App, tools: Tools) -> None:
    """What a colleague says with one press."""
    use_cases = {
        Action.QUESTION_ACCEPT: answer_question.accept,
        Action.QUESTION_DECLINE: answer_question.decline,
        Action.QUESTION_NOT_MINE: answer_question.not_mine,
        Action.QUESTION_JOIN: answer_question.join,
    }

    def on_answer(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        peer, use_case = who(body), use_cases[Action(action["action_id"])]
        tools.directory.meet(run, [peer])
        card = run(use_case, peer=peer, question=number_of(action))
        tools.replies.beside(body, card)
        ack()

    for each in use_cases:
        app.action(each)(on_answer)


def _refer(app: App, tools: Tools) -> None:
    @app.action(Action.QUESTION_REFER)
    def on_refer(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        number = number_of(action)
        stale = run.look(answer_question.may_refer, peer=who(body), question=number)
        _show(tools, body, stale or form.to_refer(number))
        ack()

    @app.view(FormId.REFER)
    def on_referred(ack: Ack, body: Body, view: Body, run: Run) -> None:
        question, named = form.read_person(view, "named")
        if named is None:
            raise Invalid({"named": "Please choose somebody."})
        tools.directory.meet(run, [named])
        card = run(answer_question.refer, peer=who(body), question=question, named=named)
        ack(response_action="update", view=tools.screens.card(card))


def _close(app: App, tools: Tools) -> None:
    """What its asker says."""

    @app.action(Action.QUESTION_SOLVE)
    def on_solve(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, helper = question_and_peer(action)
        asker = who(body)
        if not helper and run.look(close_question.who_helped, asker=asker, question=question):
            tools.screens.show(body, form.to_say_who_helped(question))
        else:
            card = run(close_question.solve, asker=asker, question=question, helper=helper or None)
            tools.replies.beside(body, card)
        ack()

    @app.view(FormId.WHO_HELPED)
    def on_helped(ack: Ack, body: Body, view: Body, run: Run) -> None:
        question, helper = form.read_person(view, "helper")
        tools.directory.meet(run, [helper] if helper else [])
        card = run(close_question.solve, asker=who(body), question=question, helper=helper)
        ack(response_action="update", view=tools.screens.card(card))

    use_cases = {
        Action.QUESTION_STUCK: close_question.still_stuck,
        Action.QUESTION_WITHDRAW: close_question.withdraw,
        Action.QUESTION_REOPEN: close_question.reopen,
        Action.QUESTION_TALK: relay.talk,
    }

    def on_said(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        use_case = use_cases[Action(action["action_id"])]
        card = run(use_case, asker=who(body), question=number_of(action))
        tools.replies.beside(body, card)
        ack()

    for each in use_cases:
        app.action(each)(on_said)


def _pass_on(app: App, tools: Tools) -> None:
    """Words of the one for the other."""

    @app.action(Action.QUESTION_ANSWER)
    def on_answer(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        peer = who(body)
        tools.directory.meet(run, [peer])
        found = run.look(relay.may_answer, peer=peer, question=number_of(action))
        _show(tools, body, _form(tools, found, form.to_answer))
        ack()

    @app.action(Action.QUESTION_ASK_BACK)
    def on_ask_back(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        found = run.look(relay.may_ask_back, asker=who(body), question=number_of(action))
        _show(tools, body, _form(tools, found, form.to_ask_back))
        ack()

    @app.view(FormId.RELAY)
    def on_words(ack: Ack, body: Body, view: Body, run: Run) -> None:
        what, question, words = form.read(view)
        if what == form.ANSWER:
            card = run(relay.answer, peer=who(body), question=question, text=words)
        else:
            card = run(relay.ask_back, asker=who(body), question=question, text=words)
        ack(response_action="update", view=tools.screens.card(card))


def _form(
    tools: Tools, found: Question | Card, build: Callable[[int, Sequence[Block]], Json]
) -> Json | Card:
    """A form below the question's words; or what to say instead."""
    if isinstance(found, Card):
        return found
    asked = tools.renderer.page((Card("", (Quote(found.text),)),))
    return build(found.id, asked)


def _show(tools: Tools, body: Body, what: Json | Card) -> None:
    if isinstance(what, Card):
        tools.replies.beside(body, what)
    else:
        tools.screens.show(body, what)
