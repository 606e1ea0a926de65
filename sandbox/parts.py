"""What Block Kit's parts are made of: fields, texts, strings, lists, numbers and flags."""

from collections.abc import Collection, Iterator
from typing import Any

from sandbox.errors import Json

Problems = Iterator[str]


def field_problems(where: str, given: Json, known: Collection[str]) -> Problems:
    """Slack refuses a field it does not know, and null wherever a field stands."""
    for name, value in given.items():
        if name not in known:
            yield f"invalid additional property: {name} [json-pointer:{where}]"
        elif value is None:
            yield f"must not be null [json-pointer:{where}/{name}]"


def text_problems(where: str, given: Any, most: int, *types: str) -> Problems:
    """A text object: its type, that it says something, and that it is not too long."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        yield f"must be a text object [json-pointer:{where}]"
        return
    allowed = types or ("plain_text", "mrkdwn")
    if given.get("type") not in allowed:
        yield f"type must be {' or '.join(allowed)} [json-pointer:{where}/type]"
    else:
        own = "emoji" if given["type"] == "plain_text" else "verbatim"
        yield from field_problems(where, given, ("type", "text", own))
        yield from flag_problems(where, given, own)
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
    elif len(given) > most:
        yield f"no more than {most} items allowed [json-pointer:{where}]"
    elif len(given) < least:
        yield f"no less than {least} items allowed [json-pointer:{where}]"


def flag_problems(where: str, given: Json, *names: str) -> Problems:
    for name in names:
        if not isinstance(given.get(name, False), bool):
            yield f"must be true or false [json-pointer:{where}/{name}]"


def number_problems(where: str, given: Any, least: int, most: int) -> Problems:
    if not is_whole(given) or not least <= given <= most:
        yield f"must be a whole number from {least} to {most} [json-pointer:{where}]"


def is_whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def listed(given: Any) -> list[Any]:
    """What can be looked through even if it is no list."""
    return given if isinstance(given, list) else []
