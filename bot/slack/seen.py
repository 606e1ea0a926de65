"""The key under which something Slack delivers is known again when it is delivered once more."""

from collections.abc import Mapping
from typing import Any


def seen_key(body: Mapping[str, Any]) -> str | None:
    """Events by `event_id`, commands and actions by `trigger_id`, forms by view and hash."""
    if "event_id" in body:
        return f"event/{body['event_id']}"
    view = body.get("view") or {}
    if body.get("type") == "view_submission":
        return f"view/{view['id']}/{view['hash']}"
    trigger = body.get("trigger_id")
    return f"trigger/{trigger}" if trigger else None
