"""What is said about a round: the draft for its lead, and a word to whoever found nobody."""

from collections.abc import Iterator, Sequence
from html import escape

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Part, body
from bot.domain.ids import UserId
from bot.domain.matching import LeftOver, Role
from bot.domain.mentoring import MentorPair, Round, RoundState
from bot.services.pair_cards import WHY_THIS_COMES, hours
from bot.services.reasons import listed_in_short

A_PAGE = 15
ROOM = 2_500
"""Pairs, or people, in one message, and the characters they may take: more would outgrow it."""

MENTION = 36
"""Characters, of the longest there are."""

Line = tuple[Part | str, ...]

FOR_GOOD = "Each pair is introduced in a conversation of its own. This cannot be taken back."

BROKEN = (
    " could not be paired any more: one of them has left, paused, found somebody else or changed"
    " their topics."
)

SETTLED = {
    RoundState.PROPOSING: "The pairs are still being looked for.",
    RoundState.DRAFT: "This draft waits for your word.",
    RoundState.PUBLISHED: "This round has been published already. Nothing was sent again.",
    RoundState.DISCARDED: "This draft was discarded, or a newer one has taken its place.",
    RoundState.FAILED: "No pairs could be found in this round. Please open a new one.",
}


def looking() -> Card:
    return Card(
        "I am looking for the best pairs",
        body("The draft comes to our direct messages, for you alone. Nothing is sent to anybody."),
    )


def draft(found: Round, pairs: Sequence[MentorPair], left: Sequence[LeftOver]) -> list[Card]:
    """The first card can be decided on; the others stand in its thread."""
    pages = _pages([*_pair_lines(pairs), *_left_lines(left)])
    first = Card(
        "Proposed mentor pairs",
        body(_count(pairs, left), *_flat(pages[0]), *_more(len(pages))),
        _decisions(found, pairs),
        body("Only you can see this draft. Nothing has been sent to anybody."),
    )
    return [first, *(_page(lines, n + 2, len(pages)) for n, lines in enumerate(pages[1:]))]


def published(
    lead: UserId,
    kept: Sequence[MentorPair],
    broken: Sequence[MentorPair],
    left: Sequence[LeftOver],
) -> Card:
    broken_lines = [
        ("\n• ", Mention(pair.mentor), " and ", Mention(pair.mentee), BROKEN)
        for pair in broken[:A_PAGE]
    ]
    return Card(
        "Mentor pairs, published",
        body(
            Mention(lead),
            f" published this round. Being introduced: {_pairs(len(kept)).lower()}. {_told(left)}",
            *_flat(broken_lines),
        ),
    )


def publishing(pairs: int) -> Card:
    return Card("Published", body(f"To be introduced now: {_pairs(pairs).lower()}."))


def discarded() -> Card:
    return Card("Discarded", body("This draft is gone, and nobody has heard of it."))


def settled_page() -> Card:
    return Card("This draft is closed", body("What became of it stands above."))


def replaced(lead: UserId) -> Card:
    return Card(
        "Replaced by a newer draft",
        body(Mention(lead), " opened a newer round. Of this one nobody else has heard."),
    )


def stale(state: RoundState) -> Card:
    return Card("This has moved on", body(SETTLED[state]))


def failed() -> Card:
    return Card(
        "I could not find pairs",
        body(
            "Something went wrong each time I tried. Nothing was sent to anybody. Whoever runs"
            " Peerloop can see why in its log. To try again: ",
            Command("mentor", "pair"),
        ),
        footnote=body("You get this because you opened a round."),
    )


def nobody_this_time(left: LeftOver) -> Card:
    is_mentee = left.role is Role.MENTEE
    next_time = " You go first in the next round." if is_mentee else ""
    return Card(
        "No mentor for you this time" if is_mentee else "No mentee for you this time",
        body(f"{left.why}{next_time} You may widen your topics: ", Command("mentor")),
        footnote=WHY_THIS_COMES,
    )


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Whole lines on each page: a lead must not publish what was cut off."""
    pages: list[list[Line]] = [[]]
    room = ROOM
    for line in lines:
        room -= _size(line)
        if pages[-1] and (len(pages[-1]) == A_PAGE or room < 0):
            pages.append([])
            room = ROOM - _size(line)
        pages[-1].append(line)
    return pages


def _size(line: Line) -> int:
    """Characters in Slack's own writing, in which `&` alone takes five."""
    return sum(len(escape(p, quote=False)) if isinstance(p, str) else MENTION for p in line)


def _decisions(found: Round, pairs: Sequence[MentorPair]) -> tuple[Button, ...]:
    discard = Button("Discard", Action.ROUND_DISCARD, str(found.id))
    if not pairs:
        return (discard,)
    publish = Button("Publish", Action.ROUND_PUBLISH, str(found.id), "primary", FOR_GOOD)
    return (publish, discard)


def _count(pairs: Sequence[MentorPair], left: Sequence[LeftOver]) -> str:
    without = f", {len(left)} without anybody" if left else ""
    return f"{_pairs(len(pairs))}{without}."


def _pairs(count: int) -> str:
    return {0: "No pairs", 1: "One pair"}.get(count, f"{count} pairs")


def _told(left: Sequence[LeftOver]) -> str:
    return "Those without anybody are told why." if left else ""


def _pair_lines(pairs: Sequence[MentorPair]) -> Iterator[Line]:
    for pair in pairs:
        why = f": {listed_in_short(pair.topics)}; {hours(pair.hours)} of shared working time"
        yield ("\n• ", Mention(pair.mentor), " for ", Mention(pair.mentee), why)


def _left_lines(left: Sequence[LeftOver]) -> Iterator[Line]:
    for each in left:
        side = "looks for a mentor" if each.role is Role.MENTEE else "offers to be a mentor"
        yield ("\n• ", Mention(each.user), f" {side}: {each.why}")


def _flat(lines: Sequence[Line]) -> tuple[Part | str, ...]:
    return tuple(part for line in lines for part in line)


def _more(pages: int) -> tuple[str, ...]:
    return ("\nThe rest is in this thread.",) if pages > 1 else ()


def _page(lines: Sequence[Line], number: int, pages: int) -> Card:
    return Card(f"Proposed mentor pairs, {number} of {pages}", body(*_flat(lines)))
