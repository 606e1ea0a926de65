"""Gathers what the doctor judges, without taking or changing anything; the bot may be running."""

import json
from http.client import HTTPException
from importlib.metadata import PackageNotFoundError, version
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot import manifest
from bot.clock import wall_clock
from bot.config import Settings
from bot.doctor import DatabaseFacts, Facts, ProcessFacts, ZoneFacts
from bot.slack import checkup as slack
from storage.database import Database, DatabaseUnusable, Mode, answering
from storage.files import obstacle
from storage.installed import tenants
from storage.lockfile import LockFile
from storage.schema import HEAD, current_revision, why_not_ours

SECONDS = 3
A_ZONE = "America/New_York"
CHECKED = (
    "settings, manifest, tokens, permissions, clock, database, schema, deliveries, processes, "
    "time zones"
)


def facts(settings: Settings) -> Facts:
    """Raises ManifestError."""
    wanted = manifest.load()
    return Facts(
        now=wall_clock(),
        scopes=wanted.scopes,
        optional_scopes=wanted.optional_scopes,
        zones=_zones(),
        database=_database(settings.database_url),
        process=_process(settings),
        slack=_slack(settings),
    )


def _slack(settings: Settings) -> slack.SlackFacts | None:
    if not settings.slack_bot_token:
        return None
    return slack.ask(
        bot_token=settings.slack_bot_token,
        app_token=settings.slack_app_token,
        api_url=settings.slack_api_url,
    )


def _database(url: str) -> DatabaseFacts:
    try:
        database = Database(url)
    except DatabaseUnusable as error:
        return DatabaseFacts(problem=str(error))
    try:
        return _inside(database)
    except DatabaseUnusable as error:
        return DatabaseFacts(problem=str(error))
    finally:
        database.dispose()


def _inside(database: Database) -> DatabaseFacts:
    in_the_way = obstacle(database.file) if database.file else None
    if in_the_way:
        return DatabaseFacts(problem=in_the_way)
    if database.file and not database.file.exists():
        return DatabaseFacts(missing=database.file.name)
    revision = current_revision(database)
    if revision != HEAD:
        return DatabaseFacts(why_not_ours(database), revision=revision, needed=HEAD)
    backlogs, unknown = [], 0
    with answering():
        for tenant in tenants(database):
            with database.begin(tenant, wall_clock(), Mode.READ) as work:
                backlogs.append(work.waiting.backlog())
                unknown += work.waiting.unknown()
    return DatabaseFacts(None, revision, HEAD, tuple(backlogs), unknown)


def _process(settings: Settings) -> ProcessFacts:
    try:
        file = Database(settings.database_url).file
    except DatabaseUnusable:
        file = None
    holder = LockFile(file).holder() if file else None
    return ProcessFacts(holder, settings.port, _checks(settings.port) if settings.port else None)


def _checks(port: int) -> dict[str, str] | None:
    """What the bot on this port says is wrong; None where none answers."""
    direct = build_opener(ProxyHandler({}))  # this is not a way out of here
    try:
        with direct.open(f"http://127.0.0.1:{port}/ready", timeout=SECONDS) as answer:
            body = answer.read()
    except HTTPError as error:
        with error:
            body = error.read()
    except (OSError, HTTPException):
        return None
    try:
        checks = json.loads(body)["checks"]
        return {name: words for name, words in checks.items() if words != "ok"}
    except (ValueError, LookupError, TypeError, AttributeError):
        return None  # some other program's page


def _zones() -> ZoneFacts:
    try:
        has_package = bool(version("tzdata"))
    except PackageNotFoundError:
        has_package = False
    return ZoneFacts(len(available_timezones()) if _is_readable(A_ZONE) else 0, has_package)


def _is_readable(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
