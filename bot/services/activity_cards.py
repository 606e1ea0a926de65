"""What is said to leads about the activities they run."""

from bot.activities import BY_KIND
from bot.activities.base import ActivityKind, Design, Settings
from bot.domain.actions import Action
from bot.domain.cadence import Occurrence, Weekly
from bot.domain.cards import Button, Card, ChannelName, Command, Moment, Page, Part, body
from bot.domain.ids import ChannelId
from bot.domain.running import RunningActivity, RunState

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FOR_GOOD = "It ends for good. What was said in the channel stays. To rest for a while, pause it."

A_PAGE = 15
"""Each takes up to five of the hundred blocks that a view may have."""

PRIVATE = "\nWhat is asked is shown to the lead who started it: this channel is private."

GONE = {
    "channel_not_found": "the channel is gone, or I have been removed from it",
    "not_in_channel": "I am not in the channel any more",
    "is_archived": "the channel is archived",
    "restricted_action": "I am not allowed to post there",
}


def started(
    kind: ActivityKind,
    settings: Settings,
    channel: ChannelId,
    weekly: Weekly,
    first: Occurrence,
) -> Card:
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
        footnote=body(_design(kind.design(settings))),
    )


def listing(activities: list[RunningActivity], shown: set[int], *, is_first: bool = True) -> Page:
    """What runs, with what a lead can do about it; the words only of those `shown`."""
    if not activities and is_first:
        nothing = Card("Nothing is running yet", body("Start a weekly prompt in a channel."))
        return (nothing, _new())
    page, rest = activities[:A_PAGE], activities[A_PAGE:]
    lines = (_line(each, shows_words=each.id in shown) for each in page)
    return (*lines, *_turn(page, len(rest), is_first=is_first), _new())


def _turn(page: list[RunningActivity], rest: int, *, is_first: bool) -> Page:
    """To the next page and back to the first, where there are more than one."""
    more = Button(f"Show the next {min(rest, A_PAGE)}", Action.ACTIVITY_MORE, _last(page))
    back = Button("Back to the first", Action.ACTIVITY_MORE, "0")
    if rest:
        return (Card("", buttons=(more,)),)
    return () if is_first else (Card("", buttons=(back,)),)


def _last(page: list[RunningActivity]) -> str:
    return str(page[-1].id) if page else "0"


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
        body("You get this because you are a learning lead. All that runs: ", Command("reflect")),
    )


def answer_not_posted(activity: RunningActivity) -> Card:
    return Card(
        "Your answer was not posted",
        body(
            "Slack did not let me show your answer in ",
            ChannelName(activity.channel),
            ". I am sorry: if you still have it, you may write it into the channel yourself.",
        ),
        footnote=body("You get this because you answered a prompt there."),
    )


def _new() -> Card:
    return Card("", buttons=(Button("New weekly prompt", Action.ACTIVITY_NEW, "open", "primary"),))


def _line(activity: RunningActivity, *, shows_words: bool) -> Card:
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
            f", {wall_time(activity.weekly)}.",
            f"\n{kind.summary(activity.settings)}" if shows_words else PRIVATE,
            *next_one,
        ),
        _buttons(activity),
    )


def _buttons(activity: RunningActivity) -> tuple[Button, ...]:
    number = str(activity.id)
    end = Button("End", Action.ACTIVITY_END, number, confirm=FOR_GOOD)
    if activity.state is RunState.PAUSED:
        return (Button("Resume", Action.ACTIVITY_RESUME, number), end)
    return (Button("Pause", Action.ACTIVITY_PAUSE, number), end)


def _design(design: Design) -> str:
    """Where it stands on the four dimensions, in words."""
    places = {
        "Immediacy": design.immediacy,
        "structure": design.structure,
        "scale": design.scale,
        "transparency": design.transparency,
    }
    return "; ".join(f"{name}: {place.why}" for name, place in places.items()) + "."
