"""What was to be seen of a running program at one moment, and whether it is fit to work."""

from dataclasses import dataclass

from bot.domain.backlog import FAILING, UNTOUCHED, Backlog
from bot.scopes import loss

MINUTE = 60

DATABASE_AWAY = "The database does not answer."
DATABASE_BUSY = "The database has not answered the last look yet."
FILE_GONE = "The database file is not there any more."
SCHEMA_DIFFERS = (
    "The schema of the database is not the one this version needs; another version may be at work."
)
NOT_SEEN = "This could not be looked up."
NOT_CONNECTED = "There is no connection to Slack at the moment; Peerloop keeps trying."


@dataclass(frozen=True, slots=True)
class Sight:
    """Of the database a sentence if it does not answer; then nothing is known of what is in it."""

    database: str | None = None
    schema: str | None = None
    backlog: Backlog | None = None
    oldest_age: float = 0
    is_connected: bool | None = None
    """To Slack by Socket Mode; None where Slack comes to us over HTTP."""
    tick_age: float | None = None
    tick_limit: float = MINUTE
    missing_scopes: tuple[str, ...] = ()

    @property
    def checks(self) -> dict[str, str | None]:
        """For each check a sentence on what is wrong; None if nothing is."""
        found = {
            "database": self.database,
            "schema": NOT_SEEN if self.database else self.schema,
            "deliveries": self._deliveries(),
        }
        if self.tick_age is not None:
            found["tick"] = self._tick(self.tick_age)
        if self.is_connected is None:
            return {**found, "http": None}  # whoever reads this was served
        return {**found, "socket": None if self.is_connected else NOT_CONNECTED}

    @property
    def is_ready(self) -> bool:
        return not any(self.checks.values())

    @property
    def off(self) -> list[str]:
        """What does not work for want of a permission; everything else does."""
        return [loss(scope) for scope in self.missing_scopes]

    def _tick(self, age: float) -> str | None:
        if age <= self.tick_limit:
            return None
        return f"Nothing that fell due has been looked at for {age:.0f} seconds."

    def _deliveries(self) -> str | None:
        if self.backlog is None:
            return NOT_SEEN
        if not self.backlog.overdue:
            return None
        return (
            f"{self.backlog.overdue} overdue: not looked at for "
            f"{UNTOUCHED.seconds // MINUTE} minutes, or tried in vain for "
            f"{FAILING.seconds // MINUTE}."
        )
