"""Whom to ask: the colleagues who may help with a question, the best first."""

from bot.domain.expertise import Expert, rank_experts
from bot.domain.ids import UserId
from bot.domain.questions import Question
from storage.work import Work


def next_expert(work: Work, question: Question) -> Expert | None:
    """The best of those who have not had a turn with it, and did not just say no to its asker."""
    had_a_turn = {turn.peer for turn in work.questions.turns(question.id)}
    spared = had_a_turn | work.questions.declined(question.asker) | {question.asker}
    return next((e for e in _ranked(work, question) if e.user not in spared), None)


def expert_now(work: Work, question: Question, peer: UserId) -> Expert | None:
    """`peer` as they stand at this moment; None if they cannot be asked any more."""
    return next((e for e in _ranked(work, question) if e.user == peer), None)


def _ranked(work: Work, question: Question) -> list[Expert]:
    candidates = work.people.candidates(question.topics)
    return rank_experts(candidates, topics=question.topics, now=work.now)
