"""`/learning`: where somebody stands, and every way to change it."""

from collections.abc import Sequence

from bot.domain.cards import Card, ChannelName, Command, Moment, Part, body
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.people import Choices, Switch
from bot.services.hours import in_words
from bot.services.members import require_member
from bot.services.reasons import listed, times
from storage.work import Work

NAMED_CHANNELS = 5
NAMED_TOPICS = 3

SWITCHES = {
    Switch.FINDABLE: "being found by your topics",
    Switch.AT_ONCE: "sending questions without a preview",
    Switch.RECEIPTS: "receipts for your emoji",
    Switch.LOOK_BACKS: "being asked three weeks later whether you used it",
}


def overview(work: Work, *, user: UserId) -> Card:
    """Where somebody stands, and every way to change it."""
    person = require_member(work, user)
    return Card(
        "Peerloop: learning from each other",
        body(
            *standing(work, user),
            *_ways(),
            *_for_leads(is_lead=user in work.leads.all(), is_admin=person.is_admin),
            *_where(work.channels.public()),
        ),
        footnote=body("Only you can see this."),
    )


def standing(work: Work, user: UserId) -> tuple[Part | str, ...]:
    """Everything somebody chose, and what it led to so far."""
    choices = work.people.choices(user)
    refused = work.boundaries.refused_by(user)
    asked = work.people.asked_this_week(user)
    learned, taught = work.exchanges.numbers_of(user)
    return (
        f"Your topics: {_some(choices.topics) or 'none yet'}.\n",
        f"Never about: {_some(refused)}.\n" if refused else "",
        f"Questions to you this week: {asked} of at most {choices.weekly_limit}",
        *_pause(choices),
        ".\n",
        f"You are at work {in_words(work.people.hours_of(user))}.\n",
        f"{_switched(choices)}\n",
        f"On the ledger: learned from colleagues {times(learned)}, they learned from you "
        f"{times(taught)}.",
    )


def _some(topics: Sequence[Topic]) -> str:
    """The first few, because all that one can do has to fit below; the form shows them all."""
    more = len(topics) - NAMED_TOPICS
    return ", ".join([*topics[:NAMED_TOPICS], *([f"and {more} more"] if more > 0 else [])])


def _switched(choices: Choices) -> str:
    """What is on, and what is off."""
    on = [words for switch, words in SWITCHES.items() if switch in choices.switched_on]
    off = [words for switch, words in SWITCHES.items() if switch not in choices.switched_on]
    said = ((state, listed(some)) for state, some in (("On", on), ("Off", off)) if some)
    return "\n".join(f"{state}: {words}." for state, words in said)


def _for_leads(*, is_lead: bool, is_admin: bool) -> tuple[Part | str, ...]:
    """What only some may do, for those who may."""
    ways: list[Part | str] = []
    if is_lead:
        ways += ["\n• ", Command("reflect"), ": weekly prompts in channels"]
        ways += ["\n• ", Command("mentor", "pair"), ": propose mentor pairs"]
        ways += ["\n• ", Command("learning", "channels"), ": where questions about a topic go"]
        ways += ["\n• ", Command("learning", "undelivered"), ": what may not have arrived"]
    if is_admin:
        ways += ["\n• ", Command("learning", "leads"), ": name the learning leads"]
    return tuple(ways)


def _pause(choices: Choices) -> tuple[Part | str, ...]:
    if choices.paused_until:
        return (", paused until ", Moment(choices.paused_until, with_time=False))
    return (", paused",) if choices.is_paused else ()


def _ways() -> tuple[Part | str, ...]:
    ways = {
        "settings": "all of this in one form",
        "topics sql, giving feedback": "what you can be asked about (or: topics none)",
        "limit 3": "at most so many questions a week",
        "pause": "no questions for now (or until a day: pause 2026-12-24)",
        "resume": "questions again",
        "hours 8:30-16:30": "when you are at work, so that nobody waits for you at night",
        "days mon-thu": "on which days",
        "holidays DE-BY": "whose public holidays you keep (or: holidays none)",
        "refuse excel": "what you would rather not be asked about (or: refuse none)",
        "counts": "what counts for you, to see and to remove",
        "findable on": "colleagues may find you by your topics",
        "at-once on": "your questions go out without a preview",
        "look-backs off": "no question three weeks later whether you used it",
        "receipts off": "no notes about your reactions",
    }
    lines: list[Part | str] = ["\n\nWhat you can do:"]
    for rest, effect in ways.items():
        lines += ["\n• ", Command("learning", rest), f": {effect}"]
    lines += [
        "\n• ",
        Command("ask_peer", "your question"),
        ": ask the colleague most likely to help",
        "\n• ",
        Command("ask_peer", "who knows sql?"),
        ": who lets themselves be found; nobody is asked",
        "\n• ",
        Command("mentor"),
        ": find a mentor, or be one",
    ]
    return tuple(lines)


def _where(channels: list[ChannelId]) -> tuple[Part | str, ...]:
    """The channels in which an emoji counts; private ones are nobody else's business."""
    react: list[Part | str] = ["\n• React with :bulb: to a message you learned from, "]
    if not channels:
        return (*react, "in any channel I am invited to.")
    react.append("in ")
    for channel in channels[:NAMED_CHANNELS]:
        react += [ChannelName(channel), ", "]
    more = "and others I am in" if len(channels) > NAMED_CHANNELS else "and wherever I am invited"
    return (*react, more, ".")
