"""Every kind of activity: to add one, write its file and name it here."""

from bot.activities.base import ActivityKind
from bot.activities.prompt import PROMPT

ALL: tuple[ActivityKind, ...] = (PROMPT,)
BY_KIND = {each.kind: each for each in ALL}
