"""One Web API call as its method sees it: arguments in Slack's loose forms, scopes, and lookups."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.conversations import SCOPE_NOUN, Conversation
from sandbox.errors import ControlError, Json, SlackError
from sandbox.people import Person

if TYPE_CHECKING:
    from sandbox.slack import Slack
    from sandbox.world import World

JSON_FIELDS = frozenset({"blocks", "attachments", "metadata", "view"})


@dataclass
class Call:
    slack: "Slack"
    method: str
    args: Json
    lag: float = 0.0  # history does not show what is younger than this

    @property
    def world(self) -> "World":
        return self.slack.world

    def text(self, name: str, usual: str = "") -> str:
        value = self.args.get(name)
        return usual if value is None else str(value)

    def needed(self, name: str, code: str = "invalid_arguments") -> str:
        value = self.text(name)
        if value:
            return value
        if code != "invalid_arguments":
            raise SlackError(code)
        messages = [f"[ERROR] missing required field: {name}"]
        raise SlackError(code, response_metadata={"messages": messages})

    def flag(self, name: str, usual: bool = False) -> bool:
        value = self.args.get(name)
        return usual if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, usual: int) -> int:
        try:
            return int(self.text(name) or usual)
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def words(self, name: str) -> list[str]:
        """A list, whether it came as JSON or with commas."""
        value = self.args.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    # --- scopes ---------------------------------------------------------------------------------

    def require(self, *any_of: str) -> None:
        if any_of and not self.slack.scopes & set(any_of):
            raise SlackError(
                "missing_scope",
                needed=",".join(any_of),
                provided=",".join(sorted(self.slack.scopes)),
            )

    def require_for(self, kind: str, right: str) -> None:
        self.require(f"{SCOPE_NOUN[kind]}:{right}")

    # --- lookups --------------------------------------------------------------------------------

    def person(self, user_id: str) -> Person:
        person = self.world.people.get(user_id)
        if person is None:
            raise SlackError("user_not_found")
        return person

    def conversation(self, given: str) -> Conversation:
        """A conversation the bot may know of; to everyone else a private one does not exist."""
        found = self.world.conversations.get(given)
        if found is None and given and not given.startswith("@"):
            try:
                found = self.world.conversation(given)
            except ControlError:
                found = None
        if found is None or not self.world.visible(found, self.world.bot_user):
            raise SlackError("channel_not_found")
        return found

    def joined(self, given: str) -> Conversation:
        conversation = self.conversation(given)
        if self.world.bot_user not in conversation.members:
            raise SlackError("not_in_channel")
        return conversation


def parse_json_fields(args: Json) -> Json:
    return {name: parse_field(name, value) for name, value in args.items()}


def parse_field(name: str, value: Any) -> Any:
    if name not in JSON_FIELDS or not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        if name == "metadata":
            code = "invalid_metadata_format"
        raise SlackError(code) from None
