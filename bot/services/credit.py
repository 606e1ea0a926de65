"""For whom a message of ours was posted: whose words they are, if that was shown."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.activities.base import Contribution
from bot.domain.cards import Mention
from bot.domain.ids import ChannelId, Key, Ts, UserId
from bot.domain.published import read_post_key
from bot.domain.questions import read_card_key
from bot.domain.refusals import Refused
from bot.services.occasions import open_occasion
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Post:
    """Words of somebody's that we posted; without a name there is no author to be told."""

    author: UserId | None


def post_at(work: Work, channel: ChannelId, ts: Ts) -> Post | None:
    """The post that stands there; None where it is no post, but our own words."""
    key = work.deliveries.key_at(channel, ts)
    owner = AUTHORS.get(key.partition("/")[0]) if key else None
    return owner(work, key) if key and owner else None


def _of_answer(work: Work, key: Key) -> Post | None:
    """Of an answer to an occasion, as `activity/7/answer/12`."""
    match key.split("/"):
        case [_, occasion, "answer", contribution]:
            return Post(_named_author(work, int(occasion), int(contribution)))
    return None


def _named_author(work: Work, occasion: int, contribution: int) -> UserId | None:
    """Nobody whose name was promised to be hidden, and nobody once that promise is forgotten."""
    author = work.contributions.author_of(contribution)
    if author is None:
        return None
    try:
        kind, found = open_occasion(work, occasion)
    except Refused:
        return None
    shown = kind.take(found, Contribution(author, ""))
    return author if Mention(author) in shown.card.body else None


def _of_channel_answer(_work: Work, key: Key) -> Post | None:
    """Of an answer to a question that stands in a channel, as `question/7/answer-2-U_BO`."""
    match read_card_key(key)[1].split("-", 2):
        case ["answer", _, peer]:
            return Post(UserId(peer))
    return None


def _of_takeaway(work: Work, key: Key) -> Post | None:
    """Of a published takeaway; None once it was taken back."""
    shared = work.published.get(read_post_key(key))
    return Post(shared.author) if shared else None


AUTHORS: dict[str, Callable[[Work, Key], Post | None]] = {
    "activity": _of_answer,
    "published": _of_takeaway,
    "question": _of_channel_answer,
}
"""By the first part of the key: a feature that posts for people says here for whom."""
