"""Let a question and its takeaway reach everybody in a channel, and take them back."""

from dataclasses import dataclass
from itertools import count

from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import Priority, State
from bot.domain.ids import ChannelId, Key, Ts, UserId
from bot.domain.published import MAX_TAKEAWAY, Published, post_key, read_post_key
from bot.domain.questions import Question
from bot.domain.refusals import refuse_if_any
from bot.domain.text import MAX_QUESTION, normalise
from bot.services import published_cards
from bot.services.members import require_member
from bot.services.own import own_question, solved_question
from bot.services.topic_channel import channel_for
from storage.work import Work

NEVER_ARRIVED = frozenset({State.NEVER, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form begins with."""

    question: int
    text: str
    is_nameless: bool
    channel: ChannelId | None


@dataclass(frozen=True, slots=True)
class Share:
    """What the asker filled in."""

    text: str
    takeaway: str
    channel: ChannelId
    is_nameless: bool


def about(work: Work, *, asker: UserId, question: int) -> Draft | Card:
    """What to begin with, or what has become of it since it was published."""
    require_member(work, asker)
    own_question(work, question, asker)
    happened = _what_happened(work, question)
    if happened:  # also where the question was opened again since
        return happened
    found = solved_question(work, question, asker)
    return Draft(question, found.text, found.is_anonymous, channel_for(work, found.topics))


def publish(work: Work, *, asker: UserId, question: int, share: Share) -> Card:
    """Post it under the asker's name, or under nobody's; once for each question."""
    require_member(work, asker)
    found = solved_question(work, question, asker)
    happened = _what_happened(work, question)
    if happened:
        return happened
    shared = _checked(work, found, share)
    work.published.add(shared)
    work.deliveries.say(
        InChannel(shared.channel),
        published_cards.post(shared),
        key=_newest_key(work, question),
        priority=Priority.REPLY,
        keep=True,
    )
    return published_cards.on_its_way(shared)


def take_back(work: Work, *, asker: UserId, question: int) -> Card:
    """Drop the words; the message says that they were taken back."""
    own_question(work, question, asker)
    shared = work.published.get(question)
    if shared is None:
        return published_cards.no_longer_kept()
    key = _newest_key(work, question)
    is_changed = work.deliveries.cancel(key, "taken back") or work.deliveries.edit(
        key, published_cards.withdrawn_post()
    )
    work.published.withdraw(question)
    return published_cards.taken_back(shared, is_changed=is_changed)


def settled(work: Work, key: Key, state: State) -> None:
    """What could not be posted was not published; its asker hears why, and may try again."""
    shared = work.published.get(read_post_key(key))
    question = work.questions.get(read_post_key(key))
    if state is not State.NEVER or shared is None or question is None:
        return
    work.published.withdraw(shared.question_id)
    card = published_cards.could_not_post(shared, work.deliveries.reason_of(key) or "nothing")
    work.deliveries.say(Direct((question.asker,)), card, key=Key(f"sorry/{key}"))


def is_wanted(work: Work, key: Key) -> bool:
    """Unless it was taken back before it was sent."""
    return work.published.get(read_post_key(key)) is not None


def whereabouts(work: Work, question: int) -> tuple[ChannelId, Ts] | None:
    """Where it stands, once it was posted."""
    return work.deliveries.whereabouts(_newest_key(work, question))


def _what_happened(work: Work, question: int) -> Card | None:
    shared = work.published.get(question)
    if shared:
        return published_cards.already(shared)
    is_over = work.deliveries.has(_newest_key(work, question))
    return published_cards.no_longer_kept() if is_over else None


def _newest_key(work: Work, question: int) -> Key:
    """Of the attempt that counts: those that never arrived do not."""
    keys = (post_key(question, attempt) for attempt in count(1))
    return next(key for key in keys if work.deliveries.state_of(key) not in NEVER_ARRIVED)


def _checked(work: Work, question: Question, share: Share) -> Published:
    text, takeaway = normalise(share.text), normalise(share.takeaway)
    channel = work.channels.get(share.channel)
    is_open = channel is not None and not channel.is_private
    refuse_if_any(
        question=_problem(text, "the question", MAX_QUESTION),
        takeaway=_problem(takeaway, "what you take away", MAX_TAKEAWAY),
        channel=None if is_open else "Please choose a public channel that I am in.",
    )
    author = None if share.is_nameless else question.asker
    return Published(question.id, share.channel, author, text, takeaway, question.topics)


def _problem(text: str, what: str, most: int) -> str | None:
    if not text:
        return f"Please write {what}."
    return f"At most {most:,} characters, please." if len(text) > most else None
