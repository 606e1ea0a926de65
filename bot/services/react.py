"""Log an exchange from an emoji, withdraw it, restore it."""

from bot.domain.cards import Card, Command, Mention, Whisper, body
from bot.domain.deliveries import Priority
from bot.domain.exchanges import Reaction, counts
from bot.domain.ids import Key
from bot.services import remember
from storage.work import Work


def react(work: Work, *, reaction: Reaction) -> None:
    """Let a reaction with an agreed emoji take effect on the ledger."""
    # whoever logged something may take it back, whatever has become of the two since
    takes_back = not reaction.is_on and work.exchanges.has(reaction)
    if not takes_back and not _counts(work, reaction):
        return
    changed = work.exchanges.apply(reaction)
    if changed:
        remember.reacted(work, reaction)
        work.presence.seen(reaction.learner, reaction.channel)
    if changed and work.people.choices(reaction.learner).wants_receipts:
        _hand_receipt(work, reaction)


def _counts(work: Work, reaction: Reaction) -> bool:
    learner = work.people.get(reaction.learner)
    peer = work.people.get(reaction.peer)
    return learner is not None and peer is not None and counts(learner, peer)


def _hand_receipt(work: Work, reaction: Reaction) -> None:
    source = reaction.as_exchange().source
    work.deliveries.say(
        Whisper(reaction.channel, reaction.learner),
        _logged(reaction) if reaction.is_on else _withdrawn(reaction),
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


def _withdrawn(reaction: Reaction) -> Card:
    return Card(
        "Undone",
        body("This exchange with ", Mention(reaction.peer), " does not count any more."),
        footnote=body("No more of these: ", Command("learning", "receipts off")),
    )
