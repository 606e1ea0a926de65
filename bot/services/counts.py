"""What counts for somebody when a colleague is looked for: theirs to see, and to remove."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Command, Moment, Page, Part, body
from bot.domain.evidence import Counted, Kind
from bot.domain.ids import ChannelId, UserId
from bot.services.members import require_member
from storage.work import Work

SHOWN = 30

WHAT = {
    Kind.ANSWERED: "you took on a question",
    Kind.SOLVED: "the asker said that it helped",
    Kind.THANKED: "somebody learned from a message of yours",
    Kind.NOT_ME: "you did not want to be asked about something like this",
}


def page(work: Work, *, user: UserId) -> Page:
    """Everything that was kept about their help, the newest first, each to be removed."""
    require_member(work, user)
    counted = work.credits.counted_for(user)
    public = frozenset(work.channels.public())
    rows = tuple(_row(each, public) for each in counted[:SHOWN])
    more = len(counted) - SHOWN
    rest = (Card("", body(f"And {more} older ones, shown as you remove these.")),)
    return (_about(work, user, is_empty=not counted), *rows, *(rest if more > 0 else ()))


def remove(work: Work, *, user: UserId, thread: str) -> None:
    """Let one of them count no more, wherever a colleague is looked for from now on."""
    require_member(work, user)
    work.credits.remove(user, thread)


def _about(work: Work, user: UserId, *, is_empty: bool) -> Card:
    topics = ", ".join(work.people.choices(user).topics) or "none"
    nothing = " Of your help nothing is kept so far." if is_empty else ""
    return Card(
        "What counts for me",
        body(
            "When a colleague looks for help, this speaks for you: the topics you declared"
            f" ({topics}), at which hours you tend to be around, and the help below.{nothing}"
            " Of questions only scrambled words are kept, for a year. To change your topics: ",
            Command("learning", "settings"),
        ),
        footnote=body("Only you can see this. What you remove is gone at once."),
    )


def _row(counted: Counted, public: frozenset[ChannelId]) -> Card:
    what = ", ".join(WHAT[kind] for kind in counted.kinds)
    where: tuple[Part | str, ...] = ()
    if counted.channel:
        is_public = counted.channel in public
        where = (", in ", ChannelName(counted.channel) if is_public else "a private channel")
    when = Moment(counted.at, with_time=False)
    said = body(f"{what[0].upper()}{what[1:]}", *where, ": ", when, ".")
    return Card("", said, (Button("Remove", Action.CREDIT_REMOVE, counted.thread),))
