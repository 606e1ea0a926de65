"""What the app's manifest says: the names of the commands, and what Slack lets us do."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

COMMANDS = ("ask_peer", "learning", "mentor", "reflect")
"""The commands by role, in the order of the manifest; their names are the operator's to change."""

REQUESTS = "/slack/events"
"""Where Peerloop listens for all that Slack sends."""

ADDRESS = re.compile(r"https://[\w.-]+(:\d+)?/?")


class ManifestError(Exception):
    """The manifest cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    commands: dict[str, str]
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    events: tuple[str, ...]


def load(path: Path | None = None) -> Manifest:
    """Read the manifest: the one given, the one in this folder, or the one that came along."""
    found = path or _nearest()
    try:
        return _read(yaml.safe_load(found.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ManifestError(
            f"{found.name} cannot be read as a Slack app manifest ({error}). "
            "Compare it with the one that Peerloop came with."
        ) from error


def over_http(address: str) -> str:
    """The same manifest for an app that Slack reaches at `address`. Raises ManifestError."""
    if not ADDRESS.fullmatch(address):
        raise ManifestError(
            "The address must look like https://peerloop.example.com: Slack sends its requests to "
            "https only, and the path is Peerloop's."
        )
    load()  # or it is no manifest of ours
    manifest = yaml.safe_load(_nearest().read_text(encoding="utf-8"))
    url = address.rstrip("/") + REQUESTS
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    for part in ("event_subscriptions", "interactivity"):
        settings[part] = {"request_url": url, **settings[part]}
    written: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=1000)
    return written


def _nearest() -> Path:
    package = Path(__file__).parent
    places = (Path("manifest.yml"), package / "manifest.yml", package.parent / "manifest.yml")
    return next((place for place in places if place.is_file()), places[-1])


def _read(manifest: dict[str, Any]) -> Manifest:
    names = [command["command"] for command in manifest["features"]["slash_commands"]]
    if len(names) != len(COMMANDS) or len(set(names)) != len(names):
        raise ManifestError(
            f"The manifest must list {len(COMMANDS)} different slash commands in this order: "
            f"{', '.join(COMMANDS)}. It lists: {', '.join(names) or 'none'}."
        )
    scopes = manifest["oauth_config"]["scopes"]
    return Manifest(
        commands=dict(zip(COMMANDS, names, strict=True)),
        scopes=tuple(scopes["bot"]),
        optional_scopes=tuple(scopes.get("bot_optional", ())),
        events=tuple(manifest["settings"]["event_subscriptions"]["bot_events"]),
    )
