"""What Slack sends, by either way in, as a payload that listeners can rely on."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.slack.shapes import Json, Malformed, check

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 100


def read(body: str, content_type: str) -> Json:
    """What Bolt would read, but held to its shape. Raises Malformed."""
    try:
        payload = _decoded(body, content_type)
    except (ValueError, RecursionError):  # no JSON, too many digits, too many fields, too deep
        raise Malformed("the body cannot be read") from None
    return held(payload)


def held(decoded: Any) -> Json:
    """The same for what was read already. Raises Malformed."""
    try:
        payload = clean(decoded)
    except RecursionError:
        raise Malformed("the body cannot be read") from None
    if not isinstance(payload, dict):
        raise Malformed("the body is no object")
    check(payload)
    return payload


def _decoded(body: str, content_type: str) -> Any:
    """JSON for events; for everything else a form, most often with JSON in its one field."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return json.loads(body)
    if kind != FORM:
        raise Malformed("the content type is none of Slack's")
    fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def clean(value: Any) -> Any:
    """Without what a database refuses in any text: lone surrogates and NUL."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _clean_text(value)
    if isinstance(value, dict):
        return {clean(name): clean(each) for name, each in value.items()}
    if isinstance(value, list):
        return [clean(each) for each in value]
    return value


def _clean_text(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
