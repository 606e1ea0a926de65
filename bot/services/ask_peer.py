"""Take a question to the colleague most likely to help: what its asker sees before it is sent."""

from dataclasses import replace

from bot.domain.cards import Card, Direct
from bot.domain.expertise import Expert, topics_in
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.questions import (
    DRAFT_KEPT_FOR,
    MOST_STARTED,
    Manner,
    Question,
    QuestionState,
    TurnState,
    card_key,
)
from bot.domain.refusals import Refused
from bot.domain.text import MAX_QUESTION, normalise
from bot.domain.words import topics_near
from bot.services import asker_cards, status_cards
from bot.services.members import require_member
from bot.services.question_course import last_resort, put_in_channel, put_to
from bot.services.routing import expert_now, next_expert
from bot.services.similar import similar
from bot.services.topic_channel import channel_for
from storage.work import Work

USUAL = Manner()


def ask(
    work: Work,
    *,
    asker: UserId,
    text: str,
    manner: Manner = USUAL,
    channel: ChannelId | None = None,
) -> Card:
    """Find the best colleague and show them to the asker; nothing is sent yet.

    `channel` is where they typed it. Who chose to send right away has agreed to the first one
    beforehand.
    """
    question_text = checked(text)
    require_member(work, asker)
    origin = _public(work, channel)
    work.presence.seen(asker, origin)
    question = work.questions.same_as(asker, question_text) or draft(
        work, asker, question_text, manner, origin
    )
    if question.state is not QuestionState.DRAFT:
        return asker_cards.stale(question)
    shown = _preview_again(work, question)
    return shown or _sent_at_once(work, question) or propose(work, question)


def draft(
    work: Work, asker: UserId, text: str, manner: Manner, origin: ChannelId | None = None
) -> Question:
    """A question that nobody but its asker has seen. Raises Refused where they are too many."""
    _require_patience(work, asker)
    return work.questions.add(
        asker=asker,
        text=text,
        topics=_topics_of(work, text),
        due_at=work.now + DRAFT_KEPT_FOR,
        manner=manner,
        origin=origin,
    )


def _require_patience(work: Work, asker: UserId) -> None:
    """Whoever, or whatever, asks on and on is asked to wait; everybody else is served as ever."""
    for spoken, (within, most) in MOST_STARTED.items():
        if work.questions.started(asker, within) >= most:
            raise Refused(
                f"You have started {most} questions within {spoken}, and that is the most there"
                " can be. Nobody has been asked this one. Please wait a while, or drop those you"
                " have not sent."
            )


