"""Log an exchange from an emoji, withdraw it, restore it."""

from dataclasses import replace

from bot.domain.cards import Card, Command, Mention, Whisper, body
from bot.domain.deliveries import Priority
from bot.domain.exchanges import Reaction, counts
from bot.domain.ids import Key, UserId
from bot.services.credit import post_at
from storage.work import Work


def react(work: Work, *, reaction: Reaction) -> None:
    """Let a reaction with an agreed emoji take effect on the ledger.

    On what we posted for somebody it is theirs; without a name, it is nobody's.
    """
    if reaction.peer != work.installation.bot_user():
        _apply(work, reaction)
        return
    post = post_at(work, reaction.channel, reaction.ts)
    author = post.author if post else None
    if not reaction.is_on:  # what was logged can be undone when nobody knows the author any more
        author = work.exchanges.peer_of(reaction) or author
    if author:
        _apply(work, replace(reaction, peer=author))
    elif post and reaction.is_on and _is_member(work, reaction.learner):
        _hand_receipt(work, reaction, _nameless())


def _apply(work: Work, reaction: Reaction) -> None:
    # whoever logged something may take it back, whatever has become of the two since
    takes_back = not reaction.is_on and work.exchanges.peer_of(reaction) is not None
    if not takes_back and not _counts(work, reaction):
        return
    if work.exchanges.apply(reaction):
        _hand_receipt(work, reaction, _logged(reaction) if reaction.is_on else _withdrawn(reaction))


def _is_member(work: Work, user: UserId) -> bool:
    person = work.people.get(user)
    return person is not None and person.takes_part


def _counts(work: Work, reaction: Reaction) -> bool:
    learner = work.people.get(reaction.learner)
    peer = work.people.get(reaction.peer)
    return learner is not None and peer is not None and counts(learner, peer)


def _hand_receipt(work: Work, reaction: Reaction, card: Card) -> None:
    """In private, unless they have had enough of these."""
    if not work.people.choices(reaction.learner).wants_receipts:
        return
    source = reaction.as_exchange().source
    work.deliveries.say(
        Whisper(reaction.channel, reaction.learner),
        card,
        key=Key(f"receipt/{source}/{reaction.learner}/{reaction.event_ts}"),
        priority=Priority.REPLY,
    )


def _logged(reaction: Reaction) -> Card:
    return Card(
        "Noted",
        body(
            "You learned something from ",
            Mention(reaction.peer),
            ". I keep who, where and when, never the text. Take the emoji off to undo it.",
        ),
        footnote=body("No more of these: ", Command("learning", "receipts off")),
    )


def _nameless() -> Card:
    return Card(
        "Good to hear",
        body(
            "This was posted without a name, so I note nothing about anybody: neither who wrote"
            " it nor that you learned from it."
        ),
        footnote=body("No more of these: ", Command("learning", "receipts off")),
    )


def _withdrawn(reaction: Reaction) -> Card:
    return Card(
        "Undone",
        body("This exchange with ", Mention(reaction.peer), " does not count any more."),
        footnote=body("No more of these: ", Command("learning", "receipts off")),
    )
