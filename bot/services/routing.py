"""Whom to ask: the colleagues who may help with a question, the best first."""

from bot.domain.expertise import Expert, rank_experts
from bot.domain.ids import UserId
from bot.domain.questions import Question
from storage.work import Work


def next_expert(work: Work, question: Question) -> Expert | None:
    """The best of those who have not had a turn with it, and whom nothing else spares."""
    spared = _spared(work, question)
    return next((e for e in _ranked(work, question) if e.user not in spared), None)


def expert_now(work: Work, question: Question, peer: UserId) -> Expert | None:
    """`peer` as they stand at this moment; None if they cannot be asked any more."""
    return next((e for e in _ranked(work, question) if e.user == peer), None)


def may_be_named(work: Work, question: Question, user: UserId) -> bool:
    """Whether somebody of whom a colleague thought can be asked: by whatever rules spare people,
    but for what they are known to know."""
    choices = work.people.choices(user) if work.people.can_be_asked(user) else None
    if choices is None or work.people.asked_this_week(user) >= choices.weekly_limit:
        return False
    return user not in _spared(work, question)


def _spared(work: Work, question: Question) -> frozenset[UserId]:
    """Who is not asked this question now, whatever they know."""
    had_a_turn = {turn.peer for turn in work.questions.turns(question.id)}
    said_no = work.questions.declined(question.asker)
    return _never(work, question) | said_no | had_a_turn | {question.asker}


def _never(work: Work, question: Question) -> frozenset[UserId]:
    """Whom the asker never wants to be sent to, and who refuses one of the topics."""
    return work.boundaries.avoided_by(question.asker) | work.boundaries.refusing(question.topics)


def _ranked(work: Work, question: Question) -> list[Expert]:
    never = _never(work, question)
    candidates = [c for c in work.people.candidates(question.topics) if c.user not in never]
    return rank_experts(candidates, topics=question.topics, now=work.now)
