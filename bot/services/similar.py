"""Offer what colleagues published before, so that nobody need be asked twice."""

from dataclasses import replace

from bot.domain.cards import Card
from bot.domain.exchanges import Activity, Exchange, counts
from bot.domain.ids import UserId
from bot.domain.published import Published
from bot.domain.questions import QuestionState
from bot.domain.refusals import Refused
from bot.domain.similar import most_similar
from bot.services import asker_cards, publish, published_cards
from bot.services.own import own_question
from storage.work import Work

LOOKED_AT = 500
"""The newest published answers; older ones are still in their channels."""


def similar(work: Work, text: str) -> tuple[Published, ...]:
    """At most two published answers, in channels that anybody can look into."""
    answers = work.published.newest(LOOKED_AT)
    public = set(work.channels.public()) if answers else set()
    return most_similar(text, [answer for answer in answers if answer.channel in public])


def this_answers_it(work: Work, *, asker: UserId, question: int, published: int) -> Card:
    """The question needs nobody any more; whoever published the answer is who was learned from."""
    found = own_question(work, question, asker)
    if found.state is not QuestionState.DRAFT:
        return asker_cards.stale(found)
    answer = work.published.get(published)
    if answer is None:
        raise Refused("That answer was taken back a moment ago. You can still ask.")
    work.questions.drop(question)
    return published_cards.answered(_learned_from(work, asker, answer))


def _learned_from(work: Work, learner: UserId, answer: Published) -> UserId | None:
    """Its author, where there is one to be named; then it is on the ledger."""
    reader = work.people.get(learner)
    author = work.people.get(answer.author) if answer.author else None
    if reader is None or author is None or not counts(reader, author):
        return None
    exchange = Exchange(
        source=f"published/{answer.question_id}",
        activity=Activity.PUBLISHED,
        learner=learner,
        peer=author.user,
        channel=answer.channel,
        topics=tuple(sorted(answer.topics)),
    )
    stands = publish.whereabouts(work, answer.question_id)
    work.exchanges.log(replace(exchange, ts=stands[1]) if stands else exchange)
    return author.user
