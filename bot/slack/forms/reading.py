"""What somebody filled in, field by field; a form that is not one of ours is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import Refused

View = Mapping[str, Any]


class NotOurs(Refused):
    """The view came from an older version, or somebody made it up."""

    def __init__(self) -> None:
        super().__init__(
            "This form belongs to another version of Peerloop. Please open it again; nothing has "
            "been changed."
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """The values of a submitted view."""

    view: View

    @property
    def metadata(self) -> str:
        return str(self.view.get("private_metadata") or "")

    def words(self, name: str) -> str:
        return str(self._field(name).get("value") or "")

    def choice(self, name: str) -> str:
        """The value chosen; empty if none was."""
        chosen = self._field(name).get("selected_option") or {}
        return str(chosen.get("value") or "")

    def ticked(self, name: str) -> set[str]:
        return {str(each["value"]) for each in self._field(name).get("selected_options") or []}

    def people(self, name: str) -> list[UserId]:
        return [UserId(str(user)) for user in self._field(name).get("selected_users") or []]

    def person(self, name: str) -> UserId | None:
        chosen = self._field(name).get("selected_user")
        return UserId(str(chosen)) if chosen else None

    def channel(self, name: str) -> ChannelId:
        chosen = self.channel_if_any(name)
        if not chosen:
            raise NotOurs
        return chosen

    def channel_if_any(self, name: str) -> ChannelId | None:
        chosen = self._field(name).get("selected_conversation")
        return ChannelId(str(chosen)) if chosen else None

    def clock(self, name: str) -> time:
        try:
            shown = time.fromisoformat(str(self._field(name).get("selected_time")))
        except ValueError:
            raise NotOurs from None
        if shown.tzinfo:
            raise NotOurs
        return shown

    def day(self, name: str) -> date | None:
        given = self._field(name).get("selected_date")
        try:
            return date.fromisoformat(str(given)) if given else None
        except ValueError:
            raise NotOurs from None

    def _field(self, name: str) -> Mapping[str, Any]:
        try:
            found = self.view["state"]["values"][name][name]
        except (KeyError, TypeError):
            raise NotOurs from None
        if not isinstance(found, dict):
            raise NotOurs
        return found


def number_in(text: str) -> int:
    """A row's number, as our buttons and forms carry it. Raises NotOurs."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise NotOurs
    return int(text)
