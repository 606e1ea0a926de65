"""The ways in which a use case says no, or not now."""

from collections.abc import Mapping


class Refused(Exception):
    """The person cannot have this; the message is a sentence that tells them why and what to do."""


class Invalid(Refused):
    """What was typed cannot be taken; `problems` has a sentence for each field of the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class SeenBefore(Exception):
    """Slack has delivered this before, and it was handled then."""


class Busy(Exception):
    """There was no turn to write in time; nothing was done, and it may be tried again."""

    def __init__(self) -> None:
        super().__init__(
            "Peerloop is busy; please try again in a moment. Nothing was lost or changed."
        )


def refuse_if_any(**problems: str | None) -> None:
    """Raises Invalid where any field has a problem: all of them at once."""
    found = {field: problem for field, problem in problems.items() if problem}
    if found:
        raise Invalid(found)
