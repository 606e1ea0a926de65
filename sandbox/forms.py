"""What a person chooses or types in an element, in the shape Slack reports it."""

from typing import Any

from sandbox.errors import ControlError, Json

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
}
INITIAL = {
    "value": "initial_value",
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


def chosen(element: Json, given: Any) -> Json:
    """The state of an element after a person chose `given` (None: nothing)."""
    field = FIELDS[element["type"]]
    if field == "selected_option":
        value: Any = None if given is None else _option(element, given)
    elif field == "selected_options":
        value = [_option(element, each) for each in _as_list(given)]
    elif field.endswith("s"):
        value = _as_list(given)
    elif field == "value":
        value = None if given is None else str(given)
    else:
        value = given
    return {"type": element["type"], field: value}


def untouched(element: Json) -> Json:
    """The state of an element nobody has touched: its initial value."""
    field = FIELDS[element["type"]]
    empty: Any = [] if field.endswith("s") else None
    return {"type": element["type"], field: element.get(INITIAL.get(field, ""), empty)}


def initial_state(blocks: list[Json]) -> dict[str, Json]:
    """What a fresh view reports for its inputs before anybody touches them."""
    return {
        block["block_id"]: {block["element"]["action_id"]: untouched(block["element"])}
        for block in blocks
        if block["type"] == "input" and block["element"]["type"] in FIELDS
    }


def is_empty(state: Json) -> bool:
    value = state.get(FIELDS[state["type"]])
    return value is None or value in ("", [])


def complaint(element: Json, state: Json) -> str | None:
    """What Slack itself says before it sends a form to the app."""
    value = state.get("value")
    if not isinstance(value, str):
        return None
    least, most = element.get("min_length"), element.get("max_length")
    if least and len(value) < least:
        return f"Must be at least {least} characters."
    if most and len(value) > most:
        return f"Must be less than {most + 1} characters."
    return None


def _as_list(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list) else [given]


def _option(element: Json, value: Any) -> Json:
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    for option in options:
        if option["value"] == value:
            return dict(option)
    offered = ", ".join(repr(option["value"]) for option in options)
    raise ControlError(f"There is no option {value!r}; there are {offered}.")
