"""Join the pool of mentors and mentees, change what one said, or leave it."""

from collections.abc import Sequence

from bot.activities.base import Choice
from bot.domain.matching import Role
from bot.domain.mentoring import MOST_MENTEES, Enrolment
from bot.services.mentoring import SignUp
from bot.slack.forms import fields
from bot.slack.forms.fields import Json
from bot.slack.forms.ids import FormId
from bot.slack.forms.reading import Filled, NotOurs, View

NEITHER = "neither"
ROLES = (
    Choice(Role.MENTEE, "I would like to have a mentor"),
    Choice(Role.MENTOR, "I would like to be a mentor"),
    Choice(Role.BOTH, "Both"),
    Choice(NEITHER, "Not for now: take me out of the pool"),
)
CAPACITIES = tuple(Choice(str(n), str(n)) for n in range(1, MOST_MENTEES + 1))


def build(enrolled: Enrolment | None, topics: Sequence[str]) -> Json:
    """For somebody new, what they can be asked about is a first guess at what they can offer."""
    offers = enrolled.offers if enrolled else topics
    return fields.modal(
        FormId.MENTORING,
        "Mentoring",
        [
            fields.radio(
                "role",
                "What would you like?",
                ROLES,
                initial=enrolled.role if enrolled else Role.MENTEE,
            ),
            fields.words(
                "wants",
                "As a mentee: what would you like to learn?",
                hint="Topics, separated by commas; the most important first.",
                initial=", ".join(enrolled.wants) if enrolled else "",
                is_optional=True,
            ),
            fields.words(
                "offers",
                "As a mentor: what can you help with?",
                hint="Topics, separated by commas.",
                initial=", ".join(offers),
                is_optional=True,
            ),
            fields.one_of(
                "capacity",
                "As a mentor: how many mentees at a time?",
                CAPACITIES,
                initial=str(enrolled.capacity if enrolled else 1),
            ),
        ],
        submit="Save",
    )


def read(view: View) -> SignUp:
    filled = Filled(view)
    role, capacity = filled.choice("role"), filled.choice("capacity")
    if role not in {NEITHER, *Role} or capacity not in {choice.value for choice in CAPACITIES}:
        raise NotOurs
    return SignUp(
        role=None if role == NEITHER else Role(role),
        offers=filled.words("offers"),
        wants=filled.words("wants"),
        capacity=int(capacity),
    )
