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
    shown = ",".join(leads)
    return fields.modal(FormId.LEADS, "Learning leads", [who], submit="Save", metadata=shown)


def read(view: View) -> tuple[list[UserId], list[UserId]]:
    """Who was chosen, and who had been in the list when it was shown."""
    filled = Filled(view)
    shown = [UserId(user) for user in filled.metadata.split(",") if user]
    return list(dict.fromkeys(filled.people("leads"))), shown
