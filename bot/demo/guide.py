"""What the page of the local Slack knows of Peerloop: its emoji, and a guided tour of it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from bot.domain.exchanges import LEARNING_EMOJI

Json = dict[str, Any]


def guide(commands: Mapping[str, str], *, tour: bool = True) -> Json:
    """The emoji that people agreed on and, where the company of the story lives, the six scenes."""
    return {"emoji": sorted(LEARNING_EMOJI), "tour": scenes(commands) if tour else []}


def scenes(commands: Mapping[str, str]) -> list[Json]:
    """The tour, with the commands as the manifest names them."""
    text = files("bot.demo").joinpath("guide.yml").read_text(encoding="utf-8")
    named: list[Json] = _named(yaml.safe_load(text), commands)
    return named


def _named(value: Any, commands: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for purpose, command in commands.items():
            value = value.replace(f"{{{purpose}}}", command)
        return value
    if isinstance(value, list):
        return [_named(each, commands) for each in value]
    if isinstance(value, dict):
        return {name: _named(each, commands) for name, each in value.items()}
    return value
