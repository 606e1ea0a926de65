"""Who may take part, and who may do what."""

from collections.abc import Sequence

from bot.domain.ids import UserId
from bot.domain.people import Person
from bot.domain.refusals import Refused
from storage.work import Work


def require_member(work: Work, user: UserId) -> Person:
    """Refuses guests, bots, people of other organisations and those who left."""
    person = work.people.get(user)
    if person is None or not person.takes_part:
        raise Refused(
            "Peerloop is for full members of this workspace, so I cannot do this for you. "
            "A workspace admin can tell you more."
        )
    return person


def require_lead(work: Work, user: UserId) -> Person:
    """Refuses everybody whom no admin has named, and says whom to ask."""
    person = require_member(work, user)
    leads = work.leads.all()
    if user not in leads:
        raise Refused(f"Only a learning lead can do this. {_whom_to_ask(work, leads)}")
    return person


def require_admin(work: Work, user: UserId) -> Person:
    """Refuses everybody but the workspace's admins and owners."""
    person = require_member(work, user)
    if not person.is_admin:
        raise Refused("Only an admin of this workspace can name learning leads.")
    return person


def leads_to_tell(work: Work, owner: UserId) -> list[UserId]:
    """Who hears of trouble: the lead whose it is, or all if they are none any more or not here."""
    leads = work.leads.all()
    here = [lead for lead in leads if (person := work.people.get(lead)) and person.takes_part]
    return [owner] if owner in here else here


def _whom_to_ask(work: Work, leads: Sequence[UserId]) -> str:
    people = [work.people.get(lead) for lead in leads]
    names = [person.name for person in people if person and person.takes_part]
    if not names:
        return "There is none yet: an admin of this workspace can name one."
    return f"Ask {' or '.join(names[:3])}."
