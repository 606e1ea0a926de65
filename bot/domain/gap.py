"""What was said between a backup and its restore: people read it, and nothing is known of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import Key


@dataclass(frozen=True, slots=True)
class Gap:
    """From the instant of the backup until it was put back.

    What is numbered `numbers_from` or higher was made since; lower numbers of what came after the
    backup are never given again, because there are messages with buttons about them.
    """

    since: datetime
    until: datetime
    numbers_from: int

    def may_hold(self, key: Key) -> bool:
        """Whether it may have been said then: it is about something that was known before."""
        numbers = [int(part) for part in key.split("/") if part.isdecimal()]
        return bool(numbers) and max(numbers) < self.numbers_from

    def covers(self, moment: datetime) -> bool:
        return self.since < moment <= self.until
