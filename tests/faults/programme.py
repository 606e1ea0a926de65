"""What stands in a cluster's database when its story begins: leads, weekly questions, a draft."""

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from bot.domain.cadence import Weekly
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.matching import Pair, Proposal, Role
from bot.domain.mentoring import Enrolment
from bot.domain.people import Person, Standing
from bot.services import directory, rounds
from storage.work import Work
from tests.faults.cluster import PEOPLE, Cluster

LEE, MO = UserId("U_LEE"), UserId("U_MO")
PAIRS = (("U_ADA", "U_CY", "word-1"), ("U_BO", "U_DOT", "word-2"))
GENERAL = "C_GENERAL"


def everybody(work: Work) -> None:
    """The whole company is known, and two of them are leads."""
    directory.install(work, name="Company", bot_user=UserId("U_BOT"))
    for name in PEOPLE:
        user = UserId(f"U_{name.upper()}")
        work.people.record(Person(user, name, "Europe/London", Standing.MEMBER))
    for lead in {LEE, MO} - set(work.leads.all()):
        work.leads.name(lead, by=lead)


def a_weekly_question(
    cluster: Cluster,
    weekday: int = 0,
    at: time = time(10),
    zone: str = "Europe/London",
    *,
    channels: Sequence[str] = (GENERAL,),
    names: str = "shown",
) -> list[int]:
    """Lee asks each channel for its question of the week; the numbers of the activities."""
    cluster.zone = ZoneInfo(zone)
    weekly = Weekly(weekday, at, ZoneInfo(zone))
    settings = {"prompt": "own", "text": "What did you learn?", "names": names}

    def started(work: Work) -> list[int]:
        everybody(work)
        return [
            work.activities.start(
                kind="prompt",
                channel=ChannelId(channel),
                lead=LEE,
                settings=settings,
                weekly=weekly,
                due_at=weekly.next_after(work.now).at,
            )
            for channel in channels
        ]

    return cluster.does(started)


def a_pool(work: Work) -> None:
    """Two mentors and two mentees, each with a topic of their own."""
    everybody(work)
    for mentor, mentee, word in PAIRS:
        topics = (Topic(word),)
        work.pool.enrol(Enrolment(UserId(mentor), Role.MENTOR, offers=topics))
        work.pool.enrol(Enrolment(UserId(mentee), Role.MENTEE, wants=topics))


def a_draft(cluster: Cluster) -> int:
    """Lee was proposed two pairs; the number of the round."""

    def proposed(work: Work) -> int:
        a_pool(work)
        rounds.open_round(work, lead=LEE)
        [round_id] = work.rounds.due()
        pairs = [
            Pair(UserId(mentor), UserId(mentee), (Topic(word),), hours=8, score=1)
            for mentor, mentee, word in PAIRS
        ]
        rounds.propose(work, round_id, Proposal(tuple(pairs), ()))
        return round_id

    expect_the_draft(cluster)
    return cluster.does(proposed)


def expect_the_draft(cluster: Cluster) -> None:
    """Its first line is of the first pair."""
    cluster.expected.add((LEE, PAIRS[0][2]))


def expect_introductions(cluster: Cluster) -> None:
    cluster.expected |= {(f"{mentor},{mentee}", word) for mentor, mentee, word in PAIRS}
