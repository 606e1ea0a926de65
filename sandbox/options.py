"""Limits of what is chosen from: options, groups of options, and the ones chosen at the start."""

from typing import Any

from sandbox.errors import Json
from sandbox.parts import (
    Problems,
    count_problems,
    field_problems,
    listed,
    number_problems,
    string_problems,
    text_problems,
)

MOST = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
MOST_IN_MENU = 100
FREELY_WORDED = ("radio_buttons", "checkboxes")  # their options may be written in mrkdwn


def choice_problems(where: str, element: Json) -> Problems:
    """Everything about the options of an element that brings its own."""
    kind = str(element["type"])
    yield from offer_problems(where, element, kind)
    yield from initial_problems(where, element, offered(element))


def offer_problems(where: str, offer: Json, kind: str) -> Problems:
    """Options or groups of them, never both: in an element, or as an app suggests them."""
    most = MOST.get(kind, MOST_IN_MENU)
    if kind not in MOST and ("options" in offer) is ("option_groups" in offer):
        how = "not both" if "options" in offer else "must be specified"
        yield f"`options` or `option_groups` {how} [json-pointer:{where}]"
        return
    if kind in MOST or "options" in offer:
        yield from _options(f"{where}/options", offer.get("options"), most, kind)
    else:
        yield from _groups(f"{where}/option_groups", offer["option_groups"], kind)
    yield from _repeated(where, offered(offer))


def _groups(where: str, groups: Any, kind: str) -> Problems:
    yield from count_problems(where, groups, MOST_IN_MENU)
    for number, group in enumerate(listed(groups)):
        spot = f"{where}/{number}"
        if not isinstance(group, dict):
            yield f"must be an option group [json-pointer:{spot}]"
            continue
        yield from field_problems(spot, group, ("label", "options"))
        yield from text_problems(f"{spot}/label", group.get("label"), 75, "plain_text")
        yield from _options(f"{spot}/options", group.get("options"), MOST_IN_MENU, kind)


def _options(where: str, options: Any, most: int, kind: str) -> Problems:
    yield from count_problems(where, options, most)
    for number, option in enumerate(listed(options)):
        yield from option_problems(f"{where}/{number}", option, kind)


def option_problems(where: str, option: Any, kind: str) -> Problems:
    if not isinstance(option, dict) or not isinstance(option.get("value"), str):
        yield f"must be an option with text and value [json-pointer:{where}]"
        return
    own = ("url",) if kind == "overflow" else ()
    yield from field_problems(where, option, ("text", "value", "description", *own))
    types = () if kind in FREELY_WORDED else ("plain_text",)
    yield from text_problems(f"{where}/text", option.get("text"), 75, *types)
    yield from string_problems(f"{where}/value", option["value"], 150)
    yield from string_problems(f"{where}/url", option.get("url"), 3000)
    if not option["value"]:
        yield f"must be more than 0 characters [json-pointer:{where}/value]"
    if "description" in option:
        yield from text_problems(f"{where}/description", option["description"], 75, *types)


def _repeated(where: str, options: list[Json]) -> Problems:
    values = [option.get("value") for option in options]
    for value in sorted({str(each) for each in values if values.count(each) > 1}):
        yield f"value {value!r} is used twice [json-pointer:{where}]"


def offered(offer: Json) -> list[Json]:
    """All the options, whether they come in groups or not."""
    groups = [group for group in listed(offer.get("option_groups")) if isinstance(group, dict)]
    lists = [offer.get("options"), *(group.get("options") for group in groups)]
    return [each for options in lists for each in listed(options) if isinstance(each, dict)]


def initial_problems(where: str, element: Json, among: list[Json] | None) -> Problems:
    """What is chosen at the start must be, to the letter, one of the options (None: unknown)."""
    if "initial_option" in element:
        spot = f"{where}/initial_option"
        yield from _initial(spot, element["initial_option"], among, str(element["type"]))
    if "initial_options" in element:
        initial, spot = element["initial_options"], f"{where}/initial_options"
        yield from several_problems(spot, initial, element)
        for number, option in enumerate(listed(initial)):
            yield from _initial(f"{spot}/{number}", option, among, str(element["type"]))
        yield from _repeated(spot, offered({"options": initial}))


def _initial(where: str, option: Any, among: list[Json] | None, kind: str) -> Problems:
    if among is None:
        yield from option_problems(where, option, kind)
    elif option not in among:
        yield f"must exactly match one of the options [json-pointer:{where}]"


def several_problems(where: str, initial: Any, element: Json) -> Problems:
    """At least one, and no more than a person might choose."""
    most = element.get("max_selected_items", MOST_IN_MENU)
    yield from count_problems(where, initial, most if isinstance(most, int) else MOST_IN_MENU)


def most_problems(where: str, element: Json) -> Problems:
    if "max_selected_items" in element:
        spot = f"{where}/max_selected_items"
        yield from number_problems(spot, element["max_selected_items"], 1, MOST_IN_MENU)
