"""A made-up workspace of any size, to see how long a ranking takes there."""

from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from bot.domain.evidence import Kind
from bot.domain.ids import ChannelId, Tenant, UserId
from bot.domain.people import Person, Standing
from bot.domain.postings import pack
from bot.domain.words import hashed
from bot.run import Run
from bot.services.routing import experts_for
from storage.database import Database
from storage.memories import held_size
from storage.tables import EvidenceRow, PresenceRow, SketchRow
from storage.work import Work

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
WORDS_EACH, ASKED_EACH = 20, 14
ANSWERERS = (1, 1, 1, 2, 2, 3)
QUESTIONS = 200
ROWS_AT_ONCE = 20_000


class Company:
    """As many words as a text of that length has, some far more common than others."""

    def __init__(self, threads: int) -> None:
        self.threads, self.chance = threads, Random(threads)
        self.people = max(50, round(2 * sqrt(threads)))
        self.channels = max(5, round(sqrt(threads) / 5))
        self.words = round(30 * sqrt(threads * WORDS_EACH))

    def word(self) -> str:
        """By rank, as in a natural language: the chance of each is in inverse proportion to it."""
        return f"word{int(self.words ** self.chance.random())}"

    def answerer(self) -> str:
        return f"U{int(self.people ** self.chance.random()) - 1}"


def grown(database: Database, tenant: Tenant, threads: int) -> dict[str, Any]:
    """Fill a workspace with so many past questions, then ask some more."""
    company = Company(threads)
    run = Run(database, lambda: NOW, lambda: None, tenant)
    run(_join, company)
    key = run.look(lambda work: work.evidence.key())
    assert key
    _fill(database, tenant, company, key)
    begun = perf_counter()
    run.look(_ask, company)
    cold = perf_counter() - begun
    times = [_timed(run, company) for _ in range(QUESTIONS)]
    spread = quantiles(times, n=20)
    return {
        "method": "peerloop",
        "file": f"synthetic-{threads}",
        "threads": threads,
        "people": company.people,
        "p50_ms": round(spread[9] * 1000, 2),
        "p95_ms": round(spread[18] * 1000, 2),
        "cache_fill_s": round(cold, 2),
        "cache_bytes": held_size(database.engine, tenant),
    }


def _join(work: Work, company: Company) -> None:
    work.evidence.key_to_write()
    for number in range(company.people):
        work.people.record(Person(UserId(f"U{number}"), f"U{number}", "UTC", Standing.MEMBER))
    work.evidence.note(UserId("U0"), Kind.THANKED, "thread/first")


def _fill(database: Database, tenant: Tenant, company: Company, key: bytes) -> None:
    with database.engine.begin() as connection:
        for sketches, facts in _rows(tenant, company, key):
            connection.execute(insert(SketchRow), sketches)
            connection.execute(insert(EvidenceRow), facts)
        hours = array("f", [0.5] * 8 + [4.0] * 9 + [0.5] * 7).tobytes()
        presence = {"tenant": tenant, "channel": "", "last_at": NOW, "hours": hours}
        people = [{**presence, "user": f"U{number}"} for number in range(company.people)]
        connection.execute(insert(PresenceRow), people)


def _rows(
    tenant: Tenant, company: Company, key: bytes
) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    for first in range(0, company.threads, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, company.threads))
        sketches = [_sketch(tenant, company, key, number) for number in numbers]
        facts = [fact for sketch in sketches for fact in _facts(company, sketch)]
        yield sketches, facts


def _sketch(tenant: Tenant, company: Company, key: bytes, number: int) -> dict[str, Any]:
    words = {hashed(company.word(), key): 1 for _ in range(WORDS_EACH)}
    days = 365 * (1 - number / company.threads)
    return {
        "id": number + 1,
        "tenant": tenant,
        "thread": f"question/{number}",
        "author": "",
        "question_id": None,
        "asker": company.answerer(),
        "words": pack(words),
        "seq": 1,
        "at": NOW - timedelta(days=days),
    }


def _facts(company: Company, sketch: dict[str, Any]) -> list[dict[str, Any]]:
    users = {company.answerer() for _ in range(company.chance.choice(ANSWERERS))}
    channel = f"C{int(company.channels ** company.chance.random())}"
    shared = {name: sketch[name] for name in ("tenant", "thread", "asker", "seq", "at")}
    kind = {"kind": Kind.ANSWERED, "sketch_id": sketch["id"], "channel": channel}
    return [{**shared, **kind, "person": user} for user in sorted(users)]


def _ask(work: Work, company: Company) -> list[UserId]:
    text = " ".join(company.word() for _ in range(ASKED_EACH))
    channel = ChannelId(f"C{int(company.channels ** company.chance.random())}")
    return experts_for(work, asker=UserId("U_ASKER"), text=text, channel=channel).users


def _timed(run: Run, company: Company) -> float:
    begun = perf_counter()
    run.look(_ask, company)
    return perf_counter() - begun
