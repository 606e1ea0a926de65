"""What is wrong with an installation, and what that means: a sentence for each finding."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.domain.backlog import Backlog
from bot.scopes import lacking, loss
from bot.slack.checkup import SlackFacts

CLOCKS_MAY_DIFFER = timedelta(minutes=1)


class Weight(IntEnum):
    """The heaviest finding is the status `peerloop doctor` ends with."""

    NOTE = 0
    PROBLEM = 1
    SETTING = 2


@dataclass(frozen=True, slots=True)
class Finding:
    weight: Weight
    words: str


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    problem: str | None = None
    """Why nothing else is known of it."""
    revision: str | None = None
    needed: str | None = None
    backlogs: tuple[Backlog, ...] = ()
    unknown: int = 0
    missing: str | None = None
    """The name of its file, where that is not there."""


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """Of the process that holds the SQLite file, and of whoever answers on our port."""

    holder: int | None = None
    port: int = 0
    checks: dict[str, str] | None = None
    """What it says of itself on /ready, problems only; None where nobody answers."""


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    known: int
    has_package: bool


@dataclass(frozen=True, slots=True)
class Facts:
    now: datetime
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    zones: ZoneFacts
    database: DatabaseFacts
    process: ProcessFacts = field(default_factory=ProcessFacts)
    slack: SlackFacts | None = None
    """None where there are no tokens to ask with."""


def examine(facts: Facts) -> list[Finding]:
    """Everything there is to say, the heaviest first."""
    found = [
        *check_slack(facts.slack),
        *check_scopes(facts),
        *check_clock(facts),
        *check_database(facts.database),
        *check_file(facts.database, facts.process),
        *check_deliveries(facts.database, facts.now),
        *check_process(facts.process),
        *check_zones(facts.zones),
    ]
    return sorted(found, key=lambda finding: -finding.weight)


def check_slack(slack: SlackFacts | None) -> Iterator[Finding]:
    if slack is None:
        yield Finding(Weight.SETTING, "There is no SLACK_BOT_TOKEN, so Slack was not asked.")
        return
    for problem in (slack.bot_token, slack.app_token):
        if problem:
            yield Finding(Weight.PROBLEM, problem)


def check_scopes(facts: Facts) -> Iterator[Finding]:
    """What is optional was perhaps left out on purpose: that costs something, but is no fault."""
    if facts.slack is None or facts.slack.bot_token:
        return
    granted = facts.slack.granted
    if granted is None:
        yield Finding(Weight.NOTE, "Slack did not say which permissions the bot token has.")
    for scope in lacking(facts.scopes, granted):
        remedy = "Ask for its approval, or install the app again from manifest.yml."
        yield Finding(Weight.PROBLEM, f"{loss(scope)} {remedy}")
    for scope in lacking(facts.optional_scopes, granted):
        yield Finding(Weight.NOTE, loss(scope))


def check_clock(facts: Facts) -> Iterator[Finding]:
    if facts.slack is None or facts.slack.now is None:
        return
    ahead = facts.now - facts.slack.now
    if abs(ahead) <= CLOCKS_MAY_DIFFER:
        return
    side = "ahead of" if ahead > timedelta(0) else "behind"
    yield Finding(
        Weight.PROBLEM,
        f"The clock of this computer is {spoken(abs(ahead))} {side} Slack's. Set it by NTP: "
        "prompts come at the wrong time, and after five minutes requests over HTTP are refused.",
    )


def check_database(database: DatabaseFacts) -> Iterator[Finding]:
    if database.problem:
        yield Finding(Weight.PROBLEM, database.problem)
    elif not database.missing and database.revision != database.needed:
        have = f"at revision {database.revision}" if database.revision else "empty"
        yield Finding(
            Weight.PROBLEM,
            f"The database is {have}, and this version needs {database.needed}: "
            "`peerloop migrate` brings it there, and so does a start.",
        )


def check_file(database: DatabaseFacts, process: ProcessFacts) -> Iterator[Finding]:
    """What a process has open goes on without its name, until that process ends."""
    if not database.missing:
        return
    if process.holder is None and "database" not in (process.checks or {}):
        words = f"There is no database {database.missing} yet. `peerloop migrate` makes it."
    else:
        words = (
            f"The database {database.missing} was deleted or moved away while the bot works with "
            "it. What the bot writes from now on is lost: stop it, put the file back, or a copy "
            "of it, and start again."
        )
    yield Finding(Weight.PROBLEM, words)


def check_deliveries(database: DatabaseFacts, now: datetime) -> Iterator[Finding]:
    overdue = sum(backlog.overdue for backlog in database.backlogs)
    if overdue:
        oldest = max(backlog.oldest_for(now) for backlog in database.backlogs)
        yield Finding(
            Weight.PROBLEM,
            f"Overdue deliveries: {overdue}. The oldest has been waiting for {spoken(oldest)}. "
            "Is `peerloop run` running? Its log says what Slack answered.",
        )
    if database.unknown:
        yield Finding(
            Weight.NOTE,
            f"Deliveries that may or may not have arrived: {database.unknown}. They are not sent "
            "again by themselves, because twice would be worse. Leads settle them by /learning "
            "undelivered, you by peerloop deliveries.",
        )


def check_process(process: ProcessFacts) -> Iterator[Finding]:
    """A second process is the running bot, and well, as long as that answers."""
    if process.checks is not None:
        for name, problem in process.checks.items():
            yield Finding(Weight.PROBLEM, f"The running bot says of its {name}: {problem}")
    if process.holder is None:
        return
    who = f"Process {process.holder} works with this database"
    if process.checks is not None or not process.port:
        yield Finding(Weight.NOTE, f"{who}; a second one could not.")
        return
    yield Finding(
        Weight.PROBLEM,
        f"{who}, but no Peerloop answers on port {process.port}: it is still starting, it hangs, "
        "or it runs with another PORT.",
    )


def check_zones(zones: ZoneFacts) -> Iterator[Finding]:
    if not zones.known:
        yield Finding(
            Weight.PROBLEM,
            "No time zones are known here, so nobody's working hours are. Install tzdata.",
        )
    elif not zones.has_package:
        yield Finding(
            Weight.NOTE,
            "The package tzdata is not installed: time zones are those of the operating system, "
            "however old they are.",
        )


def spoken(length: timedelta) -> str:
    """Roughly, in the largest unit of which there are two."""
    seconds = int(length.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
