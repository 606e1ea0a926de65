"""What leads read of what was not delivered: what and where, as far as that is theirs to know."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Mention, Moment, Page, Part, body
from bot.domain.deliveries import TOO_LATE, State
from bot.domain.mentoring import thread_key
from bot.domain.people import Channel
from bot.domain.undelivered import Undelivered
from bot.services.activity_cards import GONE

FEATURES = {
    "question": "A question, or what was said about it",
    "published": "A takeaway that somebody shared",
    "look_back": "A look back at a solved question",
    "activity": "A weekly prompt, or an answer to one",
    "pair": "Mentoring",
    "round": "Mentoring: a draft, or word to somebody who was left over",
    "lead": "Word to a learning lead",
}
"""By the first part of their keys; whatever is not here is not told apart."""

TELLS_WHOM = frozenset({"round", "lead"})
"""Features whose readers leads know of in any case."""

TWICE = "If it has arrived after all, it is there twice then."


def page(found: list[Undelivered], channels: list[Channel | None], more: int) -> Page:
    if not found:
        return (Card("", body("Everything arrived, as far as Slack has told me.")),)
    rows = (_row(each, channel) for each, channel in zip(found, channels, strict=True))
    rest = (Card("", body(f"And {more} more, which come when these are settled.")),)
    return (_introduction(), *rows, *(rest if more > 0 else ()))


def line(count: int) -> Card:
    """On the App Home of a lead."""
    things = "One message has" if count == 1 else f"{count} messages have"
    return Card(
        "",
        body(f"{things} not arrived, or may not have. I do not repeat what is in doubt by myself."),
        (Button("Look at it", Action.UNDELIVERED_LIST, "open"),),
    )


def _introduction() -> Card:
    return Card(
        "",
        body(
            "What I could not say, or may have said: ask whoever it was for, if you can. I never"
            " repeat what is in doubt by myself, and its words are shown to nobody else."
        ),
    )


def _row(found: Undelivered, channel: Channel | None) -> Card:
    what = FEATURES.get(found.feature, "A short note to somebody")
    return Card(
        what,
        body(*_where(found, channel), "Since ", Moment(found.since), f". {_why(found)}"),
        _buttons(found) if found.state is State.UNKNOWN else (),
    )


def _where(found: Undelivered, channel: Channel | None) -> tuple[Part | str, ...]:
    if found.feature in {"question", "look_back"}:  # who asked whom is theirs
        return ()
    if found.people:
        is_told = found.feature in TELLS_WHOM or _is_introduction(found)
        return _to(found) if is_told else ("To somebody in private. ",)
    if channel is None:
        return ("In a channel that I am not in any more. ",)
    if channel.is_private:
        return ("In a private channel. ",)
    return ("In ", ChannelName(channel.channel), ". ")


def _to(found: Undelivered) -> tuple[Part | str, ...]:
    named = [part for user in found.people for part in (Mention(user), " and ")][:-1]
    return ("To ", *named, ". ")


def _is_introduction(found: Undelivered) -> bool:
    number = found.key.partition("/")[2].partition("/")[0]
    is_of_pair = found.feature == "pair" and number.isdigit()
    return is_of_pair and found.key == thread_key(int(number))


def _why(found: Undelivered) -> str:
    if found.state is State.UNKNOWN:
        why = "The answer was lost, and I could not look whether it arrived"
        return f"{why} ({found.reason})." if found.has_words else f"{why}. Its words are gone."
    if found.reason == TOO_LATE:
        return "It did not arrive: it could not be sent in time."
    return f"It did not arrive: {GONE.get(found.reason, f'Slack says {found.reason}')}."


def _buttons(found: Undelivered) -> tuple[Button, ...]:
    number = str(found.id)
    arrived = Button("It arrived", Action.UNDELIVERED_ARRIVED, number)
    again = Button("Send again", Action.UNDELIVERED_AGAIN, number, confirm=TWICE)
    return (arrived, again) if found.is_repeatable else (arrived,)
