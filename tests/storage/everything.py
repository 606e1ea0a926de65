"""A line in every table, and every method of every repository called once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from bot.domain.cadence import Occurrence
from bot.domain.cards import Card, Direct, InChannel
from bot.domain.deliveries import State
from bot.domain.evidence import Kind, Learned
from bot.domain.exchanges import Activity, Change, Exchange, Reaction, Used
from bot.domain.ids import Key, Ts
from bot.domain.matching import LeftOver, Role
from bot.domain.mentoring import Enrolment, PairState, RoundState
from bot.domain.pace import Rate, Rates
from bot.domain.people import Channel, Switch
from bot.domain.published import Published
from bot.domain.questions import Manner, QuestionState, TurnState
from bot.domain.running import HeldOccasion, OccasionState, RunningActivity, RunState
from bot.domain.working_time import WorkingHours
from storage.work import Work
from tests.storage.scene import (
    ADA,
    BO,
    C_DATA,
    CY,
    NOW,
    SECOND,
    SQL,
    TODAY,
    WEEK,
    hold,
    join,
    meet,
    start_prompt,
)

RATES = Rates(Rate(SECOND), Rate(SECOND))
WORD = 7
KEY = Key("question/1/U_ADA")
DOUBTED = Key("lead/U_BO/named")
TS = Ts("1772442000.000100")
REACTION = Reaction(BO, ADA, C_DATA, TS, "bulb", True, TS)


@dataclass(frozen=True)
class Numbers:
    """Of what was written: the rows that methods ask for by number."""

    question: int
    round: int
    pair: int
    activity: RunningActivity
    occasion: HeldOccasion
    contribution: int
    delivery: int


def write(work: Work, words: str = "ours") -> Numbers:
    """A line in every table."""
    join(work, ADA, BO, CY)
    work.installation.record(name=words, bot_user=BO)
    work.channels.replace([Channel(C_DATA, is_private=False)])
    work.people.set_topics(ADA, (SQL,))
    work.people.set_place(BO, "DE")
    work.people.switch(BO, Switch.FINDABLE, True)
    work.boundaries.refuse(ADA, [SQL])
    work.boundaries.avoid(ADA, BO)
    work.topic_channels.assign([SQL], C_DATA)
    work.leads.name(ADA, by=BO)
    question = _question(work, words)
    _evidence(work, words)
    round_id, pair = _mentoring(work, words)
    activity, occasion, contribution = _activity(work, words)
    work.deliveries.say(Direct((ADA,)), Card(words), key=KEY)
    work.deliveries.say(InChannel(C_DATA), Card(words), key=Key("x/2"), thread=KEY)
    work.deliveries.say(Direct((BO,)), Card(words), key=DOUBTED)
    work.sending.drop(_number(work, DOUBTED), State.UNKNOWN, "no answer")
    work.deliveries.show_home(ADA)
    work.seen.mark("event/Ev1")
    work.pace.turn("chat.postMessage", C_DATA, RATES)
    delivery = _number(work, KEY)
    return Numbers(question, round_id, pair, activity, occasion, contribution, delivery)


def _number(work: Work, key: Key) -> int:
    return next(n for n in work.sending.due(9) if work.sending.get(n).key == key)


def _question(work: Work, words: str) -> int:
    question = work.questions.add(asker=CY, text=words, topics=frozenset({SQL}), due_at=NOW)
    work.questions.set_turn(question.id, BO, TurnState.ASKED)
    work.questions.set_turn(question.id, BO, TurnState.DECLINED)
    work.questions.set_turn(question.id, ADA, TurnState.ASKED)
    work.questions.move(question.id, QuestionState.ASKING, peer=ADA, due_at=NOW)
    work.published.add(Published(question.id, C_DATA, CY, words, words, frozenset({SQL})))
    work.exchanges.log(Exchange(f"question/{words}", Activity.ASK, CY, ADA, topics=(SQL,)))
    work.exchanges.apply(REACTION)
    return question.id


def _evidence(work: Work, words: str) -> None:
    work.evidence.key_to_write()
    work.evidence.sketch(words, {WORD: 1}, asker=CY)
    work.evidence.sketch(words, {WORD: 1}, asker=CY, author=ADA)
    work.evidence.note(ADA, Kind.ANSWERED, words, asker=CY, channel=C_DATA)
    work.evidence.learn(Learned({"words": 1.0}, 25), work.evidence.known())
    work.presence.seen(ADA, C_DATA)
    work.presence.seen_at([(BO, C_DATA, NOW)])


def _evidence_goes(work: Work) -> None:
    work.evidence.note(BO, Kind.NOT_ME, "else", asker=ADA)
    work.credits.remove(BO, "else", Kind.NOT_ME)
    work.credits.forget_old()
    work.credits.forget(ADA)
    work.presence.forget_old()
    work.presence.forget(ADA)


def _mentoring(work: Work, words: str) -> tuple[int, int]:
    """One round that was published, and one in which pairs are being looked for."""
    work.pool.enrol(Enrolment(ADA, Role.MENTOR, offers=(SQL,), capacity=2))
    [pair] = meet(work, (ADA, CY))
    left = [LeftOver(BO, Role.MENTEE, words)]
    work.rounds.move(pair.round, RoundState.PUBLISHED, left_over=left)
    work.rounds.open(lead=ADA, seed=words)
    return pair.round, pair.id


def _activity(work: Work, words: str) -> tuple[RunningActivity, HeldOccasion, int]:
    """Two occasions, both answered; the second, and its answer."""
    activity = start_prompt(work, text=words)
    first = hold(work, activity, TODAY - WEEK)
    second = hold(work, activity, TODAY)
    work.contributions.give(first.id, ADA, words)
    return activity, second, work.contributions.give(second.id, ADA, words)


def change(work: Work, written: Numbers) -> None:
    """Whatever else the repositories can do to what is there."""
    work.evidence.warm()
    work.people.set_limit(ADA, 9)
    work.people.set_paused(ADA, True)
    work.people.switch(ADA, Switch.FINDABLE, True)
    work.people.set_hours(ADA, WorkingHours(ends=time(18)))
    work.people.set_place(ADA, "DE-BY")
    work.leads.relieve([ADA])
    work.boundaries.refuse_only(ADA, [])
    work.boundaries.avoid_only(ADA, [CY])
    work.topic_channels.release([SQL])
    work.channels.forget(C_DATA)
    work.channels.add(Channel(C_DATA, is_private=True))
    work.exchanges.apply(Reaction(BO, ADA, C_DATA, TS, "bulb", False, Ts("1772442001.000100")))
    _evidence_goes(work)
    for source in ("question/ours", "question/theirs"):
        work.exchanges.note_change(source, CY, Change.ATTITUDE, "a line")
        work.exchanges.note_use(source, CY, Used.NOT_YET)
    work.exchanges.forget_old()
    work.pool.leave(ADA)
    work.rounds.try_again(written.round, NOW)
    work.rounds.move(written.round, RoundState.DISCARDED)
    work.pairs.move(written.pair, PairState.ENDED)
    work.pairs.forget(written.round)
    work.activities.move(written.activity.id, RunState.PAUSED, reason="a reason")
    next_week = Occurrence(TODAY + WEEK, NOW + WEEK)
    work.occasions.claim(written.activity, next_week, OccasionState.SKIPPED)
    work.occasions.step_done(written.occasion.id, due_at=None)
    work.occasions.skip(written.occasion.id)
    work.contributions.give(written.occasion.id, ADA, "changed")
    work.contributions.forget_old()
    work.occasions.forget_old()
    _carry(work, written.delivery)
    work.pace.pause("chat.postMessage", NOW, RATES)
    work.seen.forget_old()
    work.questions.ask_on(written.question, Manner(is_anonymous=True))
    work.questions.put_in(written.question, C_DATA)
    work.questions.nudged(written.question)
    work.questions.count_relay(written.question)
    work.exchanges.withdraw("question/ours", CY)
    work.questions.forget_old()
    work.published.forget_old()
    work.published.withdraw(written.question)
    work.questions.drop(written.question)


def _carry(work: Work, delivery: int) -> None:
    """What the delivery workers can do."""
    work.deliveries.edit(KEY, Card("edited"))
    work.deliveries.cancel(Key("x/2"), "called off")
    work.deliveries.show_home(ADA)
    work.deliveries.freshen_homes([ADA])
    work.sending.opened(delivery, C_DATA)
    work.sending.start(delivery, look_again_at=NOW)
    work.sending.wait(delivery, NOW, "a reason")
    work.sending.postpone(delivery, NOW, "a reason")
    work.sending.try_again(delivery, NOW, "a reason")
    work.sending.not_sent(delivery, NOW, "a reason")
    work.sending.sent(delivery, C_DATA, TS)
    work.sending.updated(delivery, 2)
    work.sending.published(delivery, 2)
    work.sending.drop(delivery, State.NEVER, "a reason")
    work.sending.forget_old()
    [doubted] = work.troubles.listed([State.UNKNOWN])
    work.troubles.send_again(doubted.id)
    work.troubles.hurry(doubted.id)
    work.troubles.call_off(doubted.id, "a reason")
    work.troubles.arrived(doubted.id)


READS: dict[str, Callable[[Work, Numbers], object]] = {
    "installation.bot_user": lambda w, _: w.installation.bot_user(),
    "installation.delivery_secret": lambda w, _: w.installation.delivery_secret(),
    "installation.gap": lambda w, _: w.installation.gap(),
    "people.get": lambda w, _: w.people.get(ADA),
    "people.known": lambda w, _: w.people.known([BO]),
    "people.can_be_asked": lambda w, _: w.people.can_be_asked(ADA),
    "people.available": lambda w, _: w.people.available([ADA]),
    "people.deactivated": lambda w, _: w.people.deactivated([ADA]),
    "people.hours_of": lambda w, _: w.people.hours_of(BO).place,
    "people.findable": lambda w, _: w.people.findable([BO]),
    "people.choices": lambda w, _: w.people.choices(ADA),
    "people.vocabulary": lambda w, _: w.people.vocabulary(),
    "people.candidates": lambda w, _: [c for c in w.people.candidates() if c.topics],
    "people.asked_this_week": lambda w, _: w.people.asked_this_week(ADA),
    "boundaries.avoided_by": lambda w, _: w.boundaries.avoided_by(ADA),
    "boundaries.refused_by": lambda w, _: w.boundaries.refused_by(ADA),
    "boundaries.refused": lambda w, _: w.boundaries.refused(),
    "leads.all": lambda w, _: w.leads.all(),
    "channels.get": lambda w, _: w.channels.get(C_DATA),
    "channels.all": lambda w, _: w.channels.all(),
    "seen.newest_at": lambda w, _: w.seen.newest_at(),
    "channels.public": lambda w, _: w.channels.public(),
    "channels.named": lambda w, _: w.channels.named(),
    "topic_channels.all": lambda w, _: w.topic_channels.all(),
    "published.get": lambda w, n: w.published.get(n.question),
    "published.newest": lambda w, _: w.published.newest(9),
    "questions.get": lambda w, n: w.questions.get(n.question),
    "questions.same_as": lambda w, _: w.questions.same_as(CY, "ours"),
    "questions.started": lambda w, _: w.questions.started(CY, WEEK),
    "questions.due": lambda w, _: w.questions.due(),
    "questions.next_due_at": lambda w, _: w.questions.next_due_at(),
    "questions.turn_of": lambda w, n: w.questions.turn_of(n.question, ADA),
    "questions.declined": lambda w, _: w.questions.declined(CY),
    "questions.with_peer": lambda w, _: w.questions.with_peer(ADA),
    "questions.open_of": lambda w, _: w.questions.open_of(CY),
    "questions.turns": lambda w, n: w.questions.turns(n.question),
    "evidence.key": lambda w, _: w.evidence.key(),
    "evidence.weigh": lambda w, _: w.evidence.weigh([WORD], asker=CY).people,
    "evidence.log": lambda w, _: any(w.evidence.log()),
    "evidence.learned": lambda w, _: w.evidence.learned(),
    "evidence.known": lambda w, _: w.evidence.known().seq,
    "credits.counted_for": lambda w, _: w.credits.counted_for(ADA),
    "presence.all": lambda w, _: any(w.presence.all(C_DATA)),
    "exchanges.active": lambda w, _: w.exchanges.active(),
    "exchanges.peer_of": lambda w, _: w.exchanges.peer_of(REACTION),
    "exchanges.outcome": lambda w, _: w.exchanges.outcome("question/ours", CY),
    "exchanges.numbers_of": lambda w, _: any(w.exchanges.numbers_of(ADA)),
    "pool.all": lambda w, _: w.pool.all(),
    "pool.get": lambda w, _: w.pool.get(ADA),
    "rounds.get": lambda w, n: w.rounds.get(n.round),
    "rounds.unsettled": lambda w, _: w.rounds.unsettled(),
    "rounds.published": lambda w, _: w.rounds.published(newest=3),
    "rounds.due": lambda w, _: w.rounds.due(),
    "rounds.next_due_at": lambda w, _: w.rounds.next_due_at(),
    "pairs.get": lambda w, n: w.pairs.get(n.pair),
    "pairs.of_round": lambda w, n: w.pairs.of_round(n.round),
    "pairs.of_rounds": lambda w, n: w.pairs.of_rounds([n.round]),
    "pairs.active": lambda w, _: w.pairs.active(),
    "pairs.active_of": lambda w, _: w.pairs.active_of(ADA),
    "activities.get": lambda w, n: w.activities.get(n.activity.id),
    "activities.open": lambda w, _: w.activities.open(),
    "activities.due": lambda w, _: w.activities.due(),
    "activities.next_due_at": lambda w, _: w.activities.next_due_at(),
    "occasions.get": lambda w, n: w.occasions.get(n.occasion.id),
    "occasions.before": lambda w, n: w.occasions.before(n.occasion),
    "occasions.due": lambda w, _: w.occasions.due(),
    "occasions.next_due_at": lambda w, _: w.occasions.next_due_at(),
    "contributions.text_of": lambda w, n: w.contributions.text_of(n.occasion.id, ADA),
    "contributions.author_of": lambda w, n: w.contributions.author_of(n.contribution),
    "contributions.count": lambda w, n: w.contributions.count(n.occasion.id),
    "deliveries.has": lambda w, _: w.deliveries.has(KEY),
    "deliveries.state_of": lambda w, _: w.deliveries.state_of(KEY),
    "deliveries.key_at": lambda w, _: w.deliveries.key_at(C_DATA, TS),
    "deliveries.reason_of": lambda w, _: w.deliveries.reason_of(KEY),
    "deliveries.whereabouts": lambda w, _: w.deliveries.whereabouts(KEY),
    "sending.due": lambda w, _: w.sending.due(9),
    "sending.next_due_at": lambda w, _: w.sending.next_due_at(),
    "sending.get": lambda w, n: w.sending.get(n.delivery),
    "waiting.backlog": lambda w, _: w.waiting.backlog().total,
    "waiting.unknown": lambda w, _: w.waiting.unknown(),
    "troubles.newest": lambda w, _: w.troubles.newest(9),
    "troubles.count": lambda w, _: w.troubles.count(),
    "troubles.listed": lambda w, _: w.troubles.listed([State.UNKNOWN]),
    "troubles.get": lambda w, n: w.troubles.get(n.delivery),
    "sending.ahead_of": lambda w, n: w.sending.ahead_of(w.sending.get(n.delivery)) + 1,
}
WRITES = """
evidence.warm
boundaries.avoid boundaries.avoid_only boundaries.refuse boundaries.refuse_only
questions.ask_on questions.put_in questions.nudged questions.count_relay exchanges.withdraw
topic_channels.assign topic_channels.release published.add published.withdraw published.forget_old
installation.record people.record people.set_topics people.set_limit people.set_paused
people.switch people.set_hours people.set_place
leads.name leads.relieve channels.replace channels.forget channels.add
questions.add questions.move questions.drop questions.forget_old questions.set_turn exchanges.log
exchanges.apply evidence.key_to_write evidence.sketch evidence.note evidence.learn credits.remove
credits.forget credits.forget_old presence.seen presence.seen_at presence.forget
presence.forget_old
exchanges.apply exchanges.note_change exchanges.note_use exchanges.forget_old
pool.enrol pool.leave rounds.open rounds.move rounds.try_again pairs.propose
pairs.move pairs.forget activities.start activities.move occasions.claim occasions.step_done
occasions.skip contributions.give contributions.forget_old deliveries.say deliveries.edit
deliveries.cancel occasions.forget_old
deliveries.show_home deliveries.freshen_homes sending.opened sending.start sending.wait
sending.postpone sending.try_again sending.not_sent sending.sent sending.updated sending.published
sending.drop sending.forget_old troubles.arrived troubles.send_again troubles.hurry
troubles.call_off pace.turn pace.pause seen.mark seen.forget_old
"""
