"""`/reflect`: start, list, pause, resume and end what runs in channels; and answering."""

from slack_bolt import Ack, App

from bot.activities.prompt import PROMPT
from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import Invalid, Refused
from bot.run import Run
from bot.services import activities, contribute, directory
from bot.services.members import require_lead
from bot.slack.forms import activity as form
from bot.slack.forms import answer as answer_form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import number_in
from bot.slack.listeners.gesture import Body, number_of, who
from bot.slack.tools import Tools

MANAGE = {
    Action.ACTIVITY_PAUSE: activities.pause,
    Action.ACTIVITY_RESUME: activities.resume,
    Action.ACTIVITY_END: activities.end,
}


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["reflect"])
    def on_reflect(ack: Ack, command: dict[str, str], run: Run) -> None:
        lead = UserId(command["user_id"])
        tools.directory.meet(run, [lead])
        what = command.get("text", "").strip().lower()
        if what not in {"", "new", "list"}:
            raise Refused("I did not understand that. I know: new, list, or nothing at all.")
        is_new = what == "new" or not (what or run.look(activities.overview, lead=lead))
        channel = ChannelId(command.get("channel_id", ""))
        view = _start_form(run, lead, channel) if is_new else _list(tools, run, lead)
        tools.screens.show(command, view)
        ack()

    _start(app, tools)
    _manage(app, tools)
    _answer(app, tools)


def _start(app: App, tools: Tools) -> None:
    @app.action(Action.ACTIVITY_NEW)
    def on_new(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, _start_form(run, who(body)))
        ack()

    @app.view(FormId.ACTIVITY)
    def on_started(ack: Ack, body: Body, view: Body, run: Run) -> None:
        wanted, lead = form.read(view), who(body)
        _require_place(tools, run, wanted.channel, lead)
        card = run(
            activities.start,
            lead=lead,
            kind=wanted.kind,
            channel=wanted.channel,
            weekly=wanted.weekly,
            settings=wanted.settings,
        )
        ack(response_action="update", view=tools.screens.card(card))


def _manage(app: App, tools: Tools) -> None:
    @app.action(Action.ACTIVITY_LIST)
    def on_list(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, _list(tools, run, who(body)))
        ack()

    @app.action(Action.ACTIVITY_MORE)
    def on_more(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        lead, after = who(body), number_of(action)
        if "view" not in body:
            raise Refused("This button is not one of mine.")
        tools.screens.update(body["view"], lambda: _list(tools, run, lead, after))
        ack()

    def on_managed(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        lead, manage = who(body), MANAGE[Action(action["action_id"])]
        card = run(manage, lead=lead, activity=number_of(action))
        if "view" in body:
            after = number_in(body["view"].get("private_metadata") or "0")
            tools.screens.update(body["view"], lambda: _list(tools, run, lead, after))
        else:
            tools.replies.beside(body, card)
        ack()

    for each in MANAGE:
        app.action(each)(on_managed)


def _answer(app: App, tools: Tools) -> None:
    @app.action(Action.ACTIVITY_ANSWER)
    def on_answer(ack: Ack, body: Body, action: dict[str, str], run: Run) -> None:
        user = who(body)
        tools.directory.meet(run, [user])
        kind, occasion, before = run.look(contribute.about, user=user, occasion=number_of(action))
        _require_access(tools, occasion.channel, user)
        asked = tools.renderer.page((Card("", kind.before_answering(occasion)),))
        tools.screens.show(body, answer_form.build(kind, occasion, before, asked))
        ack()

    @app.view(FormId.ANSWER)
    def on_answered(ack: Ack, body: Body, view: Body, run: Run) -> None:
        user, number = who(body), answer_form.occasion_of(view)
        kind, occasion, _ = run.look(contribute.about, user=user, occasion=number)
        _require_access(tools, occasion.channel, user)
        text = answer_form.read(view, kind)
        card = run(contribute.contribute, user=user, occasion=number, text=text)
        ack(response_action="update", view=tools.screens.card(card))


def _start_form(run: Run, lead: UserId, channel: ChannelId | None = None) -> Json:
    """In the lead's own zone; for the channel they are in, if I am there too."""
    person = run.look(require_lead, lead)
    known = run.look(directory.channel, channel=channel) if channel else None
    return form.build(PROMPT, zone=person.zone, channel=known.channel if known else None)


def _list(tools: Tools, run: Run, lead: UserId, after: int = 0) -> Json:
    """A page of what runs, from the activity after that number on."""
    page = run.look(activities.listing, lead=lead, after=after)
    return tools.screens.page(page, "Weekly prompts", metadata=str(after))


def _require_place(tools: Tools, run: Run, channel: ChannelId, lead: UserId) -> None:
    """I must be there to post; and nobody starts anything in a private place that is not theirs."""
    found = tools.directory.channel(channel)
    run.apart()(directory.record_channel, channel=channel, found=found)
    if found is None:
        raise Invalid({"channel": "I am not in this channel. Invite me there, then press Start."})
    if found.is_private and not tools.directory.is_member(channel, lead):
        raise Invalid({"channel": "You are not in this channel yourself. Please choose another."})


def _require_access(tools: Tools, channel: ChannelId, user: UserId) -> None:
    """What is asked in a private channel is for its members; a button's number can be made up."""
    found = tools.directory.channel(channel)
    if found is None:
        raise Refused("I am not in this channel any more, so I cannot show your answer there.")
    if found.is_private and not tools.directory.is_member(channel, user):
        raise Refused("This question was asked in a channel that you are not in.")
