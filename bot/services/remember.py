"""Let what happens count for those who were of help, without keeping anybody's words."""

from bot.domain.evidence import Kind
from bot.domain.exchanges import Reaction
from bot.domain.ids import ChannelId, UserId
from bot.domain.questions import Question
from bot.domain.words import sketch
from storage.work import Work


def helped(work: Work, question: Question, helper: UserId, said: str = "") -> None:
    """They took a question on: its words are sketched, now that somebody is of help with it.

    So is what they `said`, if they answered in a form of ours.
    """
    _credit(work, question, helper, Kind.ANSWERED)
    if said:
        words = sketch(said, work.evidence.key_to_write())
        work.evidence.sketch(_thread(question), words, asker=_asker(question), author=helper)


def solved(work: Work, question: Question, helper: UserId) -> None:
    """The asker says that it helped."""
    _credit(work, question, helper, Kind.SOLVED)


def unsolved(work: Work, question: Question, helper: UserId) -> None:
    """It turned out not to have helped."""
    work.credits.remove(helper, _thread(question), Kind.SOLVED)


def not_me(work: Work, question: Question, peer: UserId) -> None:
    """They do not want to be asked about such a thing."""
    _credit(work, question, peer, Kind.NOT_ME)


def reacted(work: Work, reaction: Reaction) -> None:
    """Somebody learned from a message, or takes that back; where it was, never what it said."""
    thread = f"{reaction.as_exchange().source}/{reaction.learner}"
    if not reaction.is_on:
        work.credits.remove(reaction.peer, thread, Kind.THANKED)
        return
    work.evidence.note(
        reaction.peer, Kind.THANKED, thread, asker=reaction.learner, channel=reaction.channel
    )


def _credit(work: Work, question: Question, person: UserId, kind: Kind) -> None:
    thread = _thread(question)
    if question.text:  # the words are dropped in the end, what it was good for is not
        words = sketch(question.text, work.evidence.key_to_write())
        work.evidence.sketch(thread, words, asker=_asker(question))
    work.evidence.note(person, kind, thread, asker=_asker(question), channel=_place(question))


def _thread(question: Question) -> str:
    return f"question/{question.id}"


def _place(question: Question) -> ChannelId | None:
    """Nowhere, where they asked without their name: few may have been in that place."""
    return None if question.is_anonymous else question.channel or question.origin


def _asker(question: Question) -> UserId | None:
    """Nobody, where they asked without their name."""
    return None if question.is_anonymous else question.asker
