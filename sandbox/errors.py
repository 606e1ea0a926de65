"""The two ways to be refused: as Slack refuses a bot, or as the control API refuses a caller."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal in Slack's own words: `{"ok": false, "error": code}` and whatever belongs to it."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def answer(self) -> Json:
        return {"ok": False, "error": self.code, **self.details}


class ControlError(Exception):
    """A sentence for whoever drives the local Slack and asked for something impossible."""
