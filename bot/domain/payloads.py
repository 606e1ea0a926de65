"""Cards as plain JSON, and back: the form in which a delivery waits in the database."""

from datetime import datetime
from typing import Any

from bot.domain.actions import Action
from bot.domain.cards import (
    Button,
    ButtonStyle,
    Card,
    ChannelName,
    Command,
    Mention,
    Moment,
    Part,
    Quote,
    Text,
)
from bot.domain.ids import ChannelId, UserId

Json = dict[str, Any]


def to_json(card: Card) -> Json:
    return {
        "title": card.title,
        "body": [_part_to_json(part) for part in card.body],
        "buttons": [[b.label, b.action, b.value, b.style, b.confirm] for b in card.buttons],
        "footnote": [_part_to_json(part) for part in card.footnote],
    }


def from_json(payload: Json) -> Card:
    return Card(
        title=payload["title"],
        body=tuple(_part_from_json(part) for part in payload["body"]),
        buttons=tuple(_button(*button) for button in payload["buttons"]),
        footnote=tuple(_part_from_json(part) for part in payload["footnote"]),
    )


def _button(label: str, action: str, value: str, style: ButtonStyle, confirm: str = "") -> Button:
    return Button(label, Action(action), value, style, confirm)


def _part_to_json(part: Part) -> list[str]:
    match part:
        case Text(text):
            return ["text", text]
        case Mention(user):
            return ["mention", user]
        case ChannelName(channel):
            return ["channel", channel]
        case Moment(at, with_time):
            return ["moment" if with_time else "day", at.isoformat()]
        case Command(role, rest):
            return ["command", role, rest]
        case Quote(text):
            return ["quote", text]


def _part_from_json(part: list[str]) -> Part:
    match part:
        case ["text", text]:
            return Text(text)
        case ["mention", user]:
            return Mention(UserId(user))
        case ["channel", channel]:
            return ChannelName(ChannelId(channel))
        case ["moment", at]:
            return Moment(datetime.fromisoformat(at))
        case ["day", at]:
            return Moment(datetime.fromisoformat(at), with_time=False)
        case ["command", ("ask_peer" | "learning" | "mentor" | "reflect") as role, rest]:
            return Command(role, rest)
        case ["quote", text]:
            return Quote(text)
    raise ValueError(f"A card cannot hold a part of the kind {part[:1]}.")
