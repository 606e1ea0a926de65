"""The limits of a modal and of App Home: titles, buttons, metadata, size."""

import json
from typing import Any

from sandbox.blocks import block_problems, refuse
from sandbox.elements import Problems, string_problems, text_problems
from sandbox.errors import Json, SlackError

LARGEST_VIEW = 250_000


def check_view(view: Any, kind: str) -> None:
    """Slack answers `invalid_arguments` for a view that does not fit."""
    if isinstance(view, dict) and len(json.dumps(view)) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    refuse(_view_problems(view, kind), "invalid_arguments")


def _view_problems(view: Any, kind: str) -> Problems:
    if not isinstance(view, dict):
        yield "view must be an object [json-pointer:/view]"
        return
    if view.get("type") != kind:
        yield f"type must be {kind} [json-pointer:/view/type]"
    if kind == "modal":
        yield from _modal_problems(view)
    for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from string_problems(f"/view/{name}", view.get(name), most)
    yield from block_problems(view.get("blocks"), kind)


def _modal_problems(view: Json) -> Problems:
    yield from text_problems("/view/title", view.get("title"), 24, "plain_text")
    for name in ("submit", "close"):
        if view.get(name) is not None:
            yield from text_problems(f"/view/{name}", view[name], 24, "plain_text")
    blocks = view.get("blocks")
    asks = any(b.get("type") == "input" for b in blocks or [] if isinstance(b, dict))
    if asks and not view.get("submit"):
        yield "submit is required when there are input blocks [json-pointer:/view/submit]"
