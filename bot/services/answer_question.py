"""What a colleague says to a question that was put to them, or to everybody in a channel."""

from bot.domain.cards import Card, Direct
from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState, TurnState, card_key
from bot.domain.refusals import Refused, refuse_if_any
from bot.services import channel_cards, peer_cards, remember, status_cards
from bot.services.members import require_member
from bot.services.question_course import begin_helping, open_conversation, pass_on
from storage.work import Work

NO_MEETING = "Only words are passed on here: whoever asked does not give their name."


def accept(work: Work, *, peer: UserId, question: int) -> Card:
    """A colleague can help: the two get a thread of their own."""
    found, turn = put_to(work, question, peer)
    if not is_asked(found, peer, turn):
        return peer_cards.stale_for_peer(found, turn)
    _refuse_to_show_who_asks(found)
    _let_meet(work, found, peer)
    work.deliveries.edit(card_key(question, peer), peer_cards.accepted_by_you(found))
    return peer_cards.thank_you(found)


def join(work: Work, *, peer: UserId, question: int) -> Card:
    """Somebody in the channel can help: the first one to say so."""
    found = in_channel(work, question, peer)
    if found.state is not QuestionState.IN_CHANNEL:
        return peer_cards.stale_for_peer(found, TurnState.ASKED)
    _refuse_to_show_who_asks(found)
    _let_meet(work, found, peer)
    work.deliveries.say(
        Direct((peer,)), peer_cards.accepted_by_you(found), key=card_key(question, peer)
    )
    taken = channel_cards.question(found, is_taken=True)
    work.deliveries.edit(card_key(question, "channel"), taken)
    return peer_cards.thank_you(found)


def decline(work: Work, *, peer: UserId, question: int) -> Card:
    """Not now: the question goes on, without blame."""
    found, turn = put_to(work, question, peer)
    if not is_asked(found, peer, turn):
        return peer_cards.stale_for_peer(found, turn)
    work.presence.seen(peer)
    pass_on(work, found, peer, TurnState.DECLINED)
    return peer_cards.declined()


def not_mine(work: Work, *, peer: UserId, question: int) -> Card:
    """Never again about this; the question goes on."""
    found, turn = put_to(work, question, peer)
    if not is_asked(found, peer, turn):
        return peer_cards.stale_for_peer(found, turn)
    work.boundaries.refuse(peer, found.topics)
    remember.not_me(work, found, peer)
    pass_on(work, found, peer, TurnState.NOT_MINE)
    return peer_cards.not_mine(found)


def may_refer(work: Work, *, peer: UserId, question: int) -> Card | None:
    """What to say instead of a form, where it is not theirs to hand on any more."""
    found, turn = put_to(work, question, peer)
    is_theirs = is_asked(found, peer, turn) or is_helping(found, peer)
    return None if is_theirs else peer_cards.stale_for_peer(found, turn)


def refer(work: Work, *, peer: UserId, question: int, named: UserId) -> Card:
    """Somebody else knows better: ask them, unless something spares them, which nobody is told."""
    found, turn = put_to(work, question, peer)
    if not is_asked(found, peer, turn) and not is_helping(found, peer):
        return peer_cards.stale_for_peer(found, turn)
    refuse_if_any(named=_cannot_be_named(work, found, peer, named))
    pass_on(work, found, peer, TurnState.REFERRED, named=named)
    return peer_cards.referred()


def put_to(work: Work, question: int, peer: UserId) -> tuple[Question, TurnState]:
    """A question that was put to them, and what became of their turn. Raises Refused."""
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is not kept any more. Thank you for looking at it.")
    if not is_known_to(work, question, peer):
        raise Refused("This question was not put to you.")
    return found, work.questions.turn_of(question, peer) or TurnState.ASKED


def is_known_to(work: Work, question: int, peer: UserId) -> bool:
    """Whether it was ever put to them: whoever was only shown to its asker never hears of that."""
    turn = work.questions.turn_of(question, peer)
    return turn not in {None, TurnState.PROPOSED, TurnState.PASSED_OVER}


def in_channel(work: Work, question: int, peer: UserId) -> Question:
    """A question that was put to everybody in a channel. Raises Refused."""
    require_member(work, peer)
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is not kept any more. Thank you for looking at it.")
    if found.channel is None:
        raise Refused("This question was not put to you.")
    if found.asker == peer:
        raise Refused("This is your own question. Others can answer it here.")
    return found


def is_asked(question: Question, peer: UserId, turn: TurnState) -> bool:
    """Whether it is their turn to answer."""
    is_turn = question.peer == peer and turn is TurnState.ASKED
    return is_turn and question.state is QuestionState.ASKING


def is_helping(question: Question, peer: UserId) -> bool:
    return question.state is QuestionState.HELPING and question.peer == peer


def _let_meet(work: Work, question: Question, peer: UserId) -> None:
    begin_helping(work, question, peer)
    status = status_cards.being_helped(question, peer)
    work.deliveries.edit(card_key(question.id, "asker"), status)
    open_conversation(work, question, peer)


def _refuse_to_show_who_asks(question: Question) -> None:
    if question.is_anonymous:
        raise Refused(NO_MEETING)


def _cannot_be_named(work: Work, question: Question, peer: UserId, named: UserId) -> str | None:
    """What anybody can see from outside; the rest nobody is told."""
    person = work.people.get(named)
    if person is None or not person.takes_part:
        return "Please choose a member of this workspace: no apps, guests or outsiders."
    if named == peer:
        return "That is you. Please choose somebody else."
    if named == question.asker and not question.is_anonymous:
        return "It is their own question. Please choose somebody else."
    return None
