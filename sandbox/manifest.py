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
    commands: dict[str, Json]  # as the manifest describes them, by name
    shortcuts: dict[str, Json]  # by callback_id; `type` is "global" or "message"
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    interactive: bool

    def shown(self) -> Json:
        """What people see of the app before they use it."""
        return {
            "name": self.name,
            "home_tab": self.home_tab,
            "messages_tab": self.messages_tab,
            "messages_read_only": self.messages_read_only,
            "commands": [
                {
                    "command": name,
                    "description": each.get("description", ""),
                    "usage_hint": each.get("usage_hint", ""),
                }
                for name, each in self.commands.items()
            ],
            "shortcuts": [
                {
                    "callback_id": name,
                    "type": each["type"],
                    "name": each.get("name", name),
                    "description": each.get("description", ""),
                }
                for name, each in self.shortcuts.items()
            ],
        }


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
        commands={each["command"]: each for each in features.get("slash_commands") or []},
        shortcuts={each["callback_id"]: each for each in features.get("shortcuts") or []},
        events=frozenset(subscriptions.get("bot_events") or []),
        home_tab=bool(tabs.get("home_tab_enabled")),
        messages_tab=bool(tabs.get("messages_tab_enabled", True)),
        messages_read_only=bool(tabs.get("messages_tab_read_only_enabled")),
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
    )
