"""The course of a question: to a colleague, on to the next, into a channel, to its honest end."""

from datetime import datetime, timedelta

from bot.domain.cards import Direct, InChannel
from bot.domain.deliveries import Priority
from bot.domain.exchanges import Activity, Exchange
from bot.domain.expertise import Expert
from bot.domain.ids import ChannelId, Key, UserId
from bot.domain.questions import (
    CHANNEL_WINDOW,
    DELIVERY_KEPT_FOR,
    LOOK_BACK_AFTER,
    QUIET_FOR,
    Question,
    QuestionState,
    TurnState,
    card_key,
)
from bot.services import channel_cards, peer_cards, remember, status_cards, together_cards
from bot.services.routing import may_be_named, next_expert
from bot.services.topic_channel import channel_for
from storage.work import Work


def thread_key(question: int, peer: UserId) -> Key:
    """The conversation of the asker and whoever said yes."""
    return card_key(question, f"thread-{peer}")


def nudge_key(question: int, at: datetime) -> Key:
    """Of the message, at that instant, that asks how it goes: each time it is another one."""
    return card_key(question, f"nudge-{int(at.timestamp())}")


def put_to(work: Work, question: Question, peer: UserId, expert: Expert | None) -> None:
    """Ask `peer`; without an expert's reason, a colleague thought of them."""
    work.questions.set_turn(question.id, peer, TurnState.ASKED)
    work.questions.move(question.id, QuestionState.ASKING, peer=peer)
    work.deliveries.say(
        Direct((peer,)),
        peer_cards.for_peer(question, expert.reason if expert else None),
        key=card_key(question.id, peer),
        kept_for=DELIVERY_KEPT_FOR,
    )


def begin_helping(work: Work, question: Question, peer: UserId, said: str = "") -> None:
    """Somebody can help, or has `said` how; how it goes is asked after a working day of theirs."""
    remember.helped(work, question, peer, said)
    work.presence.seen(peer)
    work.questions.set_turn(question.id, peer, TurnState.ACCEPTED)
    due_at = worked_by(work, peer, QUIET_FOR)
    work.questions.move(question.id, QuestionState.HELPING, peer=peer, due_at=due_at)


def open_conversation(work: Work, question: Question, peer: UserId) -> None:
    """The two get a thread of their own."""
    work.deliveries.say(
        Direct((question.asker, peer)),
        together_cards.conversation(question, peer),
        key=thread_key(question.id, peer),
        priority=Priority.REPLY,
    )


def pass_on(
    work: Work,
    question: Question,
    peer: UserId,
    outcome: TurnState,
    *,
    named: UserId | None = None,
) -> None:
    """End `peer`'s turn, and go on to whom they named, the next colleague, or the channel.

    For somebody who has left the workspace nobody else is asked.
    """
    work.questions.set_turn(question.id, peer, outcome)
    work.deliveries.edit(card_key(question.id, peer), peer_cards.turn_over(question, outcome))
    work.deliveries.edit(thread_key(question.id, peer), together_cards.over(question))
    if work.people.deactivated([question.asker]):
        close(work, question, QuestionState.WITHDRAWN, None)
        return
    _go_on(work, question, named)


def put_in_channel(work: Work, question: Question, channel: ChannelId) -> None:
    """Put it to everybody there; a question that stood there before is open again."""
    key = card_key(question.id, "channel")
    card = channel_cards.question(question)
    stood_there = work.deliveries.edit(key, card)
    until = channel_window(work, question)
    work.questions.put_in(question.id, channel)
    work.questions.move(question.id, QuestionState.IN_CHANNEL, peer=None, due_at=until)
    work.deliveries.say(InChannel(channel), card, key=key, kept_for=DELIVERY_KEPT_FOR)
    show_in_channel(work, question, channel, until=until if stood_there else None)


