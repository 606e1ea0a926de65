"""What a colleague says to a question, how it ends, and what became of its messages."""

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority, State
from bot.domain.ids import Key, UserId
from bot.domain.questions import (
    LOOK_BACK_AFTER,
    WINDOW,
    Question,
    QuestionState,
    TurnState,
    card_key,
    read_card_key,
)
from bot.domain.refusals import Refused
from bot.domain.working_time import after_working, zone_named
from bot.services import asker_cards, peer_cards
from bot.services.ask_peer import log_help, pass_on, show_asked
from storage.work import Work


def accept(work: Work, *, peer: UserId, question: int) -> Card:
    """A colleague can help: the two get a thread of their own."""
    found, turn = _put_to(work, question, peer)
    if not _is_open_for(found, peer, turn):
        return peer_cards.stale_for_peer(found, turn)
    work.questions.set_turn(question, peer, TurnState.ACCEPTED)
    work.questions.move(question, QuestionState.HELPING, peer=peer)
    work.deliveries.edit(card_key(question, peer), peer_cards.accepted_by_you(found))
    work.deliveries.edit(card_key(question, "asker"), asker_cards.being_helped(found, peer))
    work.deliveries.say(
        Direct((found.asker, peer)),
        peer_cards.conversation(found, peer),
        key=card_key(question, "thread"),
        priority=Priority.REPLY,
    )
    return peer_cards.thank_you(found)


def decline(work: Work, *, peer: UserId, question: int) -> Card:
    """Not now: the question goes on, without blame."""
    found, turn = _put_to(work, question, peer)
    if not _is_open_for(found, peer, turn):
        return peer_cards.stale_for_peer(found, turn)
    pass_on(work, found, peer, TurnState.DECLINED)
    return peer_cards.declined()


def solve(work: Work, *, asker: UserId, question: int) -> Card:
    """The asker has learned what they needed: thank the helper and log the exchange."""
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is not kept any more, so there is nothing left to close.")
    if found.asker != asker:
        raise Refused("Only the person who asked can say that it is solved.")
    if found.state is not QuestionState.HELPING or not found.peer:
        return asker_cards.stale(found)
    due_at = work.now + LOOK_BACK_AFTER
    work.questions.move(question, QuestionState.SOLVED, peer=found.peer, due_at=due_at)
    log_help(work, found, found.peer)
    _show_solved(work, found, found.peer)
    return asker_cards.closed(found)


def settled(work: Work, key: Key, state: State) -> None:
    """Take note of what became of a question's message.

    A colleague's time to answer begins when the question reached them; one who cannot be
    reached is passed over.
    """
    question, name = read_card_key(key)
    found = work.questions.get(question)
    if found is None:
        return
    if name == "thread" and state is not State.SENT and found.peer:
        _let_them_meet(work, found, found.peer)
    elif found.state is QuestionState.ASKING and found.peer == name:
        _arrived_or_not(work, found, found.peer, state)


def is_wanted(work: Work, key: Key) -> bool:
    """Whether a question's message should still be said: to a peer only while it is their turn,
    and while they are free to be asked."""
    question, name = read_card_key(key)
    found = work.questions.get(question)
    if found is None or work.questions.turn_of(question, UserId(name)) is None:
        return found is not None
    is_turn = found.state is QuestionState.ASKING and found.peer == name
    return is_turn and work.people.can_be_asked(UserId(name))


def _let_them_meet(work: Work, question: Question, helper: UserId) -> None:
    """Without a conversation of mine they can still talk, and still close the question."""
    to_helper = peer_cards.no_conversation(question)
    work.deliveries.edit(card_key(question.id, helper), to_helper)
    to_asker = asker_cards.no_conversation(question, helper)
    work.deliveries.edit(card_key(question.id, "asker"), to_asker)


def _arrived_or_not(work: Work, question: Question, peer: UserId, state: State) -> None:
    if state in {State.NEVER, State.CANCELLED}:
        pass_on(work, question, peer, TurnState.UNREACHABLE)
        return
    person = work.people.get(peer)
    zone = zone_named(person.zone if person else "UTC")
    until = after_working(work.now, WINDOW, zone)
    work.questions.move(question.id, QuestionState.ASKING, peer=peer, due_at=until)
    show_asked(work, question, peer, until=until)


def _put_to(work: Work, question: int, peer: UserId) -> tuple[Question, TurnState]:
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is not kept any more. Thank you for looking at it.")
    turn = work.questions.turn_of(question, peer)
    if turn in {None, TurnState.PROPOSED, TurnState.PASSED_OVER}:
        raise Refused("This question was not put to you.")
    return found, turn or TurnState.ASKED


def _is_open_for(question: Question, peer: UserId, turn: TurnState) -> bool:
    is_turn = question.peer == peer and turn is TurnState.ASKED
    return is_turn and question.state is QuestionState.ASKING


def _show_solved(work: Work, question: Question, helper: UserId) -> None:
    work.deliveries.edit(card_key(question.id, "thread"), peer_cards.conversation_solved(question))
    work.deliveries.edit(card_key(question.id, helper), peer_cards.you_helped(question))
    work.deliveries.edit(card_key(question.id, "asker"), asker_cards.solved(question, helper))
    work.deliveries.say(
        Direct((question.asker, helper)),
        peer_cards.thanks(question, helper),
        key=card_key(question.id, "thanks"),
        thread=card_key(question.id, "thread"),
        priority=Priority.REPLY,
    )
