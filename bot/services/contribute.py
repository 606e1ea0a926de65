"""Take in what people add to an occasion, and show it as they were promised."""

from bot.activities.base import ActivityKind, Contribution, Occasion
from bot.domain.cards import Card, InChannel, body
from bot.domain.deliveries import Priority
from bot.domain.ids import UserId
from bot.domain.refusals import Refused, refuse_if_any
from bot.domain.running import answer_key, step_key
from bot.domain.text import normalise
from bot.services.members import require_member
from bot.services.occasions import open_occasion
from storage.work import Work


def about(work: Work, *, user: UserId, occasion: int) -> tuple[ActivityKind, Occasion, str]:
    """What somebody who wants to answer should see, with what they answered before."""
    require_member(work, user)
    kind, found = open_occasion(work, occasion)
    return kind, found, work.contributions.text_of(occasion, user) or ""


def contribute(work: Work, *, user: UserId, occasion: int, text: str) -> Card:
    """Take in what somebody adds, and show it in the thread as was promised to them."""
    require_member(work, user)
    kind, found = open_occasion(work, occasion)
    words = normalise(text)
    refuse_if_any(**{kind.question.name: _words_problem(kind, words)})
    taken = kind.take(found, Contribution(user, words))
    number = work.contributions.give(occasion, user if taken.keeps_author else None, words)
    key = answer_key(occasion, number)
    if work.deliveries.edit(key, taken.card):
        return Card("Thank you", body("Your answer in the thread is being changed."))
    if work.deliveries.has(key):
        raise Refused("Your first answer never reached the thread, so I cannot change it there.")
    work.deliveries.say(
        InChannel(found.channel),
        taken.card,
        key=key,
        thread=step_key(occasion, kind.steps[0].name),
        priority=Priority.REPLY,
    )
    return Card("Thank you", body("Your answer is on its way to the thread."))


def _words_problem(kind: ActivityKind, words: str) -> str | None:
    if not words:
        return "Please write something first."
    most = kind.question.max_length
    return f"At most {most:,} characters, please." if len(words) > most else None
