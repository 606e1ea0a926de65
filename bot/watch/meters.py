"""What the parts of a running program tell about themselves, whoever listens."""


class Meters:
    """Hears of everything and keeps nothing: for tests, and for parts used alone."""

    def acked(self, kind: str, outcome: str, seconds: float) -> None:
        """Slack has been answered, so long after its request came in."""

    def refused(self, status: int) -> None:
        """A request was not worth handing on."""

    def settled(self, state: str) -> None:
        """A delivery came to its end."""

    def looked(self, finding: str) -> None:
        """A history was searched for a message that may have arrived."""

    def rate_limited(self, method: str) -> None:
        """Slack asked for a rest."""

    def ticked(self) -> None:
        """Everything that had fallen due was done."""


SILENT = Meters()
