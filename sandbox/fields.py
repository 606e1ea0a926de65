"""Reads the body of a control request and refuses fields that are missing, unknown or misshapen."""

import json
from typing import Any

from starlette.requests import Request

from sandbox.errors import ControlError, Json
from sandbox.people import FLAGS

Number = (int, float)
# The type of each field that is not a string; None where anything goes.
FIELD_TYPES: dict[str, type | tuple[type, ...] | None] = {
    **dict.fromkeys(["advance", "within", "refuse_for", "delay", "lag"], Number),
    **dict.fromkeys(["times", "after"], int),
    **dict.fromkeys(["values", "event", "data", "where"], dict),
    **dict.fromkeys(["topics", "members", "add", "remove", "urls", "grant", "revoke"], list),
    **dict.fromkeys(
        [
            "present",
            "abruptly",
            "enforce",
            "warn",
            "together",
            "held",
            "clear",
            "accepted",
            "forged",
            "all",
            "verify",
            "to_next",
        ],
        bool,
    ),
    **dict.fromkeys(FLAGS, bool),
    **dict.fromkeys(["is_private", "is_archived", "is_ext_shared"], bool),
    **dict.fromkeys(["cut", "selected", "retry_after", "value"], None),
}
NULLABLE = frozenset({"url"})


async def read_body(request: Request) -> Json:
    raw = await request.body()
    try:
        body: Any = json.loads(raw) if raw else {}
    except ValueError:
        raise ControlError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ControlError("The body is not a JSON object.")
    return body


def check_fields(name: str, needed: frozenset[str], allowed: frozenset[str], body: Json) -> None:
    missing = sorted(needed - set(body))
    if missing:
        raise ControlError(f"/control/{name} needs {', '.join(missing)}.")
    unknown = sorted(set(body) - allowed)
    if unknown:
        raise ControlError(f"/control/{name} knows no {', '.join(unknown)}.")
    for field, value in body.items():
        wanted = FIELD_TYPES.get(field, str)
        if wanted is not None and not isinstance(value, wanted) and value is not None:
            raise ControlError(f"/control/{name} cannot read {field}: {value!r}.")
    for field in needed - NULLABLE:
        if body[field] is None:
            raise ControlError(f"/control/{name} needs {field}.")
