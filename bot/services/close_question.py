"""How a question ends, by its asker: solved, still open after all, or taken back."""

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority
from bot.domain.ids import UserId
from bot.domain.questions import (
    OPEN,
    Question,
    QuestionState,
    TurnState,
    card_key,
)
from bot.domain.refusals import Refused, refuse_if_any
from bot.services import (
    asker_cards,
    peer_cards,
    remember,
    status_cards,
    together_cards,
)
from bot.services.ask_peer import checked, draft, own, propose
from bot.services.question_course import (
    begin_helping,
    close,
    log_help,
    pass_on,
    put_in_channel,
    settle_nudge,
    source_of,
    take_back,
    thread_key,
)
from storage.work import Work


def who_helped(work: Work, *, asker: UserId, question: int) -> Question | None:
    """A question in a channel, of which only the asker knows who helped; None for any other."""
    found = _to_close(work, question, asker)
    return found if found.state is QuestionState.IN_CHANNEL else None


def solve(work: Work, *, asker: UserId, question: int, helper: UserId | None = None) -> Card:
    """The asker has learned what they needed: thank the helper and log the exchange.

    `helper` counts only where it stands in a channel; without one nobody is thanked.
    """
    found = _to_close(work, question, asker)
    if found.state is QuestionState.HELPING:
        if helper and helper != found.peer:  # somebody else has taken it on since
            return asker_cards.stale(found)
        helper = found.peer
    elif found.state is not QuestionState.IN_CHANNEL:
        return asker_cards.stale(found)
    elif helper:
        refuse_if_any(helper=_cannot_have_helped(work, found, helper))
    close(work, found, QuestionState.SOLVED, helper)
    work.deliveries.edit(card_key(question, "asker"), status_cards.solved(found, helper))
    if helper is None:
        return asker_cards.closed_alone(found)
    log_help(work, found, helper)
    remember.solved(work, found, helper)
    work.presence.seen(found.asker)
    work.deliveries.edit(card_key(question, helper), peer_cards.you_helped(found))
    _thank(work, found, helper)
    return asker_cards.closed(found, helper)


def still_stuck(work: Work, *, asker: UserId, question: int) -> Card:
    """It did not help, or nothing came of it: go on to somebody else, without blame."""
    found = own(work, question, asker)
    if found.state is not QuestionState.HELPING or not found.peer:
        return asker_cards.stale(found)
    settle_nudge(work, found)
    pass_on(work, found, found.peer, TurnState.LET_GO)
    return asker_cards.goes_on(found)


def withdraw(work: Work, *, asker: UserId, question: int) -> Card:
    """The asker does not need it any more: everybody who has it sees that."""
    found = own(work, question, asker)
    if found.state not in OPEN:
        return asker_cards.stale(found)
    take_back(work, found)
    return asker_cards.withdrawn_now()


def reopen(work: Work, *, asker: UserId, question: int) -> Card:
    """Solved after all not: with the same colleague again. Never answered: ask it anew."""
    found = own(work, question, asker)
    if found.state in OPEN or found.state is QuestionState.DRAFT:
        return asker_cards.stale(found)
    if not found.text:
        raise Refused("The words of this question are gone by now. Please ask it again.")
    if found.state is not QuestionState.SOLVED or found.peer is None:
        return propose(work, draft(work, asker, checked(found.text), found.manner, found.origin))
    work.exchanges.withdraw(source_of(question), asker)
    remember.unsolved(work, found, found.peer)
    if work.people.deactivated([found.peer]):
        return propose(work, draft(work, asker, checked(found.text), found.manner, found.origin))
    if found.channel and not work.deliveries.has(thread_key(question, found.peer)):
        put_in_channel(work, found, found.channel)
        return asker_cards.goes_on(found)
    begin_helping(work, found, found.peer)
    _show_reopened(work, found, found.peer)
    return asker_cards.reopened()


def _to_close(work: Work, question: int, asker: UserId) -> Question:
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is not kept any more, so there is nothing left to close.")
    if found.asker != asker:
        raise Refused("Only the person who asked can say that it is solved.")
    return found


def _thank(work: Work, question: Question, helper: UserId) -> None:
    """In the two's own thread, if they have one; else to the helper alone."""
    thread = thread_key(question.id, helper)
    is_shared = work.deliveries.edit(thread, together_cards.solved(question))
    work.deliveries.say(
        Direct((question.asker, helper)) if is_shared else Direct((helper,)),
        together_cards.thanks(question, helper) if is_shared else peer_cards.thanks(question),
        key=card_key(question.id, f"thanks-{helper}"),
        thread=thread if is_shared else None,
        priority=Priority.REPLY,
    )


def _show_reopened(work: Work, question: Question, peer: UserId) -> None:
    conversation = together_cards.conversation(question, peer)
    is_shared = work.deliveries.edit(thread_key(question.id, peer), conversation)
    to_peer = peer_cards.accepted_by_you if is_shared else peer_cards.answered_by_you
    work.deliveries.edit(card_key(question.id, peer), to_peer(question))
    to_asker = status_cards.being_helped if is_shared else status_cards.answered
    work.deliveries.edit(card_key(question.id, "asker"), to_asker(question, peer))


def _cannot_have_helped(work: Work, question: Question, helper: UserId) -> str | None:
    person = work.people.get(helper)
    if person is None or not person.takes_part:
        return "Please choose a member of this workspace: no apps, guests or outsiders."
    if helper == question.asker:
        return "That is you. Leave the field empty if you found the answer yourself."
    return None
