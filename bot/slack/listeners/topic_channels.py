"""`/learning channels`: leads say where questions about a topic go."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.ids import ChannelId, UserId
from bot.run import Run
from bot.services import directory, topic_channel
from bot.services.members import require_lead
from bot.slack.forms import topic_channels as form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, who
from bot.slack.tools import Tools


def register(app: App, tools: Tools) -> None:
    @app.action(Action.TOPIC_CHANNELS_EDIT)
    def on_edit(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, filled_in(tools, run, who(body)))
        ack()

    @app.view(FormId.TOPIC_CHANNELS)
    def on_edited(ack: Ack, body: Body, view: Body, run: Run) -> None:
        lead, (channel, typed) = who(body), form.read(view)
        run.look(require_lead, lead)  # nobody else may have us look up channels
        if channel:
            _renew(tools, run, channel)
        card = run(topic_channel.assign, lead=lead, channel=channel, typed=typed)
        ack(response_action="update", view=tools.screens.card(card))


def filled_in(tools: Tools, run: Run, lead: UserId) -> Json:
    """The form, with what holds so far."""
    present = run.look(topic_channel.present, lead=lead)
    return form.build(tools.renderer.page((present,)))


def _renew(tools: Tools, run: Run, channel: ChannelId) -> None:
    """How things stand with the channel at this moment."""
    found = tools.directory.channel(channel)
    run.apart()(directory.record_channel, channel=channel, found=found)
