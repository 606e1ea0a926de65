"""Take a question to the colleague most likely to help, and on to the next."""

from datetime import datetime, timedelta

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority
from bot.domain.exchanges import Activity, Exchange
from bot.domain.expertise import Expert, topics_in
from bot.domain.ids import UserId
from bot.domain.questions import (
    DELIVERY_KEPT_FOR,
    DRAFT_KEPT_FOR,
    Question,
    QuestionState,
    TurnState,
    card_key,
    exchange_source,
)
from bot.domain.refusals import Refused
from bot.domain.text import MAX_QUESTION, normalise
from bot.services import asker_cards, peer_cards
from bot.services.look_back import look_back
from bot.services.members import require_member
from bot.services.routing import expert_now, next_expert
from bot.services.similar import similar
from storage.work import Work


def ask(work: Work, *, asker: UserId, text: str) -> Card:
    """Find the best colleague and show them to the asker; nothing is sent yet."""
    question_text = _checked(text)
    require_member(work, asker)
    question = work.questions.same_as(asker, question_text) or work.questions.add(
        asker=asker,
        text=question_text,
        topics=topics_in(question_text, work.people.vocabulary()),
        due_at=work.now + DRAFT_KEPT_FOR,
    )
    if question.state is not QuestionState.DRAFT:
        return asker_cards.stale(question)
    return _preview_again(work, question) or _propose(work, question)


def somebody_else(work: Work, *, asker: UserId, question: int, peer: UserId) -> Card:
    """Pass over `peer`, who was shown and never hears of it, and show the next."""
    found = _own(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    if found.peer == peer:
        work.questions.set_turn(question, peer, TurnState.PASSED_OVER)
        return _propose(work, found)
    # pressed twice: nobody is passed over whom the asker has not seen
    return _preview_again(work, found) or _propose(work, found)


def never_mind(work: Work, *, asker: UserId, question: int) -> Card:
    """Drop a question before anybody was asked."""
    found = _own(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    work.questions.drop(question)
    return asker_cards.dropped()


def send(work: Work, *, asker: UserId, question: int, peer: UserId) -> Card:
    """Ask the colleague the asker agreed to."""
    found = _own(work, question, asker)
    if found.state is not QuestionState.DRAFT or found.peer != peer:
        return asker_cards.stale(found)
    expert = expert_now(work, found, peer)
    if expert is None:
        work.questions.set_turn(question, peer, TurnState.PASSED_OVER)
        return _propose(work, found, no_longer=peer)
    _ask_peer(work, found, expert)
    status = asker_cards.asked(found, peer)
    work.deliveries.say(Direct((asker,)), status, key=card_key(question, "asker"))
    return asker_cards.sent(peer)


def due(work: Work) -> list[int]:
    """The questions for which it is time that something happens."""
    return work.questions.due()


def move_on(work: Work, question: int) -> None:
    """Do what has fallen due: drop an old draft, go on from somebody silent, look back."""
    found = work.questions.get(question)
    if found is None or found.due_at is None or found.due_at > work.now:
        return
    if found.state is QuestionState.DRAFT:
        work.questions.drop(question)
    elif found.state is QuestionState.ASKING and found.peer:
        pass_on(work, found, found.peer, TurnState.SILENT)
    elif found.state is QuestionState.SOLVED:
        look_back(work, found)


def pass_on(work: Work, question: Question, peer: UserId, outcome: TurnState) -> None:
    """End `peer`'s turn and ask the next colleague; with nobody left, tell the asker plainly.

    For somebody who has left the workspace nobody else is asked.
    """
    work.questions.set_turn(question.id, peer, outcome)
    work.deliveries.edit(card_key(question.id, peer), peer_cards.turn_over(question, outcome))
    if work.people.deactivated([question.asker]):
        work.questions.move(question.id, QuestionState.WITHDRAWN, peer=None)
        return
    expert = next_expert(work, question)
    if expert:
        _ask_peer(work, question, expert)
        show_asked(work, question, expert.user)
        return
    work.questions.move(question.id, QuestionState.UNANSWERED, peer=None)
    _tell_nobody_could(work, question)


def leave(work: Work, peer: UserId) -> None:
    """Somebody left the workspace: the questions that wait for them go on at once."""
    for question in work.questions.with_peer(peer):
        found = work.questions.get(question)
        if found:
            pass_on(work, found, peer, TurnState.UNREACHABLE)


def show_asked(
    work: Work, question: Question, peer: UserId, *, until: datetime | None = None
) -> None:
    """Bring the asker's own message up to date: who was asked before, who is asked now."""
    earlier = work.questions.turns(question.id)
    status = asker_cards.asked(question, peer, earlier=earlier, until=until)
    work.deliveries.edit(card_key(question.id, "asker"), status)


def log_help(work: Work, question: Question, helper: UserId) -> None:
    """Put it on the ledger: who learned from whom, about what; a reference, never the text."""
    channel, ts = work.deliveries.whereabouts(card_key(question.id, "thread")) or (None, None)
    work.exchanges.log(
        Exchange(
            source=exchange_source(question.id),
            activity=Activity.ASK,
            learner=question.asker,
            peer=helper,
            channel=channel,
            ts=ts,
            topics=tuple(sorted(question.topics)),
        )
    )


def _checked(text: str) -> str:
    question = normalise(text)
    if not question:
        raise Refused("What would you like to know? Please write your question.")
    if len(question) > MAX_QUESTION:
        raise Refused(
            f"Your question has {len(question):,} characters; {MAX_QUESTION:,} is the most a "
            "colleague can be sent. Please shorten it. Nobody has been asked."
        )
    return question


def _own(work: Work, question: int, asker: UserId) -> Question:
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is closed, and its text is gone. Please ask it again.")
    if found.asker != asker:
        raise Refused("Only the person who asked can do this.")
    return found


def _preview_again(work: Work, question: Question) -> Card | None:
    expert = expert_now(work, question, question.peer) if question.peer else None
    if expert is None:
        return None
    known = similar(work, question.text)
    return asker_cards.preview(question, expert.user, expert.reason, similar=known)


def _propose(work: Work, question: Question, *, no_longer: UserId | None = None) -> Card:
    expert, known = next_expert(work, question), similar(work, question.text)
    if expert is None:
        had_somebody = bool(work.questions.turns(question.id))
        work.questions.drop(question.id)
        return asker_cards.nobody_to_ask(question, had_somebody=had_somebody, similar=known)
    work.questions.set_turn(question.id, expert.user, TurnState.PROPOSED)
    work.questions.move(
        question.id,
        QuestionState.DRAFT,
        peer=expert.user,
        due_at=work.now + DRAFT_KEPT_FOR,
    )
    return asker_cards.preview(
        question, expert.user, expert.reason, no_longer=no_longer, similar=known
    )


def _ask_peer(work: Work, question: Question, expert: Expert) -> None:
    work.questions.set_turn(question.id, expert.user, TurnState.ASKED)
    work.questions.move(question.id, QuestionState.ASKING, peer=expert.user)
    work.deliveries.say(
        Direct((expert.user,)),
        peer_cards.for_peer(question, expert.reason),
        key=card_key(question.id, expert.user),
        kept_for=DELIVERY_KEPT_FOR,
    )


def _tell_nobody_could(work: Work, question: Question) -> None:
    work.deliveries.edit(card_key(question.id, "asker"), asker_cards.closed_unanswered(question))
    work.deliveries.say(
        Direct((question.asker,)),
        asker_cards.nobody_could(question),
        key=card_key(question.id, "end"),
        priority=Priority.REPLY,
        kept_for=timedelta(days=7),
    )
