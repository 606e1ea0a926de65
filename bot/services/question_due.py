"""What happens to a question by itself, and what became of its messages."""

from dataclasses import replace

from bot.domain.cards import Direct
from bot.domain.deliveries import Priority, State
from bot.domain.ids import Key, UserId
from bot.domain.questions import Question, QuestionState, TurnState, card_key, read_card_key
from bot.services import peer_cards, status_cards
from bot.services.look_back import look_back
from bot.services.question_course import (
    channel_window,
    end_unanswered,
    nudge_key,
    pass_on,
    show_asked,
    show_in_channel,
    take_back,
    worked_by,
)
from storage.work import Work

LOST = frozenset({State.NEVER, State.CANCELLED})


def due(work: Work) -> list[int]:
    """The questions for which it is time that something happens."""
    return work.questions.due()


def move_on(work: Work, question: int) -> None:
    """Do what has fallen due: drop an old draft, go on from a colleague who is silent, ask how it
    goes, close what stood in a channel, or look back on what was solved."""
    found = work.questions.get(question)
    if found is None or found.due_at is None or found.due_at > work.now:
        return
    match found.state:
        case QuestionState.DRAFT:
            work.questions.drop(question)
        case QuestionState.ASKING if found.peer:
            pass_on(work, found, found.peer, TurnState.SILENT)
        case QuestionState.HELPING if found.peer:
            _ask_how_it_goes(work, found, found.peer)
        case QuestionState.IN_CHANNEL if _has_answers_nobody_asked_about(work, found):
            _ask_about_answers(work, found)
        case QuestionState.IN_CHANNEL:
            end_unanswered(work, found)
        case QuestionState.SOLVED:
            look_back(work, found)


def leave(work: Work, peer: UserId) -> None:
    """Somebody left the workspace: what they asked is taken back, what waits for them goes on."""
    for asked in work.questions.open_of(peer):
        take_back(work, asked)
    for question in work.questions.with_peer(peer):
        found = work.questions.get(question)
        if found:
            pass_on(work, found, peer, TurnState.UNREACHABLE)


def settled(work: Work, key: Key, state: State) -> None:
    """Take note of what became of a question's message.

    A colleague's time to answer begins when the question reached them; one who cannot be
    reached is passed over.
    """
    question, name = read_card_key(key)
    found = work.questions.get(question)
    if found is None:
        return
    is_lost = state in LOST
    if name == "channel" and found.state is QuestionState.IN_CHANNEL:
        _stands_in_channel(work, found, is_lost=is_lost)
    elif found.state is QuestionState.HELPING and found.peer:
        _while_helping(work, found, found.peer, name, state)
    elif found.state is QuestionState.ASKING and found.peer == name:
        _arrived_or_not(work, found, found.peer, is_lost=is_lost)


def _while_helping(work: Work, question: Question, helper: UserId, name: str, state: State) -> None:
    """Of whoever helps now; what is told of an earlier one changes nothing any more."""
    if name == f"thread-{helper}" and state is not State.SENT:
        _let_them_meet(work, question, helper)
    elif name.startswith(f"back-{helper}-") and state in LOST:
        pass_on(work, question, helper, TurnState.UNREACHABLE)


def is_wanted(work: Work, key: Key) -> bool:
    """Whether a question's message should still be said: to a peer only while it is their turn,
    and while they are free to be asked; to a channel while it stands there."""
    question, name = read_card_key(key)
    found = work.questions.get(question)
    if found is None:
        return False
    if name == "channel":
        return found.state is QuestionState.IN_CHANNEL
    if work.questions.turn_of(question, UserId(name)) is None:
        return True
    if found.peer != name:
        return False
    is_turn = found.state is QuestionState.ASKING and work.people.can_be_asked(UserId(name))
    return is_turn or found.state is QuestionState.HELPING


def _ask_how_it_goes(work: Work, question: Question, helper: UserId) -> None:
    """A yes that went silent: only the asker is asked, and only once."""
    work.questions.move(question.id, QuestionState.HELPING, peer=helper)
    work.questions.nudged(question.id)
    work.deliveries.say(
        Direct((question.asker,)),
        status_cards.how_does_it_go(question, helper),
        key=nudge_key(question.id, work.now),
        priority=Priority.DIRECT,
    )


def _has_answers_nobody_asked_about(work: Work, question: Question) -> bool:
    turns = work.questions.turns(question.id)
    return not question.nudged_at and any(turn.state is TurnState.ACCEPTED for turn in turns)


def _ask_about_answers(work: Work, question: Question) -> None:
    """Colleagues have answered in the channel: before it is closed its asker is asked, once."""
    until = channel_window(work, question)
    work.questions.move(question.id, QuestionState.IN_CHANNEL, peer=None, due_at=until)
    work.questions.nudged(question.id)
    work.deliveries.say(
        Direct((question.asker,)),
        status_cards.did_an_answer_help(question, until),
        key=nudge_key(question.id, work.now),
    )


def _let_them_meet(work: Work, question: Question, helper: UserId) -> None:
    """Without a conversation of mine they can still talk, and still close the question."""
    to_helper = peer_cards.no_conversation(question)
    work.deliveries.edit(card_key(question.id, helper), to_helper)
    to_asker = status_cards.no_conversation(question, helper)
    work.deliveries.edit(card_key(question.id, "asker"), to_asker)


def _arrived_or_not(work: Work, question: Question, peer: UserId, *, is_lost: bool) -> None:
    if is_lost:
        pass_on(work, question, peer, TurnState.UNREACHABLE)
        return
    until = worked_by(work, peer, question.manner.window)
    work.questions.move(question.id, QuestionState.ASKING, peer=peer, due_at=until)
    show_asked(work, question, peer, until=until)


def _stands_in_channel(work: Work, question: Question, *, is_lost: bool) -> None:
    if is_lost or question.channel is None:
        end_unanswered(work, replace(question, channel=None))
        return
    until = channel_window(work, question)
    work.questions.move(question.id, QuestionState.IN_CHANNEL, peer=None, due_at=until)
    show_in_channel(work, question, question.channel, until=until)
