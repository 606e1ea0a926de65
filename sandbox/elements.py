"""Limits of the elements people press, choose from or fill in, whatever their kind."""

from collections.abc import Callable
from typing import Any

from sandbox.errors import Json
from sandbox.kinds import KINDS
from sandbox.options import choice_problems, initial_problems, most_problems
from sandbox.parts import (
    Problems,
    count_problems,
    field_problems,
    flag_problems,
    number_problems,
    string_problems,
    text_problems,
)
from sandbox.pickers import (
    conversation_problems,
    date_problems,
    figure_problems,
    file_problems,
    id_problems,
    instant_problems,
    line_problems,
    time_problems,
    words_problems,
)

STYLES = (None, "primary", "danger")
TRIGGERS = ("on_enter_pressed", "on_character_entered")


def element_problems(where: str, element: Any, block: str, surface: str) -> Problems:
    """Whether Slack takes this element in this kind of block on this surface."""
    if not isinstance(element, dict):
        yield f"must be an element [json-pointer:{where}]"
        return
    kind = KINDS.get(str(element.get("type")))
    if kind is None or block not in kind.blocks or surface not in kind.surfaces:
        yield f"unsupported type: {element.get('type')} [json-pointer:{where}/type]"
        return
    yield from field_problems(where, element, kind.fields)
    yield from _common(where, element)
    if element.get("response_url_enabled") and (block, surface) != ("input", "modal"):
        yield f"only in the inputs of a modal [json-pointer:{where}/response_url_enabled]"
    check = _CHECKS.get(str(element["type"]))
    if check is not None:
        yield from check(where, element)


def _common(where: str, element: Json) -> Problems:
    yield from string_problems(f"{where}/action_id", element.get("action_id"), 255)
    yield from flag_problems(where, element, "focus_on_load")
    yield from most_problems(where, element)
    if "placeholder" in element:
        yield from text_problems(f"{where}/placeholder", element["placeholder"], 150, "plain_text")
    if "confirm" in element:
        yield from _confirm(f"{where}/confirm", element["confirm"])
    if "dispatch_action_config" in element:
        yield from _dispatch(f"{where}/dispatch_action_config", element["dispatch_action_config"])


def _confirm(where: str, confirm: Any) -> Problems:
    if not isinstance(confirm, dict):
        yield f"must be a confirmation dialog [json-pointer:{where}]"
        return
    yield from field_problems(where, confirm, ("title", "text", "confirm", "deny", "style"))
    for part, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        yield from text_problems(f"{where}/{part}", confirm.get(part), most, "plain_text")
    yield from text_problems(f"{where}/text", confirm.get("text"), 300)
    if confirm.get("style") not in STYLES:
        yield f"style must be primary or danger [json-pointer:{where}/style]"


def _dispatch(where: str, config: Any) -> Problems:
    if not isinstance(config, dict):
        yield f"must be a dispatch configuration [json-pointer:{where}]"
        return
    yield from field_problems(where, config, ("trigger_actions_on",))
    wanted, spot = config.get("trigger_actions_on"), f"{where}/trigger_actions_on"
    yield from count_problems(spot, wanted, len(TRIGGERS))
    if isinstance(wanted, list) and any(each not in TRIGGERS for each in wanted):
        yield f"must be {' or '.join(TRIGGERS)} [json-pointer:{spot}]"


def _button(where: str, element: Json) -> Problems:
    yield from text_problems(f"{where}/text", element.get("text"), 75, "plain_text")
    yield from string_problems(f"{where}/value", element.get("value"), 2000)
    yield from string_problems(f"{where}/url", element.get("url"), 3000)
    yield from string_problems(
        f"{where}/accessibility_label", element.get("accessibility_label"), 75
    )
    if element.get("style") not in STYLES:
        yield f"style must be primary or danger [json-pointer:{where}/style]"


def _external(where: str, element: Json) -> Problems:
    yield from number_problems(
        f"{where}/min_query_length", element.get("min_query_length", 3), 0, 150
    )
    yield from initial_problems(where, element, None)


def image_problems(where: str, element: Json) -> Problems:
    if not element.get("alt_text"):
        yield f"missing required field: alt_text [json-pointer:{where}]"
    yield from string_problems(f"{where}/alt_text", element.get("alt_text"), 2000)
    yield from string_problems(f"{where}/image_url", element.get("image_url"), 3000)
    if ("image_url" in element) is ("slack_file" in element):
        yield f"needs one of image_url and slack_file [json-pointer:{where}]"


_CHECKS: dict[str, Callable[[str, Json], Problems]] = {
    "button": _button,
    "workflow_button": _button,
    "image": image_problems,
    "external_select": _external,
    "multi_external_select": _external,
    "users_select": id_problems,
    "multi_users_select": id_problems,
    "datepicker": date_problems,
    "timepicker": time_problems,
    "datetimepicker": instant_problems,
    "plain_text_input": words_problems,
    "email_text_input": line_problems,
    "url_text_input": line_problems,
    "number_input": figure_problems,
    "file_input": file_problems,
    **dict.fromkeys(["overflow", "radio_buttons", "checkboxes"], choice_problems),
    **dict.fromkeys(["static_select", "multi_static_select"], choice_problems),
    **dict.fromkeys(["channels_select", "multi_channels_select"], conversation_problems),
    **dict.fromkeys(["conversations_select", "multi_conversations_select"], conversation_problems),
}
