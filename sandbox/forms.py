"""The state of elements as Slack reports it: untouched, carried over, empty, or not acceptable."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.errors import Json
from sandbox.kinds import elements_of
from sandbox.options import offered
from sandbox.pickers import LONGEST_TEXT, as_number

# The field an element's value is reported under, and the field of its initial value.
FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}


State = dict[str, Json]  # block_id -> action_id -> what is chosen


def takes_several(kind: str) -> bool:
    return FIELDS[kind].endswith("s")


def shaped(element: Json, value: Any) -> Json:
    """What Slack reports of an element that holds this value."""
    zone = {"timezone": element["timezone"]} if "timezone" in element else {}
    return {"type": element["type"], FIELDS[element["type"]]: value, **zone}


def untouched(element: Json) -> Json:
    """The state of an element nobody has touched: its initial value."""
    field = FIELDS[element["type"]]
    empty: Any = [] if takes_several(element["type"]) else None
    return shaped(element, element.get(INITIAL.get(field, ""), empty))


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with an element that keeps what was chosen; an overflow menu does not."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in FIELDS and element["type"] != "overflow":
                yield block, element


def initial_state(blocks: list[Json]) -> State:
    """What Slack reports before anybody touches anything."""
    state: State = {}
    for block, element in stateful(blocks):
        state.setdefault(block["block_id"], {})[element["action_id"]] = untouched(element)
    return state


def carried(blocks: list[Json], old: State) -> State:
    """The state of changed blocks: what was chosen stays where the same element still offers it."""
    state = initial_state(blocks)
    for block, element in stateful(blocks):
        kept = old.get(block["block_id"], {}).get(element["action_id"])
        if kept is not None and kept["type"] == element["type"] and _still_offered(element, kept):
            state[block["block_id"]][element["action_id"]] = kept
    return state


def _still_offered(element: Json, kept: Json) -> bool:
    if not {"options", "option_groups"} & set(element):
        return True
    value = kept[FIELDS[kept["type"]]]
    chosen = value if isinstance(value, list) else [value] if value else []
    return all(option in offered(element) for option in chosen)


def is_empty(state: Json) -> bool:
    value = state.get(FIELDS[state["type"]])
    return value is None or value in ("", [])


def complaint(element: Json, state: Json) -> str | None:
    """What Slack itself says before it sends a form to the app."""
    value = state.get("value")
    if not isinstance(value, str):
        return None
    kind = element["type"]
    if kind == "number_input":
        return _about_number(element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Must be a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://[^\s.]+\.\S+", value):
        return "Must be a valid URL."
    return _about_length(element, value)


def _about_length(element: Json, value: str) -> str | None:
    least, most = element.get("min_length"), element.get("max_length", LONGEST_TEXT)
    if least and len(value) < least:
        return f"Must be at least {least} characters."
    if len(value) > most:
        return f"Must be less than {most + 1} characters."
    return None


def _about_number(element: Json, value: str) -> str | None:
    number = as_number(value)
    if number is None:
        return "Must be a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Must be a whole number."
    least, most = as_number(element.get("min_value")), as_number(element.get("max_value"))
    if least is not None and number < least:
        return f"Must be at least {element['min_value']}."
    if most is not None and number > most:
        return f"Must be at most {element['max_value']}."
    return None
