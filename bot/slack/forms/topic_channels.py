"""Where questions about a topic go, for leads."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.ids import ChannelId
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, View


def build(present: Sequence[Block] = ()) -> Json:
    """`present` says what holds so far."""
    return fields.modal(
        FormId.TOPIC_CHANNELS,
        "Channels of topics",
        [
            *present,
            fields.words("topics", "Topics", hint="Separated by commas, as in: sql, postgres."),
            fields.public_channel(
                "channel",
                "Questions about them go to",
                hint="A public channel that I am in. Leave it empty to release the topics.",
            ),
        ],
        submit="Save",
    )


def read(view: View) -> tuple[ChannelId | None, str]:
    filled = Filled(view)
    return filled.channel_if_any("channel"), filled.words("topics")
