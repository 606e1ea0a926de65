"""The limits of a modal and of App Home: titles, buttons, metadata, focus, size."""

import json
from typing import Any

from sandbox.blocks import block_problems, refuse
from sandbox.errors import Json, SlackError
from sandbox.kinds import elements_of
from sandbox.parts import (
    Problems,
    field_problems,
    flag_problems,
    listed,
    string_problems,
    text_problems,
)

LARGEST_VIEW = 250_000
COMMON = ("type", "blocks", "private_metadata", "callback_id", "external_id")
OF_MODALS = ("title", "submit", "close", "clear_on_close", "notify_on_close")


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
    known = (*COMMON, *OF_MODALS) if kind == "modal" else COMMON
    yield from field_problems("/view", view, known)
    for name, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from string_problems(f"/view/{name}", view.get(name), most)
    blocks = [block for block in listed(view.get("blocks")) if isinstance(block, dict)]
    if kind == "modal":
        yield from _modal_problems(view, blocks)
    yield from _focus_problems(blocks)
    yield from block_problems(view.get("blocks"), kind, "/view/blocks")


def _modal_problems(view: Json, blocks: list[Json]) -> Problems:
    yield from text_problems("/view/title", view.get("title"), 24, "plain_text")
    for name in ("submit", "close"):
        if name in view:
            yield from text_problems(f"/view/{name}", view[name], 24, "plain_text")
    yield from flag_problems("/view", view, "clear_on_close", "notify_on_close")
    for number, block in enumerate(blocks):
        if block.get("type") == "input" and not view.get("submit"):
            spot = f"[json-pointer:/view/blocks/{number}/input]"
            yield f"must define `submit` to use an `input` block in modals {spot}"
            return


def _focus_problems(blocks: list[Json]) -> Problems:
    elements = [element for block in blocks for element in elements_of(block)]
    if sum(element.get("focus_on_load") is True for element in elements) > 1:
        yield "only one element may have focus_on_load [json-pointer:/view/blocks]"
