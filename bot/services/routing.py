"""Whom to ask: the colleagues who may help with a question, the likeliest first."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.expertise import Expert
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.people import Candidate
from bot.domain.presence import Presence
from bot.domain.questions import Question
from bot.domain.routing import Peer, Query, Ranking, explores
from bot.domain.weights import LOAD, SHIPPED
from bot.domain.words import named, topics_near
from storage.work import Work


def next_expert(work: Work, question: Question) -> Expert | None:
    """The likeliest of those who have not had a turn with it, and whom nothing else spares.

    One question in ten goes to somebody of whom little is known, if anything speaks for them.
    """
    spared = _spared(work, question)
    ranking = _ranked(work, question)
    fitting = [user for user in ranking.users if ranking.has_grounds(user) and user not in spared]
    if not fitting:
        return None
    newcomer = next((user for user in fitting if ranking.little_known(user)), fitting[0])
    if newcomer != fitting[0] and explores(f"{work.tenant}/{question.id}"):
        return ranking.expert(newcomer, explores=True)
    return ranking.expert(fitting[0])


def expert_now(work: Work, question: Question, peer: UserId) -> Expert | None:
    """`peer` as they stand at this moment; None if they cannot be asked any more."""
    ranking = _ranked(work, question)
    expert = ranking.expert(peer)
    is_free = expert and ranking.has_grounds(peer) and peer not in _never(work, question)
    return expert if is_free else None


def warm(work: Work) -> None:
    """Read newer evidence in a transaction of its own, in which nobody waits to write."""
    work.evidence.warm()


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
    """Whom the asker never wants to be sent to, and who refuses what it is about."""
    refused = work.boundaries.refused()
    about = question.topics | topics_near(question.text, refused).keys()
    refusing = (refused[topic] for topic in about if topic in refused)
    return work.boundaries.avoided_by(question.asker).union(*refusing)


def experts_for(
    work: Work,
    *,
    asker: UserId,
    text: str,
    channel: ChannelId | None = None,
    load: float = LOAD,
) -> Ranking:
    """Everybody who may be asked about this text, the likeliest first; nothing is stored."""
    key = work.evidence.key()
    words = named(text, key) if key else {}
    visible = frozenset(work.channels.public())
    recalled = work.evidence.weigh(words, asker=asker, channel=channel)
    learned = work.evidence.learned()
    return Ranking(
        _peers(work, text, channel),
        recalled,
        Query(asker, words, work.now, channel, visible),
        learned.weights if learned else SHIPPED,
        load=load,
    )


def _ranked(work: Work, question: Question) -> Ranking:
    return experts_for(work, asker=question.asker, text=question.text, channel=question.origin)


def _peers(work: Work, text: str, channel: ChannelId | None) -> list[Peer]:
    candidates = work.people.candidates()
    near = topics_near(text, {topic for each in candidates for topic in each.topics})
    anywhere, here = work.presence.all(channel)
    return [_peer(each, near, anywhere.get(each.user), here.get(each.user)) for each in candidates]


def _peer(
    candidate: Candidate,
    near: Mapping[Topic, float],
    anywhere: Presence | None,
    here_at: datetime | None,
) -> Peer:
    topics = {topic: near[topic] for topic in candidate.topics if topic in near}
    return Peer(candidate, topics, anywhere, here_at)
