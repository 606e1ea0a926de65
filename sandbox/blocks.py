"""Block Kit's limits, block by block, written from Slack's documentation."""

import copy
import secrets
from collections.abc import Callable
from typing import Any

from sandbox.elements import element_problems, image_problems
from sandbox.errors import Json, SlackError
from sandbox.kinds import KINDS, elements_of
from sandbox.parts import (
    Problems,
    count_problems,
    field_problems,
    flag_problems,
    listed,
    string_problems,
    text_problems,
)

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
NAMELESS = {"image", "feedback_buttons"}  # elements that get no action_id of Slack's making


def check_message_blocks(blocks: Any) -> None:
    refuse(block_problems(blocks, "message"), "invalid_blocks")


def refuse(problems: Problems, code: str) -> None:
    messages = [f"[ERROR] {problem}" for problem in problems]
    if messages:
        raise SlackError(code, response_metadata={"messages": messages})


def with_block_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and element has the id that Slack gives to those without."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if element.get("type") in set(KINDS) - NAMELESS:
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks


def block_problems(blocks: Any, surface: str, where: str = "/blocks") -> Problems:
    """Every reason why Slack would refuse these blocks on this surface."""
    if not isinstance(blocks, list):
        yield f"blocks must be a list [json-pointer:{where}]"
        return
    yield from count_problems(where, blocks, MOST_BLOCKS[surface], 0)
    for number, block in enumerate(blocks):
        yield from _one_block(f"{where}/{number}", block, surface)
    known = [block for block in blocks if isinstance(block, dict)]
    yield from _repeated_ids(where, known)
    yield from _per_message(where, known)


def _one_block(where: str, block: Any, surface: str) -> Problems:
    if not isinstance(block, dict):
        yield f"must be a block [json-pointer:{where}]"
        return
    kind = str(block.get("type"))
    if kind not in _CHECKS or surface not in _SURFACES.get(kind, MOST_BLOCKS):
        yield f"unsupported type: {kind} [json-pointer:{where}/type]"
        return
    if kind in _FIELDS:
        yield from field_problems(where, block, {"type", "block_id", *_FIELDS[kind].split()})
    yield from string_problems(f"{where}/block_id", block.get("block_id"), 255)
    yield from _CHECKS[kind](where, block, surface)


def _repeated_ids(where: str, blocks: list[Json]) -> Problems:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield f"block_id {block_id!r} is used twice [json-pointer:{where}/{number}/block_id]"
        seen.add(str(block_id))
        actions = [each["action_id"] for each in elements_of(block) if each.get("action_id")]
        for action_id in sorted({each for each in actions if actions.count(each) > 1}):
            yield f"action_id {action_id!r} is used twice [json-pointer:{where}/{number}]"


def _per_message(where: str, blocks: list[Json]) -> Problems:
    markdown = sum(len(str(b.get("text", ""))) for b in blocks if b.get("type") == "markdown")
    if markdown > 12_000:
        yield f"markdown blocks hold more than 12000 characters in all [json-pointer:{where}]"
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield f"only one table is allowed [json-pointer:{where}]"
    if sum(block.get("type") == "data_visualization" for block in blocks) > 2:
        yield f"only two data_visualization blocks are allowed [json-pointer:{where}]"


