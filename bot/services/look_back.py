"""Three weeks after a question was solved, ask its asker once whether it was of use."""

from datetime import timedelta

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority, State
from bot.domain.exchanges import Used
from bot.domain.ids import Key, UserId
from bot.domain.questions import Question, QuestionState
from bot.domain.refusals import Refused
from bot.services import after_cards
from bot.services.own import solved_question
from bot.services.question_course import source_of
from storage.work import Work

WORTH_ASKING_FOR = timedelta(days=7)
"""After downtime: later than that, nobody remembers what it was about."""


def look_back(work: Work, question: Question) -> None:
    """Ask, if they want to be asked; whatever they do about it, it is asked once."""
    work.questions.move(question.id, QuestionState.SOLVED, peer=question.peer)
    overdue = work.now - question.due_at if question.due_at else timedelta(0)
    if overdue >= WORTH_ASKING_FOR or not _is_welcome(work, question.asker):
        return
    work.deliveries.say(
        Direct((question.asker,)),
        after_cards.look_back(question, question.peer),
        key=_key(question.id),
        kept_for=WORTH_ASKING_FOR - overdue,
        priority=Priority.BULK,
    )


def answer(work: Work, *, asker: UserId, question: int, used: Used) -> Card | None:
    """Keep it for them alone; a card where the message they pressed cannot say so itself."""
    solved_question(work, question, asker)
    if not work.exchanges.note_use(source_of(question), asker, used):
        raise Refused("This exchange is not on the ledger any more. Thank you all the same.")
    card = after_cards.looked_back()
    return None if work.deliveries.edit(_key(question), card) else card


def settled(work: Work, key: Key, state: State) -> None:
    """Nothing follows: it need not arrive, and need not be answered."""


def is_wanted(work: Work, key: Key) -> bool:
    """Unless its reader has had enough of these in the meantime."""
    found = work.questions.get(int(key.split("/")[1]))
    return found is not None and _is_welcome(work, found.asker)


def _is_welcome(work: Work, user: UserId) -> bool:
    person = work.people.get(user)
    takes_part = person is not None and person.takes_part
    return takes_part and work.people.choices(user).wants_look_backs


def _key(question: int) -> Key:
    return Key(f"look_back/{question}")
