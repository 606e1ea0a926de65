"""Admins name the learning leads; both sides are told."""

from collections.abc import Sequence

from bot.domain.cards import Card, Command, Direct, Mention, body
from bot.domain.ids import Key, UserId
from bot.domain.refusals import refuse_if_any
from bot.services.members import require_admin
from storage.work import Work

MOST_LEADS = 20


def present(work: Work, *, admin: UserId) -> list[UserId]:
    """The leads as they are and can stay, for the admin's form."""
    require_admin(work, admin)
    people = [work.people.get(user) for user in work.leads.all()]
    return [person.user for person in people if person and person.takes_part]


def name_leads(
    work: Work, *, admin: UserId, leads: Sequence[UserId], shown: Sequence[UserId]
) -> Card:
    """Take over what an admin changed in the list they were `shown`; whoever is affected is told.

    What another admin has changed meanwhile stays as it is.
    """
    require_admin(work, admin)
    refuse_if_any(leads=_problem(work, leads))
    before = work.leads.all()
    gone = [user for user in before if user not in leads and _is_dropped(work, user, shown)]
    work.leads.relieve(gone)
    for user in gone:
        _tell(work, user, "relieved", _relieved(admin))
    for user in leads:
        if user not in {*before, *shown}:
            work.leads.name(user, by=admin)
            _tell(work, user, "named", _named(admin))
    return _noted(work.leads.all())


def _is_dropped(work: Work, user: UserId, shown: Sequence[UserId]) -> bool:
    """Taken out of the list by the admin, or not in it because they have left."""
    person = work.people.get(user)
    return user in shown or person is None or not person.takes_part


def too_many(leads: Sequence[UserId]) -> str | None:
    return f"Please name at most {MOST_LEADS} leads." if len(leads) > MOST_LEADS else None


def _problem(work: Work, leads: Sequence[UserId]) -> str | None:
    people = {user: work.people.get(user) for user in leads}
    others = [user for user, person in people.items() if not (person and person.takes_part)]
    if not others:
        return too_many(leads)
    names = [person.name if (person := people[user]) else user for user in others]
    return f"Only full members of this workspace can be leads, and not: {', '.join(names)}."


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