def end_unanswered(work: Work, question: Question) -> None:
    """Nobody could: the asker is told so plainly."""
    settle_nudge(work, question)
    work.questions.move(question.id, QuestionState.UNANSWERED, peer=None)
    closed = channel_cards.closed(question, is_solved=False)
    work.deliveries.edit(card_key(question.id, "channel"), closed)
    unanswered = status_cards.closed_unanswered(question)
    work.deliveries.edit(card_key(question.id, "asker"), unanswered)
    work.deliveries.say(
        Direct((question.asker,)),
        status_cards.nobody_could(question, work.questions.turns(question.id)),
        key=card_key(question.id, "end"),
        priority=Priority.REPLY,
        kept_for=timedelta(days=7),
    )


def take_back(work: Work, question: Question) -> None:
    """Everybody who has it sees that it needs no answer any more."""
    if question.peer:
        work.deliveries.edit(card_key(question.id, question.peer), peer_cards.withdrawn(question))
        taken_back = together_cards.taken_back(question)
        work.deliveries.edit(thread_key(question.id, question.peer), taken_back)
    close(work, question, QuestionState.WITHDRAWN, question.peer)
    work.deliveries.edit(card_key(question.id, "asker"), status_cards.withdrawn(question))


def close(work: Work, question: Question, state: QuestionState, peer: UserId | None) -> None:
    """No button stays that has nothing left to do."""
    settle_nudge(work, question)
    is_solved = state is QuestionState.SOLVED
    due_at = work.now + LOOK_BACK_AFTER if is_solved and peer else None
    work.questions.move(question.id, state, peer=peer, due_at=due_at)
    closed = channel_cards.closed(question, is_solved=is_solved)
    work.deliveries.edit(card_key(question.id, "channel"), closed)


def settle_nudge(work: Work, question: Question) -> None:
    """Whoever was asked how it goes has told."""
    if question.nudged_at:
        told = status_cards.thank_you_for_telling(question)
        work.deliveries.edit(nudge_key(question.id, question.nudged_at), told)


def show_asked(
    work: Work, question: Question, peer: UserId, *, until: datetime | None = None
) -> None:
    """Bring the asker's own message up to date: who was asked before, who is asked now."""
    status = status_cards.asked(
        question,
        peer,
        earlier=work.questions.turns(question.id),
        until=until,
        then=last_resort(work, question),
    )
    work.deliveries.edit(card_key(question.id, "asker"), status)


def show_in_channel(
    work: Work, question: Question, channel: ChannelId, *, until: datetime | None = None
) -> None:
    earlier = work.questions.turns(question.id)
    status = status_cards.in_channel(question, channel, earlier=earlier, until=until)
    work.deliveries.edit(card_key(question.id, "asker"), status)


def last_resort(work: Work, question: Question) -> ChannelId | None:
    """The channel in which it is asked when no colleague can help, if its asker agreed."""
    return channel_for(work, question.topics) if question.manner.may_ask_channel else None


def worked_by(work: Work, user: UserId, span: timedelta) -> datetime:
    """When `span` of somebody's working time has passed from now on."""
    return work.people.hours_of(user).after(work.now, span)


def channel_window(work: Work, question: Question) -> datetime:
    return worked_by(work, question.asker, CHANNEL_WINDOW)


def log_help(work: Work, question: Question, helper: UserId) -> None:
    """Put it on the ledger: who learned from whom, about what; a reference, never the text."""
    where = work.deliveries.whereabouts(thread_key(question.id, helper))
    where = where or work.deliveries.whereabouts(card_key(question.id, "channel"))
    channel, ts = where or (None, None)
    work.exchanges.log(
        Exchange(
            source=source_of(question.id),
            activity=Activity.ASK,
            learner=question.asker,
            peer=helper,
            channel=channel,
            ts=ts,
            topics=tuple(sorted(question.topics)),
        )
    )


def source_of(question: int) -> str:
    """What the ledger calls it."""
    return f"question/{question}"


def _go_on(work: Work, question: Question, named: UserId | None) -> None:
    if question.channel:
        put_in_channel(work, question, question.channel)
        return
    if named and may_be_named(work, question, named):
        put_to(work, question, named, None)
        show_asked(work, question, named)
    elif expert := next_expert(work, question):
        put_to(work, question, expert.user, expert)
        show_asked(work, question, expert.user)
    elif channel := last_resort(work, question):
        put_in_channel(work, question, channel)
    else:
        end_unanswered(work, question)
