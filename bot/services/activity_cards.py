"""What is said to leads about the activities they run."""

from bot.activities import BY_KIND
from bot.activities.base import ActivityKind
from bot.domain.actions import Action
from bot.domain.cadence import Occurrence, Weekly
from bot.domain.cards import Button, Card, ChannelName, Command, Moment, Page, Part, body
from bot.domain.ids import ChannelId
from bot.domain.running import RunningActivity, RunState

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FOR_GOOD = "It ends for good. What was said in the channel stays. To rest for a while, pause it."

MOST_LISTED = 19
"""Each takes up to five of the hundred blocks that a view may have."""

GONE = {
    "channel_not_found": "the channel is gone, or I have been removed from it",
    "not_in_channel": "I am not in the channel any more",
    "is_archived": "the channel is archived",
    "restricted_action": "I am not allowed to post there",
}


def started(kind: ActivityKind, channel: ChannelId, weekly: Weekly, first: Occurrence) -> Card:
    return Card(
        f"{kind.title}: started",
        body(
            ChannelName(channel),
            f", {wall_time(weekly)}. The first comes ",
            Moment(first.at),
            " by your own clock. To pause or end it: ",
            Command("reflect"),
            ".",
        ),
    )


def listing(activities: list[RunningActivity]) -> Page:
    """Everything that runs, with what a lead can do about it."""
    if not activities:
        nothing = Card("Nothing is running yet", body("Start a weekly prompt in a channel."))
        return (nothing, _new())
    more = len(activities) - MOST_LISTED
    rest = f"And {more} more. They come into view here as others end."
    others = (Card("", body(rest)),) if more > 0 else ()
    return (*(_line(each) for each in activities[:MOST_LISTED]), *others, _new())


def managed(activity: RunningActivity) -> Card:
    """How things stand with an activity after a lead has decided something."""
    said = {
        RunState.RUNNING: "goes on",
        RunState.PAUSED: "is paused",
        RunState.ENDED: "has ended",
    }[activity.state]
    where = body(ChannelName(activity.channel), f", {wall_time(activity.weekly)}: {said}.")
    return Card(BY_KIND[activity.kind].title, where)


def wall_time(weekly: Weekly) -> str:
    day = WEEKDAYS[weekly.weekday]
    return f"every {day} at {weekly.at:%H:%M} ({weekly.zone.key})"


def could_not_post(kind: ActivityKind, activity: RunningActivity, reason: str) -> Card:
    return Card(
        f"{kind.title}: paused",
        body(
            "I could not post in ",
            ChannelName(activity.channel),
            f": {GONE.get(reason, f'Slack says {reason}')}. Nothing more is posted there until"
            " you resume it.",
        ),
        (Button("Resume", Action.ACTIVITY_RESUME, str(activity.id)),),
        body("You get this because you started it. All that runs: ", Command("reflect")),
    )


def _new() -> Card:
    return Card("", buttons=(Button("New weekly prompt", Action.ACTIVITY_NEW, "open", "primary"),))


def _line(activity: RunningActivity) -> Card:
    kind = BY_KIND[activity.kind]
    next_one: tuple[Part | str, ...] = ("\nPaused.",)
    if activity.reason:
        next_one = (f"\nPaused: {GONE.get(activity.reason, activity.reason)}.",)
    if activity.due_at:
        next_one = ("\nNext: ", Moment(activity.due_at), ".")
    return Card(
        kind.title,
        body(
            ChannelName(activity.channel),
            f", {wall_time(activity.weekly)}.\n{kind.summary(activity.settings)}",
            *next_one,
        ),
        _buttons(activity),
        body(_design(activity)),
    )


def _buttons(activity: RunningActivity) -> tuple[Button, ...]:
    number = str(activity.id)
    end = Button("End", Action.ACTIVITY_END, number, confirm=FOR_GOOD)
    if activity.state is RunState.PAUSED:
        return (Button("Resume", Action.ACTIVITY_RESUME, number), end)
    return (Button("Pause", Action.ACTIVITY_PAUSE, number), end)


def _design(activity: RunningActivity) -> str:
    """Where it stands on the four dimensions, in words."""
    design = BY_KIND[activity.kind].design(activity.settings)
    places = {
        "Immediacy": design.immediacy,
        "structure": design.structure,
        "scale": design.scale,
        "transparency": design.transparency,
    }
    return "; ".join(f"{name}: {place.why}" for name, place in places.items())
