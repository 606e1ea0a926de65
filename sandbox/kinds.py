"""Block Kit's elements: the blocks and surfaces each may stand in, and the fields it knows."""

from dataclasses import dataclass

from sandbox.errors import Json


@dataclass(frozen=True)
class Kind:
    blocks: frozenset[str]
    surfaces: frozenset[str]
    fields: frozenset[str]


def _kind(blocks: str, fields: str, surfaces: str = "modal message home") -> Kind:
    known = frozenset(["type", "action_id", *fields.split()])
    return Kind(frozenset(blocks.split()), frozenset(surfaces.split()), known)


_ANY = "section actions input"
_PICKED = "confirm focus_on_load placeholder"
_SEVERAL = f"{_PICKED} max_selected_items"
_TYPED = "initial_value dispatch_action_config focus_on_load placeholder"

KINDS = {
    "image": _kind("section context", "alt_text image_url slack_file"),
    "button": _kind("section actions", "text value url style confirm accessibility_label"),
    "overflow": _kind("section actions", "options confirm"),
    "workflow_button": _kind(
        "section actions", "text workflow style accessibility_label", "message"
    ),
    "feedback_buttons": _kind("context_actions", "positive_button negative_button", "message"),
    "icon_button": _kind(
        "context_actions",
        "icon text value confirm accessibility_label visible_to_user_ids",
        "message",
    ),
    "radio_buttons": _kind(_ANY, "options initial_option confirm focus_on_load"),
    "checkboxes": _kind(_ANY, "options initial_options confirm focus_on_load"),
    "static_select": _kind(_ANY, f"options option_groups initial_option {_PICKED}"),
    "external_select": _kind(_ANY, f"initial_option min_query_length {_PICKED}"),
    "users_select": _kind(_ANY, f"initial_user {_PICKED}"),
    "channels_select": _kind(_ANY, f"initial_channel response_url_enabled {_PICKED}"),
    "conversations_select": _kind(
        _ANY,
        "initial_conversation default_to_current_conversation filter response_url_enabled "
        + _PICKED,
    ),
    "multi_static_select": _kind(_ANY, f"options option_groups initial_options {_SEVERAL}"),
    "multi_external_select": _kind(_ANY, f"initial_options min_query_length {_SEVERAL}"),
    "multi_users_select": _kind(_ANY, f"initial_users {_SEVERAL}"),
    "multi_channels_select": _kind(_ANY, f"initial_channels {_SEVERAL}"),
    "multi_conversations_select": _kind(
        _ANY, f"initial_conversations default_to_current_conversation filter {_SEVERAL}"
    ),
    "datepicker": _kind(_ANY, f"initial_date {_PICKED}"),
    "timepicker": _kind(_ANY, f"initial_time timezone {_PICKED}"),
    "datetimepicker": _kind(
        "actions input", "initial_date_time confirm focus_on_load", "modal message"
    ),
    "plain_text_input": _kind("input", f"multiline min_length max_length {_TYPED}"),
    "rich_text_input": _kind("input", _TYPED, "modal home"),
    "email_text_input": _kind("input", _TYPED, "modal"),
    "url_text_input": _kind("input", _TYPED, "modal"),
    "number_input": _kind("input", f"is_decimal_allowed min_value max_value {_TYPED}", "modal"),
    "file_input": _kind("input", "filetypes max_files", "modal"),
}

CONTAINERS = ("elements", "accessory", "element")


def elements_of(block: Json) -> list[Json]:
    """The elements a block holds, wherever it holds them."""
    found: list[object] = []
    for name in CONTAINERS:
        held = block.get(name)
        found += held if isinstance(held, list) else [held] if held else []
    return [element for element in found if isinstance(element, dict)]