def somebody_else(work: Work, *, asker: UserId, question: int, peer: UserId) -> Card:
    """Pass over `peer`, who was shown and never hears of it, and show the next."""
    found = own(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    if found.peer == peer:
        work.questions.set_turn(question, peer, TurnState.PASSED_OVER)
        return propose(work, found)
    # pressed twice: nobody is passed over whom the asker has not seen
    return _preview_again(work, found) or propose(work, found)


def not_this_person(work: Work, *, asker: UserId, question: int, peer: UserId) -> Card:
    """Never again send `asker` to `peer`, whom they were shown; nobody else is ever told."""
    found = own(work, question, asker)
    if found.peer == peer:
        work.boundaries.avoid(asker, peer)
    return somebody_else(work, asker=asker, question=question, peer=peer)


def change_name(work: Work, *, asker: UserId, question: int) -> Card:
    """Ask without one's name, or with it again."""
    found = own(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    manner = replace(found.manner, is_anonymous=not found.is_anonymous)
    work.questions.ask_on(question, manner)
    changed = replace(found, manner=manner)
    return _preview_again(work, changed) or propose(work, changed)


def never_mind(work: Work, *, asker: UserId, question: int) -> Card:
    """Drop a question before anybody was asked."""
    found = own(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    work.questions.drop(question)
    return asker_cards.dropped()


def send(work: Work, *, asker: UserId, question: int, peer: UserId) -> Card:
    """Ask the colleague the asker agreed to."""
    found = own(work, question, asker)
    if found.state is not QuestionState.DRAFT or found.peer != peer:
        return asker_cards.stale(found)
    expert = expert_now(work, found, peer)
    if expert is None:
        work.questions.set_turn(question, peer, TurnState.PASSED_OVER)
        return propose(work, found, no_longer=peer)
    return _send(work, found, expert)


def send_to_channel(work: Work, *, asker: UserId, question: int) -> Card:
    """Ask in the topic's channel, where others can listen and learn."""
    found = own(work, question, asker)
    channel = channel_for(work, found.topics)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    if channel is None:
        return propose(work, found)
    if found.peer:
        work.questions.set_turn(question, found.peer, TurnState.PASSED_OVER)
    status = status_cards.in_channel(found, channel)
    work.deliveries.say(Direct((asker,)), status, key=card_key(question, "asker"))
    put_in_channel(work, found, channel)
    return asker_cards.sent_to_channel(channel)


def propose(work: Work, question: Question, *, no_longer: UserId | None = None) -> Card:
    """Show the next colleague; with nobody left the channel, and without one say so."""
    expert, channel = next_expert(work, question), channel_for(work, question.topics)
    if expert is None:
        return _nobody_left(work, question)
    work.questions.set_turn(question.id, expert.user, TurnState.PROPOSED)
    _keep_draft(work, question, expert.user)
    return asker_cards.preview(
        question,
        expert.user,
        expert.reason,
        channel=channel,
        no_longer=no_longer,
        similar=similar(work, question.text),
    )


def own(work: Work, question: int, asker: UserId) -> Question:
    """A question of theirs that is still kept. Raises Refused."""
    found = work.questions.get(question)
    if found is None:
        raise Refused("This question is closed, and its text is gone. Please ask it again.")
    if found.asker != asker:
        raise Refused("Only the person who asked can do this.")
    return found


def checked(typed: str) -> str:
    """A question as it can be kept and sent. Raises Refused."""
    question = normalise(typed)
    if not question:
        raise Refused("What would you like to know? Please write your question.")
    if len(question) > MAX_QUESTION:
        raise Refused(
            f"Your question has {len(question):,} characters; {MAX_QUESTION:,} is the most a "
            "colleague can be sent. Please shorten it. Nobody has been asked."
        )
    return question


def _send(work: Work, question: Question, expert: Expert) -> Card:
    put_to(work, question, expert.user, expert)
    then = last_resort(work, question)
    status = status_cards.asked(question, expert.user, then=then)
    work.deliveries.say(Direct((question.asker,)), status, key=card_key(question.id, "asker"))
    return asker_cards.sent(expert.user)


def _sent_at_once(work: Work, question: Question) -> Card | None:
    """Without a preview, for those who want it so; None for everybody else."""
    if not work.people.choices(question.asker).sends_at_once:
        return None
    expert = next_expert(work, question)
    return _send(work, question, expert) if expert else None


def _topics_of(work: Work, text: str) -> frozenset[Topic]:
    """The topics it names; with a typing error, or another ending, where it names none."""
    vocabulary = work.people.vocabulary()
    return topics_in(text, vocabulary) or frozenset(topics_near(text, vocabulary))


def _public(work: Work, channel: ChannelId | None) -> ChannelId | None:
    """What is typed in a private place, or where I am not, leaves no trace of the place."""
    found = work.channels.get(channel) if channel else None
    return found.channel if found and not found.is_private else None


def _nobody_left(work: Work, question: Question) -> Card:
    had_somebody = bool(work.questions.turns(question.id))
    channel, known = channel_for(work, question.topics), similar(work, question.text)
    if channel:
        _keep_draft(work, question, None)
        return asker_cards.only_channel(question, channel, had_somebody=had_somebody, similar=known)
    work.questions.drop(question.id)
    return asker_cards.nobody_to_ask(question, had_somebody=had_somebody, similar=known)


def _keep_draft(work: Work, question: Question, peer: UserId | None) -> None:
    due_at = work.now + DRAFT_KEPT_FOR
    work.questions.move(question.id, QuestionState.DRAFT, peer=peer, due_at=due_at)


def _preview_again(work: Work, question: Question) -> Card | None:
    expert = expert_now(work, question, question.peer) if question.peer else None
    if expert is None:
        return None
    channel, known = channel_for(work, question.topics), similar(work, question.text)
    return asker_cards.preview(question, expert.user, expert.reason, channel=channel, similar=known)
