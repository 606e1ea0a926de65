"""Pass words on between somebody who asks and somebody who answers here."""

from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import Priority
from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState, TurnState, card_key
from bot.domain.refusals import refuse_if_any
from bot.domain.text import MAX_QUESTION, normalise
from bot.services import (
    asker_cards,
    channel_cards,
    peer_cards,
    relay_cards,
    remember,
    status_cards,
)
from bot.services.answer_question import (
    in_channel,
    is_asked,
    is_helping,
    is_known_to,
    put_to,
)
from bot.services.ask_peer import own
from bot.services.question_course import begin_helping, open_conversation
from storage.work import Work


def may_answer(work: Work, *, peer: UserId, question: int) -> Question | Card:
    """The question, if `peer` may answer it here; else what to say to them instead."""
    found, turn = _open_to(work, peer, question)
    is_theirs = is_asked(found, peer, turn) or is_helping(found, peer)
    stands = found.state is QuestionState.IN_CHANNEL
    return found if is_theirs or stands else peer_cards.stale_for_peer(found, turn)


def answer(work: Work, *, peer: UserId, question: int, text: str) -> Card:
    """What a colleague typed, for the asker; in a channel, for everybody who listens there."""
    found = may_answer(work, peer=peer, question=question)
    if isinstance(found, Card):
        return found
    words = _checked(text)
    number = work.questions.count_relay(question)
    if found.state is QuestionState.IN_CHANNEL:
        _answer_in_channel(work, found, peer, words, number)
    else:
        begin_helping(work, found, peer, words)
        work.deliveries.edit(card_key(question, peer), peer_cards.answered_by_you(found))
        status = status_cards.answered(found, peer)
        work.deliveries.edit(card_key(question, "asker"), status)
    _tell_asker(work, found, peer, words, number)
    return peer_cards.passed_on()


def may_ask_back(work: Work, *, asker: UserId, question: int) -> Question | Card:
    """The question, if there is somebody to write to; else what to say instead."""
    found = own(work, question, asker)
    is_open = found.state in {QuestionState.HELPING, QuestionState.IN_CHANNEL}
    return found if is_open else asker_cards.stale(found)


def ask_back(work: Work, *, asker: UserId, question: int, text: str) -> Card:
    """What the asker typed, for whoever answered."""
    found = may_ask_back(work, asker=asker, question=question)
    if isinstance(found, Card):
        return found
    words = _checked(text)
    number = work.questions.count_relay(question)
    if found.peer:
        key = card_key(question, f"back-{found.peer}-{number}")
        to_peer = relay_cards.to_peer(found, words)
        work.deliveries.say(Direct((found.peer,)), to_peer, key=key, priority=Priority.REPLY)
    elif found.channel:
        work.deliveries.say(
            InChannel(found.channel),
            channel_cards.asks_back(found, words),
            key=card_key(question, f"more-{number}"),
            thread=card_key(question, "channel"),
            priority=Priority.REPLY,
        )
    return asker_cards.passed_on()


def talk(work: Work, *, asker: UserId, question: int) -> Card:
    """Rather than through me: a conversation of the two."""
    found = own(work, question, asker)
    if found.state is not QuestionState.HELPING or not found.peer or found.is_anonymous:
        return asker_cards.stale(found)
    open_conversation(work, found, found.peer)
    return asker_cards.conversation_comes(found.peer)


def _open_to(work: Work, peer: UserId, question: int) -> tuple[Question, TurnState]:
    """A question put to them alone, or to everybody in a channel. Raises Refused."""
    found = work.questions.get(question)
    if found and found.channel and not is_known_to(work, question, peer):
        return in_channel(work, question, peer), TurnState.ASKED
    return put_to(work, question, peer)


def _answer_in_channel(
    work: Work, question: Question, peer: UserId, words: str, number: int
) -> None:
    work.questions.set_turn(question.id, peer, TurnState.ACCEPTED)
    remember.helped(work, question, peer, words)
    work.presence.seen(peer, question.channel)
    if question.channel:
        work.deliveries.say(
            InChannel(question.channel),
            channel_cards.answer(question, peer, words),
            key=card_key(question.id, f"answer-{number}-{peer}"),
            thread=card_key(question.id, "channel"),
            priority=Priority.REPLY,
        )


def _tell_asker(work: Work, question: Question, peer: UserId, words: str, number: int) -> None:
    work.deliveries.say(
        Direct((question.asker,)),
        relay_cards.to_asker(question, peer, words),
        key=card_key(question.id, f"relay-{number}"),
        priority=Priority.REPLY,
    )


def _checked(typed: str) -> str:
    words = normalise(typed)
    too_long = f"This has {len(words):,} characters; {MAX_QUESTION:,} is the most I can pass on."
    refuse_if_any(
        words=None if words else "Please write something.",
        **({"words": too_long} if len(words) > MAX_QUESTION else {}),
    )
    return words
