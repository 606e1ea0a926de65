"""Why somebody was chosen, in words, from the very numbers that ranked them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.cards import ChannelName, Moment, Part
from bot.domain.expertise import Reason

MOST_LISTED = 5
MOST_CHANNELS = 2


def why_them(reason: Reason) -> tuple[Part | str, ...]:
    return (" ", *_grounds(reason, "lists {} among their topics"), ". Your question:")


def why_you(reason: Reason) -> tuple[Part | str, ...]:
    elsewhere = replace(reason, helped_here=False)  # where it was asked is not told along
    return ("Why you: you ", *_grounds(elsewhere, "list {} among your topics"), ".")


def why_found(reason: Reason) -> tuple[Part | str, ...]:
    return (" ", *_grounds(reason, "lists {} among their topics"), ".")


def _grounds(reason: Reason, declares: str) -> tuple[Part | str, ...]:
    """The reason in words, from the numbers that ranked."""
    grounds: list[Part | str] = []
    if reason.declared:
        grounds += [declares.format(listed_in_short(reason.declared)), " · "]
    if reason.answered:
        grounds += [*_help(reason), " · "]
    elif reason.helped_here:
        grounds += ["helped others in this channel · "]
    if reason.is_around:
        grounds.append("usually around at this hour · ")
    if reason.explores and not reason.answered:
        grounds.append("chosen so that newcomers get a turn · ")
    asked = reason.asked_this_week
    grounds.append(f"asked {times(asked)} this week" if asked else "not asked yet this week")
    return tuple(grounds)


def _help(reason: Reason) -> tuple[Part | str, ...]:
    """How often, with what, in which channels, and when last."""
    about = f" with {listed(reason.words)}" if reason.words else ""
    places: list[Part | str] = [" in"] if reason.channels else []
    for channel in reason.channels[:MOST_CHANNELS]:
        places += [" ", ChannelName(channel)]
    latest = reason.last_helped_at
    end = (" (latest ", Moment(latest, with_time=False), ")") if latest else ()
    return (f"helped {times(reason.answered)}{about}", *places, *end)


def times(count: int) -> str:
    """So often, in words where there are good ones: not yet, once, twice, 3 times."""
    return {0: "not yet", 1: "once", 2: "twice"}.get(count, f"{count} times")


def listed_in_short(words: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    if len(words) <= MOST_LISTED + 1:
        return listed(words)
    return listed([*words[:MOST_LISTED], f"{len(words) - MOST_LISTED} more"])


def listed(words: Sequence[str]) -> str:
    """One; one and two; one, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
