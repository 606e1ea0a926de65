"""The two ways in which a use case says no."""


class Refused(Exception):
    """The person cannot have this; the message is a sentence that tells them why and what to do."""


class SeenBefore(Exception):
    """Slack has delivered this before, and it was handled then."""
