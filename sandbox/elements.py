"""Limits of Block Kit's parts: text objects, options and the elements people press or fill in."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sandbox.errors import Json

Problems = Iterator[str]

SELECTS = ("static", "users", "conversations", "channels", "external")
OPTION_LISTS = {
    "static_select": 100,
    "multi_static_select": 100,
    "overflow": 5,
    "radio_buttons": 10,
    "checkboxes": 10,
}
INPUT_ELEMENTS = frozenset(
    {
        *(f"{kind}_select" for kind in SELECTS),
        *(f"multi_{kind}_select" for kind in SELECTS),
        "plain_text_input",
        "rich_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "radio_buttons",
        "checkboxes",
        "file_input",
    }
)
INTERACTIVE = INPUT_ELEMENTS | {"button", "overflow", "workflow_button", "icon_button"}
INTERACTIVE -= {"file_input"}


def text_problems(where: str, given: Any, most: int, *types: str) -> Problems:
    """A text object: its type, that it says something, and that it is not too long."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        yield f"must be a text object [json-pointer:{where}]"
        return
    allowed = types or ("plain_text", "mrkdwn")
    if given.get("type") not in allowed:
        yield f"type must be {' or '.join(allowed)} [json-pointer:{where}/type]"
    if not given["text"]:
        yield f"must be more than 0 characters [json-pointer:{where}/text]"
    if len(given["text"]) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{where}/text]"


def string_problems(where: str, given: Any, most: int) -> Problems:
    if given is None:
        return
    if not isinstance(given, str):
        yield f"must be a string [json-pointer:{where}]"
    elif len(given) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{where}]"


def count_problems(where: str, given: Any, most: int, least: int = 1) -> Problems:
    if not isinstance(given, list):
        yield f"must be a list [json-pointer:{where}]"
    elif not least <= len(given) <= most:
        yield f"must have {least} to {most} items, not {len(given)} [json-pointer:{where}]"


def element_problems(where: str, element: Any, allowed: Collection[str]) -> Problems:
    if not isinstance(element, dict):
        yield f"must be an element [json-pointer:{where}]"
        return
    kind = element.get("type")
    if kind not in allowed:
        yield f"unsupported type: {kind} [json-pointer:{where}/type]"
        return
    yield from string_problems(f"{where}/action_id", element.get("action_id"), 255)
    if "placeholder" in element:
        yield from text_problems(f"{where}/placeholder", element["placeholder"], 150, "plain_text")
    if "confirm" in element:
        yield from _confirm(f"{where}/confirm", element["confirm"])
    check = _CHECKS.get(str(kind))
    if check is not None:
        yield from check(where, element)


def _confirm(where: str, confirm: Any) -> Problems:
    if not isinstance(confirm, dict):
        yield f"must be a confirmation dialog [json-pointer:{where}]"
        return
    for part, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        yield from text_problems(f"{where}/{part}", confirm.get(part), most, "plain_text")
    yield from text_problems(f"{where}/text", confirm.get("text"), 300)


def _button(where: str, element: Json) -> Problems:
    yield from text_problems(f"{where}/text", element.get("text"), 75, "plain_text")
    yield from string_problems(f"{where}/value", element.get("value"), 2000)
    yield from string_problems(f"{where}/url", element.get("url"), 3000)
    yield from string_problems(
        f"{where}/accessibility_label", element.get("accessibility_label"), 75
    )
    if element.get("style") not in (None, "primary", "danger"):
        yield f"style must be primary or danger [json-pointer:{where}/style]"


def _choices(where: str, element: Json) -> Problems:
    if "option_groups" in element:
        groups = element["option_groups"]
        yield from count_problems(f"{where}/option_groups", groups, 100)
        for number, group in enumerate(groups if isinstance(groups, list) else []):
            spot = f"{where}/option_groups/{number}"
            yield from text_problems(f"{spot}/label", group.get("label"), 75, "plain_text")
            yield from _options(f"{spot}/options", group.get("options"), 100)
        return
    yield from _options(f"{where}/options", element.get("options"), OPTION_LISTS[element["type"]])


def _options(where: str, options: Any, most: int) -> Problems:
    yield from count_problems(where, options, most)
    seen: set[str] = set()
    for number, option in enumerate(options if isinstance(options, list) else []):
        spot = f"{where}/{number}"
        if not isinstance(option, dict) or not isinstance(option.get("value"), str):
            yield f"must be an option with text and value [json-pointer:{spot}]"
            continue
        yield from text_problems(f"{spot}/text", option.get("text"), 75)
        yield from string_problems(f"{spot}/value", option["value"], 150)
        if "description" in option:
            yield from text_problems(f"{spot}/description", option["description"], 75)
        if option["value"] in seen:
            yield f"value {option['value']!r} is used twice [json-pointer:{spot}/value]"
        seen.add(option["value"])


def _plain_text_input(where: str, element: Json) -> Problems:
    longest = element.get("max_length", 3000)
    if not isinstance(longest, int) or not 1 <= longest <= 3000:
        yield f"max_length must be between 1 and 3000 [json-pointer:{where}/max_length]"
    yield from string_problems(f"{where}/initial_value", element.get("initial_value"), 3000)


def _image(where: str, element: Json) -> Problems:
    if not element.get("alt_text"):
        yield f"missing alt_text [json-pointer:{where}/alt_text]"
    yield from string_problems(f"{where}/alt_text", element.get("alt_text"), 2000)
    yield from string_problems(f"{where}/image_url", element.get("image_url"), 3000)


_CHECKS: dict[str, Callable[[str, Json], Problems]] = {
    "button": _button,
    "workflow_button": _button,
    "plain_text_input": _plain_text_input,
    "image": _image,
    **dict.fromkeys(OPTION_LISTS, _choices),
}
