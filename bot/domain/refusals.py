"""The ways in which a use case says no, or not now."""


class Refused(Exception):
    """The person cannot have this; the message is a sentence that tells them why and what to do."""


class SeenBefore(Exception):
    """Slack has delivered this before, and it was handled then."""


class Busy(Exception):
    """There was no turn to write in time; nothing was done, and it may be tried again."""
