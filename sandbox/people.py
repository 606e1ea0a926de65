"""The people of a workspace and how Slack describes them."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.errors import Json


@dataclass
class Person:
    id: str
    name: str
    real_name: str = ""
    title: str = ""
    tz: str = "Europe/London"
    topics: list[str] = field(default_factory=list)
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    deleted: bool = False
    team: str | None = None  # another workspace, for people met through Slack Connect

    @property
    def external(self) -> bool:
        return self.is_stranger or self.team is not None


FLAGS = (
    "is_admin",
    "is_owner",
    "is_restricted",
    "is_ultra_restricted",
    "is_bot",
    "is_stranger",
    "deleted",
)


def handle_of(user_id: str) -> str:
    return user_id.removeprefix("U_").lower()


def describe(person: Person, team: str, now: datetime) -> Json:
    """The user object of users.info, users.list, team_join and user_change."""
    user = _identity(person, team)
    if not person.deleted:  # Slack leaves zone and roles out for deactivated people
        user |= _roles(person) | _zone(person, now)
    return user


def _identity(person: Person, team: str) -> Json:
    return {
        "id": person.id,
        "team_id": person.team or team,
        "name": person.name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1772442000,
        "profile": {
            "real_name": person.real_name,
            "display_name": person.name,
            "title": person.title,
            "team": person.team or team,
        },
    }


def _roles(person: Person) -> Json:
    roles: Json = {
        "real_name": person.real_name,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
    }
    return roles | ({"is_stranger": True} if person.is_stranger else {})


def _zone(person: Person, now: datetime) -> Json:
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    return {
        "tz": person.tz,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }
