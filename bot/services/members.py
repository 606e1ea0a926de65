"""Who may take part."""

from bot.domain.ids import UserId
from bot.domain.refusals import Refused
from storage.work import Work


def require_member(work: Work, user: UserId) -> None:
    """Refuses guests, bots, people of other organisations and those who left."""
    person = work.people.get(user)
    if person is None or not person.takes_part:
        raise Refused(
            "Peerloop is for full members of this workspace, so I cannot do this for you. "
            "A workspace admin can tell you more."
        )
