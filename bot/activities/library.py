"""Questions that make people look at how they work and learn, written down in library.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files


class Theme(StrEnum):
    NOTICING = "noticing"
    ASKING = "asking"
    TRYING = "trying"
    MISTAKES = "mistakes"
    TEACHING = "teaching"
    TEAMWORK = "teamwork"


class Level(StrEnum):
    """What a question asks of the mind, by Bloom's taxonomy."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


class Audience(StrEnum):
    """Whom a question is about: me, or us."""

    INDIVIDUAL = "individual"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Prompt:
    id: str
    title: str
    text: str
    theme: Theme
    level: Level
    audience: Audience


@cache
def prompts() -> tuple[Prompt, ...]:
    """All of them, in the order of the file."""
    text = files("bot.activities").joinpath("library.toml").read_text(encoding="utf-8")
    return tuple(_read(entry) for entry in tomllib.loads(text)["prompt"])


def _read(entry: dict[str, str]) -> Prompt:
    return Prompt(
        id=entry["id"],
        title=entry["title"],
        text=entry["text"],
        theme=Theme(entry["theme"]),
        level=Level(entry["level"]),
        audience=Audience(entry["audience"]),
    )


def prompt(name: str) -> Prompt | None:
    """The question with that id; None if there is none, or none any more."""
    return next((each for each in prompts() if each.id == name), None)


def rotating(activity: int, number: int) -> Prompt:
    """The question of an activity's occasion `number`: none comes again before all have come.

    Every activity has an order of its own, and another one each time it has been through them all.
    """
    lap, place = divmod(number, len(prompts()))
    order = _order(activity, lap)
    if lap and order[0] == _order(activity, lap - 1)[-1]:
        # The same question twice in a row would look like a mistake.
        order[:2] = reversed(order[:2])
    return order[place]


def _order(activity: int, lap: int) -> list[Prompt]:
    """Shuffled by a hash that is the same in every process and on every machine."""
    return sorted(
        prompts(), key=lambda each: sha256(f"{activity}/{lap}/{each.id}".encode()).digest()
    )
