"""The app's manifest: which scopes, commands, shortcuts and events this app was created with."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.errors import Json

ROOT = Path(__file__).resolve().parent.parent
USUAL = (ROOT / "manifest.yml", ROOT / "bot" / "manifest.yml")  # in a checkout, and when installed


@dataclass(frozen=True)
class Manifest:
    name: str
    scopes: frozenset[str]
    commands: frozenset[str]
    shortcuts: dict[str, str]  # callback_id -> "global" or "message"
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    interactive: bool


def load_manifest(path: str | Path | None) -> Manifest:
    usual = next((each for each in USUAL if each.exists()), USUAL[0])
    with Path(path or usual).open(encoding="utf-8") as file:
        return read_manifest(yaml.safe_load(file))


def read_manifest(document: Json) -> Manifest:
    features = document.get("features") or {}
    tabs = features.get("app_home") or {}
    settings = document.get("settings") or {}
    scopes = (document.get("oauth_config") or {}).get("scopes") or {}
    subscriptions = settings.get("event_subscriptions") or {}
    return Manifest(
        name=document["display_information"]["name"],
        scopes=frozenset([*(scopes.get("bot") or []), *(scopes.get("bot_optional") or [])]),
        commands=frozenset(each["command"] for each in features.get("slash_commands") or []),
        shortcuts={each["callback_id"]: each["type"] for each in features.get("shortcuts") or []},
        events=frozenset(subscriptions.get("bot_events") or []),
        home_tab=bool(tabs.get("home_tab_enabled")),
        messages_tab=bool(tabs.get("messages_tab_enabled", True)),
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
    )
