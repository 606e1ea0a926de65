"""The five ways to ask: `/ask-peer how do I …?`, its form, two shortcuts, and App Home."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import ChannelId, UserId
from bot.domain.questions import Manner
from bot.domain.text import MAX_QUESTION, normalise, shorten
from bot.run import Run
from bot.services import ask_peer, directory, find, overview, routing
from bot.services.members import require_member
from bot.slack.forms import question as form
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, number_of, question_and_peer, who
from bot.slack.plain import plain_words
from bot.slack.tools import Tools

ASK, ASK_ABOUT_THIS = "ask_peer", "ask_peer_about_this"
"""The shortcuts' callback ids in the manifest."""


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["ask_peer"])
    def on_ask_peer(ack: Ack, command: dict[str, str], run: Run) -> None:
        asker = UserId(command["user_id"])
        tools.directory.meet(run, [asker])
        text = command.get("text", "")
        if text.strip().lower() == "help":
            ack(**tools.renderer.message(run(overview.overview, user=asker)))
            return
        if text.strip():
            channel = ChannelId(command.get("channel_id", ""))
            ack(**tools.renderer.message(_ask(run, asker, text, channel=channel)))
            return
        run.look(require_member, asker)
        tools.screens.show(command, form.build())
        ack()

    _write(app, tools)
    _use_shortcuts(app, tools)
    _answer_preview(app, tools)


def _write(app: App, tools: Tools) -> None:
    """The form; who would be asked is shown in its place."""

    @app.action(Action.QUESTION_WRITE)
    def on_write(ack: Ack, body: Body, run: Run) -> None:
        run.look(require_member, who(body))
        tools.screens.show(body, form.build())
        ack()

    @app.view(FormId.QUESTION)
    def on_written(ack: Ack, body: Body, view: Body, run: Run) -> None:
        preview = _ask(run, who(body), *form.read(view))
        ack(response_action="update", view=tools.screens.card(preview))


def _ask(
    run: Run,
    asker: UserId,
    text: str,
    manner: Manner = ask_peer.USUAL,
    *,
    channel: ChannelId | None = None,
) -> Card:
    """Whom I would ask; or who knows, where that is all they want to know."""
    if find.is_meant(text):
        return run.look(find.who_knows, asker=asker, text=text)
    run.look(routing.warm)
    return run(ask_peer.ask, asker=asker, text=text, manner=manner, channel=channel)


def _use_shortcuts(app: App, tools: Tools) -> None:
    """From anywhere, and from a message: the way in from a thread, which knows no commands."""

    @app.shortcut(ASK)
    def on_shortcut(ack: Ack, body: Body, run: Run) -> None:
        tools.directory.meet(run, [who(body)])
        run.look(require_member, who(body))
        tools.screens.show(body, form.build())
        ack()

    @app.shortcut(ASK_ABOUT_THIS)
    def on_message_shortcut(ack: Ack, body: Body, run: Run) -> None:
        """The words of a message in a public channel are a beginning; a private place keeps its
        own, and so does one I know nothing of."""
        tools.directory.meet(run, [who(body)])
        run.look(require_member, who(body))
        found = run.look(directory.channel, channel=ChannelId(body["channel"]["id"]))
        is_public = found is not None and not found.is_private
        words = (body.get("message") or {}).get("text") or "" if is_public else ""
        initial = shorten(normalise(plain_words(words)), MAX_QUESTION)
        tools.screens.show(body, form.build(initial=initial))
        ack()


def _answer_preview(app: App, tools: Tools) -> None:
    """Buttons under the private preview: the answer takes its place."""

    replace = tools.replies.in_place
    with_peer = {
        Action.QUESTION_SEND: ask_peer.send,
        Action.QUESTION_SOMEBODY_ELSE: ask_peer.somebody_else,
        Action.QUESTION_NOT_THIS_PERSON: ask_peer.not_this_person,
    }
    without = {
        Action.QUESTION_IN_CHANNEL: ask_peer.send_to_channel,
        Action.QUESTION_NAME: ask_peer.change_name,
        Action.QUESTION_NEVER_MIND: ask_peer.never_mind,
    }

    def on_choice(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        question, peer = question_and_peer(action)
        use_case = with_peer[Action(action["action_id"])]
        replace(body, run(use_case, asker=who(body), question=question, peer=peer))
        ack()

    def on_change(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        use_case = without[Action(action["action_id"])]
        replace(body, run(use_case, asker=who(body), question=number_of(action)))
        ack()

    for each in with_peer:
        app.action(each)(on_choice)
    for each in without:
        app.action(each)(on_change)
