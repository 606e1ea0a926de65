"""A form as it comes back from Slack: untouched, with something changed, or forged."""

import copy
from typing import Any

from sandbox.blocks import with_block_ids
from sandbox.forms import FIELDS, initial_state
from sandbox.view_limits import check_view
from tests.localslack import Json

WORDS = "<!channel> & <@U_EVE> <https://evil.example|click> *bold*\n> `quote` \u202e👩‍💻"
"""What Slack would obey, format or turn around, if it were let."""


def assert_slack_opens_it(view: Json) -> None:
    """The local Slack's own judge; and what a person needs: a way out and no empty words."""
    check_view(view, "modal")
    assert view["close"]["text"]


def submitted(view: Json, **changed: Any) -> Json:
    """`view` as Slack sends it when it is submitted; a field takes what it holds, or nothing."""
    state = copy.deepcopy(initial_state(with_block_ids(view["blocks"])))
    for name, value in changed.items():
        element = state[name][name]
        element[FIELDS[element["type"]]] = value
    return {**view, "state": {"values": state}}


def option(value: str) -> Json:
    return {"text": {"type": "plain_text", "text": value[:75] or "-"}, "value": value}


def without(view: Json, name: str) -> Json:
    """An older version of the form, which had no such field."""
    values = {block: each for block, each in view["state"]["values"].items() if block != name}
    return {**view, "state": {"values": values}}


def names_in(view: Json) -> list[str]:
    return list(view["state"]["values"])
