"""Block Kit's limits, block by block, written from Slack's documentation."""

import copy
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.elements import (
    INPUT_ELEMENTS,
    INTERACTIVE,
    Problems,
    count_problems,
    element_problems,
    string_problems,
    text_problems,
)
from sandbox.errors import Json, SlackError

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
CONTAINERS = ("elements", "accessory", "element")


def check_message_blocks(blocks: Any) -> None:
    refuse(block_problems(blocks, "message"), "invalid_blocks")


def refuse(problems: Iterator[str], code: str) -> None:
    messages = [f"[ERROR] {problem}" for problem in problems]
    if messages:
        raise SlackError(code, response_metadata={"messages": messages})


def with_block_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and element has the id that Slack gives to those without."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return blocks


def elements_of(block: Json) -> list[Json]:
    found: list[Any] = []
    for name in CONTAINERS:
        held = block.get(name)
        found += held if isinstance(held, list) else [held] if held else []
    return [element for element in found if isinstance(element, dict)]


def block_problems(blocks: Any, surface: str) -> Problems:
    """Every reason why Slack would refuse these blocks on this surface."""
    if not isinstance(blocks, list):
        yield "blocks must be a list [json-pointer:/blocks]"
        return
    most = MOST_BLOCKS[surface]
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    for number, block in enumerate(blocks):
        yield from _one_block(f"/blocks/{number}", block, surface)
    known = [block for block in blocks if isinstance(block, dict)]
    yield from _repeated_ids(known)
    yield from _per_message(known)


def _one_block(where: str, block: Any, surface: str) -> Problems:
    if not isinstance(block, dict):
        yield f"must be a block [json-pointer:{where}]"
        return
    kind = str(block.get("type"))
    if kind not in _CHECKS or surface not in _SURFACES.get(kind, MOST_BLOCKS):
        yield f"unsupported type: {kind} [json-pointer:{where}/type]"
        return
    yield from string_problems(f"{where}/block_id", block.get("block_id"), 255)
    yield from _CHECKS[kind](where, block)


def _repeated_ids(blocks: list[Json]) -> Problems:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield f"block_id {block_id!r} is used twice [json-pointer:/blocks/{number}/block_id]"
        seen.add(str(block_id))
        actions = [each["action_id"] for each in elements_of(block) if each.get("action_id")]
        for action_id in sorted({each for each in actions if actions.count(each) > 1}):
            yield f"action_id {action_id!r} is used twice [json-pointer:/blocks/{number}]"


def _per_message(blocks: list[Json]) -> Problems:
    markdown = sum(len(str(b.get("text", ""))) for b in blocks if b.get("type") == "markdown")
    if markdown > 12_000:
        yield "markdown blocks hold more than 12000 characters in all [json-pointer:/blocks]"
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield "only one table is allowed [json-pointer:/blocks]"
    if sum(block.get("type") == "data_visualization" for block in blocks) > 2:
        yield "only two data_visualization blocks are allowed [json-pointer:/blocks]"


def _section(where: str, block: Json) -> Problems:
    if "text" not in block and "fields" not in block:
        yield f"missing text or fields [json-pointer:{where}]"
    if "text" in block:
        yield from text_problems(f"{where}/text", block["text"], 3000)
    if "fields" in block:
        yield from count_problems(f"{where}/fields", block["fields"], 10)
        for number, field in enumerate(
            block["fields"] if isinstance(block["fields"], list) else []
        ):
            yield from text_problems(f"{where}/fields/{number}", field, 2000)
    if "accessory" in block:
        allowed = INTERACTIVE | {"image"}
        yield from element_problems(f"{where}/accessory", block["accessory"], allowed)


def _header(where: str, block: Json) -> Problems:
    yield from text_problems(f"{where}/text", block.get("text"), 150, "plain_text")


def _elements(where: str, block: Json, most: int, allowed: frozenset[str]) -> Problems:
    elements = block.get("elements")
    yield from count_problems(f"{where}/elements", elements, most)
    for number, element in enumerate(elements if isinstance(elements, list) else []):
        yield from element_problems(f"{where}/elements/{number}", element, allowed)


def _actions(where: str, block: Json) -> Problems:
    yield from _elements(where, block, 25, INTERACTIVE)


def _context(where: str, block: Json) -> Problems:
    elements = block.get("elements")
    yield from count_problems(f"{where}/elements", elements, 10)
    for number, element in enumerate(elements if isinstance(elements, list) else []):
        spot = f"{where}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            yield from element_problems(spot, element, ("image",))
        else:
            yield from text_problems(spot, element, 2000)


def _context_actions(where: str, block: Json) -> Problems:
    yield from _elements(where, block, 5, frozenset({"feedback_buttons", "icon_button"}))


def _input(where: str, block: Json) -> Problems:
    yield from text_problems(f"{where}/label", block.get("label"), 2000, "plain_text")
    if "hint" in block:
        yield from text_problems(f"{where}/hint", block["hint"], 2000, "plain_text")
    yield from element_problems(f"{where}/element", block.get("element"), INPUT_ELEMENTS)


def _image(where: str, block: Json) -> Problems:
    yield from element_problems(where, {**block, "type": "image"}, ("image",))
    if "title" in block:
        yield from text_problems(f"{where}/title", block["title"], 2000, "plain_text")


def _markdown(where: str, block: Json) -> Problems:
    if not isinstance(block.get("text"), str) or not block["text"]:
        yield f"missing text [json-pointer:{where}/text]"


def _rich_text(where: str, block: Json) -> Problems:
    if not isinstance(block.get("elements"), list):
        yield f"missing elements [json-pointer:{where}/elements]"


def _table(where: str, block: Json) -> Problems:
    rows = block.get("rows")
    yield from count_problems(f"{where}/rows", rows, 100)
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        yield from count_problems(f"{where}/rows/{number}", row, 20)


def _chart(where: str, block: Json) -> Problems:
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


def _anything(where: str, block: Json) -> Problems:
    """A divider has nothing to get wrong; a file or video is not looked into."""
    return iter(())


_CHECKS: dict[str, Callable[[str, Json], Problems]] = {
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
_SURFACES = {
    "markdown": ("message",),
    "table": ("message",),
    "context_actions": ("message",),
    "file": ("message",),
    "data_visualization": ("message",),
}
