"""Somebody's own question, whatever its state, or a sentence that says why not."""

from bot.domain.ids import UserId
from bot.domain.questions import Question, QuestionState
from bot.domain.refusals import Refused
from storage.work import Work


def own_question(work: Work, question: int, asker: UserId) -> Question:
    found = work.questions.get(question)
    if found is None:
        raise Refused("I do not keep this question any more, so there is nothing left to do here.")
    if found.asker != asker:
        raise Refused("Only the person who asked can do this.")
    return found


def solved_question(work: Work, question: int, asker: UserId) -> Question:
    found = own_question(work, question, asker)
    if found.state is not QuestionState.SOLVED:
        raise Refused("This comes once the question is solved.")
    return found