def _section(where: str, block: Json, surface: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield f"missing text or fields [json-pointer:{where}]"
    if "text" in block:
        yield from text_problems(f"{where}/text", block["text"], 3000)
    if "fields" in block:
        yield from count_problems(f"{where}/fields", block["fields"], 10)
        for number, field in enumerate(listed(block["fields"])):
            yield from text_problems(f"{where}/fields/{number}", field, 2000)
    if "accessory" in block:
        accessory = block["accessory"]
        yield from element_problems(f"{where}/accessory", accessory, "section", surface)
    yield from flag_problems(where, block, "expand")


def _header(where: str, block: Json, surface: str) -> Problems:
    yield from text_problems(f"{where}/text", block.get("text"), 150, "plain_text")


def _elements(where: str, block: Json, most: int, surface: str) -> Problems:
    elements = block.get("elements")
    yield from count_problems(f"{where}/elements", elements, most)
    for number, element in enumerate(listed(elements)):
        yield from element_problems(f"{where}/elements/{number}", element, block["type"], surface)


def _actions(where: str, block: Json, surface: str) -> Problems:
    yield from _elements(where, block, 25, surface)


def _context(where: str, block: Json, surface: str) -> Problems:
    elements = block.get("elements")
    yield from count_problems(f"{where}/elements", elements, 10)
    for number, element in enumerate(listed(elements)):
        spot = f"{where}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            yield from element_problems(spot, element, "context", surface)
        else:
            yield from text_problems(spot, element, 2000)


def _context_actions(where: str, block: Json, surface: str) -> Problems:
    yield from _elements(where, block, 5, surface)


def _input(where: str, block: Json, surface: str) -> Problems:
    yield from text_problems(f"{where}/label", block.get("label"), 2000, "plain_text")
    if "hint" in block:
        yield from text_problems(f"{where}/hint", block["hint"], 2000, "plain_text")
    yield from flag_problems(where, block, "optional", "dispatch_action")
    element = block.get("element")
    yield from element_problems(f"{where}/element", element, "input", surface)
    dispatched = block.get("dispatch_action") is True
    if dispatched and isinstance(element, dict) and element.get("type") == "file_input":
        yield f"a file_input is not dispatched [json-pointer:{where}/dispatch_action]"


def _image(where: str, block: Json, surface: str) -> Problems:
    yield from image_problems(where, block)
    if "title" in block:
        yield from text_problems(f"{where}/title", block["title"], 2000, "plain_text")


def _markdown(where: str, block: Json, surface: str) -> Problems:
    if not isinstance(block.get("text"), str) or not block["text"]:
        yield f"missing text [json-pointer:{where}/text]"


def _rich_text(where: str, block: Json, surface: str) -> Problems:
    if not isinstance(block.get("elements"), list):
        yield f"missing elements [json-pointer:{where}/elements]"


def _table(where: str, block: Json, surface: str) -> Problems:
    rows = block.get("rows")
    yield from count_problems(f"{where}/rows", rows, 100)
    for number, row in enumerate(listed(rows)):
        yield from count_problems(f"{where}/rows/{number}", row, 20)


def _chart(where: str, block: Json, surface: str) -> Problems:
    """Slack's page gives no full list of limits; these are the narrowest that were reported."""
    yield from string_problems(f"{where}/title", block.get("title"), 50)
    chart = block.get("chart")
    if not isinstance(chart, dict) or chart.get("type") not in ("pie", "bar", "area", "line"):
        yield f"chart must be a pie, bar, area or line [json-pointer:{where}/chart]"
        return
    parts = "segments" if chart["type"] == "pie" else "series"
    yield from count_problems(f"{where}/chart/{parts}", chart.get(parts), 6)
    for number, part in enumerate(chart.get(parts) or []):
        label = part.get("label", part.get("name"))
        yield from string_problems(f"{where}/chart/{parts}/{number}", label, 20)


def _anything(where: str, block: Json, surface: str) -> Problems:
    """A divider has nothing to get wrong; a file or video is not looked into."""
    return iter(())


_CHECKS: dict[str, Callable[[str, Json, str], Problems]] = {
    "section": _section,
    "header": _header,
    "actions": _actions,
    "context": _context,
    "context_actions": _context_actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
    "data_visualization": _chart,
    "divider": _anything,
    "file": _anything,
    "video": _anything,
}
# The fields each block knows; those not named here are not looked into.
_FIELDS = {
    "section": "text fields accessory expand",
    "header": "text level",
    "actions": "elements",
    "context": "elements",
    "input": "label element hint optional dispatch_action",
    "image": "alt_text image_url slack_file title",
    "divider": "",
    "markdown": "text",
}
_SURFACES = {
    "markdown": ("message",),
    "table": ("message",),
    "context_actions": ("message",),
    "file": ("message",),
    "data_visualization": ("message",),
}
