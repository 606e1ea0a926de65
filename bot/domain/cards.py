"""What the bot says, before anybody decides how Slack shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.actions import Action
from bot.domain.ids import ChannelId, UserId


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words. Whatever they contain is shown, never obeyed."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    user: UserId


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A public channel, by the name it has at the time of reading."""

    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown in the reader's own time zone."""

    at: datetime
    with_time: bool = True


Role = Literal["ask_peer", "learning", "mentor", "reflect"]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command to type, by its role: operators may have given it another name."""

    role: Role
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody typed, set apart from our own words."""

    text: str


Part = Text | Mention | ChannelName | Moment | Command | Quote


ButtonStyle = Literal["plain", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action
    value: str
    style: ButtonStyle = "plain"
    confirm: str = ""
    """What to ask before it takes effect, where that cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Card:
    """A title, a body made of typed parts, buttons, and the small print."""

    title: str
    body: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    footnote: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        """Slack refuses a message in which two buttons bear the same name."""
        if len({button.action for button in self.buttons}) < len(self.buttons):
            raise ValueError("The buttons of a card must do different things.")


Page = tuple[Card, ...]
"""Cards one below the other, as App Home and lists have them."""


@dataclass(frozen=True, slots=True)
class InChannel:
    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Direct:
    """The direct message with one person, or the group direct message with several."""

    people: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class Whisper:
    """Shown to one person in a channel, at most once, and gone when they reload."""

    channel: ChannelId
    reader: UserId


Place = InChannel | Direct | Whisper


def body(*parts: Part | str) -> tuple[Part, ...]:
    """Parts in reading order; our own words may be given as plain strings."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)
