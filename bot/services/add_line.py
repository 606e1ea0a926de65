"""What the asker adds to a solved question: a line of thanks, and what changed for them."""

from dataclasses import dataclass
from hashlib import blake2b

from bot.domain.cards import Card, Direct
from bot.domain.deliveries import Priority
from bot.domain.exchanges import Change, Outcome
from bot.domain.ids import Key, UserId
from bot.domain.questions import Question
from bot.domain.refusals import Refused, refuse_if_any
from bot.domain.text import normalise
from bot.services import after_cards
from bot.services.members import require_member
from bot.services.own import solved_question
from bot.services.question_course import source_of, thread_key
from storage.work import Work

MAX_THANKS = 500
MAX_LINE = 300


@dataclass(frozen=True, slots=True)
class Solved:
    """What the form begins with."""

    question: int
    helper: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Line:
    """What the asker filled in; all of it may be left out."""

    thanks: str = ""
    changed: Change | None = None
    line: str = ""


def about(work: Work, *, asker: UserId, question: int) -> Solved:
    """Who helped, and what the asker noted before."""
    require_member(work, asker)
    helper = _helper(solved_question(work, question, asker))
    person = work.people.get(helper)
    outcome = work.exchanges.outcome(source_of(question), asker) or Outcome()
    return Solved(question, person.name if person else "your colleague", outcome)


def add_line(work: Work, *, asker: UserId, question: int, said: Line) -> Card:
    """Pass on the thanks; keep what changed in place of what was noted before."""
    require_member(work, asker)
    found = solved_question(work, question, asker)
    helper = _helper(found)
    thanks, line = normalise(said.thanks), normalise(said.line)
    has_left = bool(thanks and work.people.deactivated([helper]))
    gone = "They have left the workspace, so I cannot pass this on. Please empty it."
    refuse_if_any(
        thanks=gone if has_left else _length_problem(thanks, MAX_THANKS),
        line=_length_problem(line, MAX_LINE),
    )
    source, is_noted = source_of(question), bool(said.changed or line)
    if not work.exchanges.note_change(source, asker, said.changed, line) and is_noted:
        raise Refused("This exchange is not on the ledger any more, so nothing can be noted to it.")
    if thanks:
        _pass_on(work, found, helper, thanks)
    return after_cards.noted(helper, is_thanked=bool(thanks), is_noted=is_noted)


def _helper(question: Question) -> UserId:
    if question.peer is None:
        raise Refused("I do not know who helped you with this, so there is nobody to thank.")
    return question.peer


def _pass_on(work: Work, question: Question, helper: UserId, thanks: str) -> None:
    """Into the thread of the two, if they have one; the same words go once."""
    thread = thread_key(question.id, helper)
    have_met = not question.is_anonymous and work.deliveries.whereabouts(thread) is not None
    card = after_cards.line_in_thread if have_met else after_cards.line_to_helper
    work.deliveries.say(
        Direct((question.asker, helper)) if have_met else Direct((helper,)),
        card(question, thanks),
        key=Key(f"line/{question.id}/{_mark(work, thanks)}"),
        thread=thread if have_met else None,
        priority=Priority.REPLY,
    )


def _mark(work: Work, words: str) -> str:
    """Tells the same words from others, and does not tell what they are."""
    secret = work.installation.delivery_secret().encode()
    return blake2b(words.encode(), key=secret, digest_size=12).hexdigest()


def _length_problem(words: str, most: int) -> str | None:
    return f"At most {most:,} characters, please." if len(words) > most else None
