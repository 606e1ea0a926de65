"""Who acted, and on what: the parts of a payload that every listener reads."""

from collections.abc import Mapping
from typing import Any

from bot.domain.ids import UserId
from bot.domain.refusals import Refused

Body = dict[str, Any]


def who(body: Body) -> UserId:
    return UserId(body["user"]["id"])


def number_of(action: Mapping[str, str]) -> int:
    """The number a button carries."""
    number = action.get("value", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Refused("This button is not one of mine.")
    return int(number)


def question_and_peer(action: Mapping[str, str]) -> tuple[int, UserId]:
    """What `17/U_ADA` names; nobody in `17`."""
    number, _, peer = action.get("value", "").partition("/")
    return number_of({"value": number}), UserId(peer)
