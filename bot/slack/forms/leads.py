"""Who the learning leads are, for admins."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, View


def build(leads: Sequence[UserId]) -> Json:
    who = fields.people(
        "leads",
        "Who are the learning leads?",
        initial=leads,
        hint="They start weekly prompts in channels, and publish mentor pairs. Each is told.",
    )
    return fields.modal(FormId.LEADS, "Learning leads", [who], submit="Save")


def read(view: View) -> list[UserId]:
    return list(dict.fromkeys(Filled(view).people("leads")))
