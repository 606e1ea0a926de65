"""Admins name the learning leads; both sides are told."""

from collections.abc import Sequence

from bot.domain.cards import Card, Command, Direct, Mention, body
from bot.domain.ids import Key, UserId
from bot.domain.refusals import refuse_if_any
from bot.services.members import require_admin
from storage.work import Work

MOST_LEADS = 20


def present(work: Work, *, admin: UserId) -> list[UserId]:
    """The leads as they are, for the admin's form."""
    require_admin(work, admin)
    return work.leads.all()


def name_leads(work: Work, *, admin: UserId, leads: Sequence[UserId]) -> Card:
    """From now on these people are the leads, and no others; whoever is affected is told."""
    require_admin(work, admin)
    refuse_if_any(leads=_problem(work, leads))
    before = set(work.leads.all())
    gone = sorted(before - set(leads))
    work.leads.relieve(gone)
    for user in gone:
        _tell(work, user, "relieved", _relieved(admin))
    for user in leads:
        if user not in before:
            work.leads.name(user, by=admin)
            _tell(work, user, "named", _named(admin))
    return _noted(leads)


def _problem(work: Work, leads: Sequence[UserId]) -> str | None:
    if len(leads) > MOST_LEADS:
        return f"Please name at most {MOST_LEADS} leads."
    people = [work.people.get(user) for user in leads]
    if all(person and person.takes_part for person in people):
        return None
    return "Only full members of this workspace can be leads: no guests, bots or outsiders."


def _tell(work: Work, user: UserId, what: str, card: Card) -> None:
    key = Key(f"lead/{user}/{what}/{work.now.isoformat()}")
    work.deliveries.say(Direct((user,)), card, key=key)


def _noted(leads: Sequence[UserId]) -> Card:
    if not leads:
        return Card("Saved", body("There are no learning leads now."))
    names = [part for user in leads for part in (Mention(user), ", ")][:-1]
    return Card("Saved", body("The learning leads: ", *names, ". Whoever is new has been told."))


def _named(admin: UserId) -> Card:
    return Card(
        "You are a learning lead",
        body(
            Mention(admin),
            " named you. You can start a weekly prompt in a channel with ",
            Command("reflect"),
            ", and propose and publish mentor pairs with ",
            Command("mentor", "pair"),
            ". Nothing starts by itself.",
        ),
        footnote=body("Rather not? Any admin of this workspace can change it."),
    )


def _relieved(admin: UserId) -> Card:
    return Card(
        "You are not a learning lead any more",
        body(Mention(admin), " changed the list. What you started goes on under the other leads."),
        footnote=body("A mistake? Any admin of this workspace can change it."),
    )
