"""What may follow a question: a line, publishing, the look back, an answer that was there."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.exchanges import Used
from bot.domain.ids import ChannelId
from bot.domain.refusals import Invalid
from bot.run import Run
from bot.services import add_line, directory, look_back, publish, similar
from bot.slack.forms import line as line_form
from bot.slack.forms import publish as publish_form
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, number_of, who
from bot.slack.tools import Tools

USED = {
    Action.LOOK_BACK_YES: Used.YES,
    Action.LOOK_BACK_NOT_YET: Used.NOT_YET,
    Action.LOOK_BACK_NO: Used.NO,
}


def register(app: App, tools: Tools) -> None:
    _line(app, tools)
    _publish(app, tools)
    _look_back(app, tools)
    _answer_offered(app, tools)


def _line(app: App, tools: Tools) -> None:
    @app.action(Action.QUESTION_LINE)
    def on_line(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        solved = run.look(add_line.about, asker=who(body), question=number_of(action))
        tools.screens.show(body, line_form.build(solved))
        ack()

    @app.view(FormId.LINE)
    def on_lined(ack: Ack, body: Body, view: Body, run: Run) -> None:
        said, number = line_form.read(view), line_form.question_of(view)
        card = run(add_line.add_line, asker=who(body), question=number, said=said)
        ack(response_action="update", view=tools.screens.card(card))


def _publish(app: App, tools: Tools) -> None:
    @app.action(Action.QUESTION_PUBLISH)
    def on_publish(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        draft = run.look(publish.about, asker=who(body), question=number_of(action))
        if isinstance(draft, Card):
            tools.replies.beside(body, draft)
        else:
            tools.screens.show(body, publish_form.build(draft))
        ack()

    @app.view(FormId.PUBLISH)
    def on_published(ack: Ack, body: Body, view: Body, run: Run) -> None:
        share, number = publish_form.read(view), publish_form.question_of(view)
        _require_open(tools, run, share.channel)
        card = run(publish.publish, asker=who(body), question=number, share=share)
        ack(response_action="update", view=tools.screens.card(card))

    @app.action(Action.QUESTION_TAKE_BACK)
    def on_take_back(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        card = run(publish.take_back, asker=who(body), question=number_of(action))
        tools.replies.in_place(body, card)
        ack()


def _look_back(app: App, tools: Tools) -> None:
    def on_looked_back(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        used, number = USED[Action(action["action_id"])], number_of(action)
        card = run(look_back.answer, asker=who(body), question=number, used=used)
        if card:
            tools.replies.beside(body, card)
        ack()

    for each in USED:
        app.action(each)(on_looked_back)


def _answer_offered(app: App, tools: Tools) -> None:
    """Under the preview: what was published before is enough, so the preview is over."""

    def on_answered(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        first, _, second = action.get("value", "").partition("/")
        question, published = number_of({"value": first}), number_of({"value": second})
        card = run(similar.this_answers_it, asker=who(body), question=question, published=published)
        tools.replies.in_place(body, card)
        ack()

    for each in (Action.QUESTION_ANSWERED, Action.QUESTION_ANSWERED_TOO):
        app.action(each)(on_answered)


def _require_open(tools: Tools, run: Run, channel: ChannelId) -> None:
    """I must be there to post, and everybody must be able to look in; Slack says how it is now."""
    found = tools.directory.channel(channel)
    run.apart()(directory.record_channel, channel=channel, found=found)
    if found is None:
        raise Invalid({"channel": "I am not in this channel. Invite me there, then press Publish."})
    if found.is_private:
        raise Invalid({"channel": "This channel is private. Please choose one open to everybody."})
