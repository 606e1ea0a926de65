"""`/learning`: help, what people choose about themselves, and the naming of leads."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import UserId
from bot.domain.people import Switch
from bot.domain.refusals import Refused, refuse_if_any
from bot.run import Run
from bot.services import choose, hours, leads, overview, terms
from bot.slack.forms import choices as choices_form
from bot.slack.forms import leads as leads_form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.listeners import counts, topic_channels, undelivered
from bot.slack.listeners.gesture import Body, who
from bot.slack.tools import Tools

SAYS = {
    "topics": choose.set_topics,
    "refuse": choose.refuse,
    "limit": choose.set_limit,
    "pause": choose.pause,
    "hours": hours.set_hours,
    "days": hours.set_days,
    "holidays": hours.set_holidays,
}
SWITCHES = {switch.value: switch for switch in Switch}

UNKNOWN = (
    "I did not understand that, so nothing has been changed. I know: settings, topics, refuse, "
    "limit, pause, resume, hours, days, holidays; receipts, findable, at-once and look-backs, each "
    "with on or off; channels and undelivered (for leads), leads (for admins), and help, which "
    "explains them."
)


def register(app: App, tools: Tools) -> None:
    @app.command(tools.manifest.commands["learning"])
    def on_learning(ack: Ack, command: dict[str, str], run: Run) -> None:
        user = UserId(command["user_id"])
        tools.directory.meet(run, [user])
        verb, _, rest = command.get("text", "").strip().partition(" ")
        form = _form(tools, run, user, verb.lower(), rest.strip())
        if form:
            tools.screens.show(command, form)
            ack()
            return
        ack(**tools.renderer.message(_choose(run, user, verb.lower(), rest.strip())))

    _edit_choices(app, tools)
    _name_leads(app, tools)


def _edit_choices(app: App, tools: Tools) -> None:
    @app.action(Action.CHOICES_EDIT)
    def on_edit(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, _choices_form(run, who(body)))
        ack()

    @app.view(FormId.CHOICES)
    def on_edited(ack: Ack, body: Body, view: Body, run: Run) -> None:
        user, wishes = who(body), choices_form.read(view)
        refuse_if_any(avoided=terms.too_many(wishes.avoided))
        tools.directory.meet(run, wishes.avoided)
        saved = run(terms.save, user=user, wishes=wishes)
        ack(response_action="update", view=tools.screens.card(saved))

    @app.action(Action.CHOICES_RESUME)
    def on_resume(ack: Ack, body: Body, run: Run) -> None:
        run(choose.resume, user=who(body))  # App Home, where the button was, shows it
        ack()


def _name_leads(app: App, tools: Tools) -> None:
    """Admins come and go, so Slack is asked each time who is one."""

    @app.action(Action.LEADS_NAME)
    def on_name(ack: Ack, body: Body, run: Run) -> None:
        tools.screens.show(body, _leads_form(tools, run, who(body)))
        ack()

    @app.view(FormId.LEADS)
    def on_named(ack: Ack, body: Body, view: Body, run: Run) -> None:
        admin, (named, shown) = who(body), leads_form.read(view)
        tools.directory.renew(run, [admin])
        run.look(leads.present, admin=admin)  # nobody else may have us look up people
        refuse_if_any(leads=leads.too_many(named))
        tools.directory.meet(run, named)
        card = run(leads.name_leads, admin=admin, leads=named, shown=shown)
        ack(response_action="update", view=tools.screens.card(card))


def _form(tools: Tools, run: Run, user: UserId, verb: str, rest: str) -> Json | None:
    """What is asked for by a form, if it is."""
    match verb, rest:
        case "settings" | "topics" | "hours" | "days" | "holidays" | "refuse", "":
            return _choices_form(run, user)
        case "leads", "":
            return _leads_form(tools, run, user)
        case "channels", "":
            return topic_channels.filled_in(tools, run, user)
        case "counts", "":
            return counts.view(tools, run, user)
        case "undelivered", "":
            return undelivered.page(tools, run, user)
    return None


def _choices_form(run: Run, user: UserId) -> Json:
    return choices_form.build(run.look(terms.current, user=user))


def _leads_form(tools: Tools, run: Run, user: UserId) -> Json:
    tools.directory.renew(run, [user])
    return leads_form.build(run.look(leads.present, admin=user))


def _choose(run: Run, user: UserId, verb: str, rest: str) -> Card:
    """What is said in a word or two: each verb takes one thing, `none` for nothing."""
    match verb, rest:
        case "" | "help", _:
            return run(overview.overview, user=user)
        case "topics" | "refuse", "none":
            return run(SAYS[verb], user=user, typed="")
        case "resume", "":
            return run(choose.resume, user=user)
        case _, "on" | "off" if verb in SWITCHES:
            return run(choose.switch, user=user, what=SWITCHES[verb], is_on=rest == "on")
    if verb in SAYS:
        return run(SAYS[verb], user=user, typed=rest)
    raise Refused(UNKNOWN)
