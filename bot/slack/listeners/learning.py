"""`/learning`: help, what people choose about themselves, and the naming of leads."""

from slack_bolt import Ack, App

from bot.domain.actions import Action
from bot.domain.cards import Card
from bot.domain.ids import UserId
from bot.domain.refusals import Refused, refuse_if_any
from bot.run import Run
from bot.services import choose, leads, look_back
from bot.slack.forms import choices as choices_form
from bot.slack.forms import leads as leads_form
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.listeners.gesture import Body, who
from bot.slack.tools import Tools


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
        saved = run(choose.save, user=who(body), wishes=choices_form.read(view))
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
        case "topics" | "settings", "":
            return _choices_form(run, user)
        case "leads", "":
            return _leads_form(tools, run, user)
    return None


def _choices_form(run: Run, user: UserId) -> Json:
    return choices_form.build(*run.look(choose.current, user=user))


def _leads_form(tools: Tools, run: Run, user: UserId) -> Json:
    tools.directory.renew(run, [user])
    return leads_form.build(run.look(leads.present, admin=user))


def _choose(run: Run, user: UserId, verb: str, rest: str) -> Card:
    match verb, rest:
        case "" | "help", _:
            return run(choose.overview, user=user)
        case "topics", "none":
            return run(choose.set_topics, user=user, typed="")
        case "topics", typed:
            return run(choose.set_topics, user=user, typed=typed)
        case "limit", typed:
            return run(choose.set_limit, user=user, typed=typed)
        case "pause", typed:
            return run(choose.pause, user=user, typed=typed)
        case "resume", "":
            return run(choose.resume, user=user)
        case "receipts", "on" | "off":
            return run(choose.receipts, user=user, wanted=rest == "on")
        case "look-backs", "on" | "off":
            return run(look_back.choose, user=user, wanted=rest == "on")
    raise Refused(
        "I did not understand that, so nothing has been changed. I know: settings, topics, limit, "
        "pause, resume, receipts on or off, look-backs on or off, leads (for admins), and help, "
        "which explains them."
    )
