"""The journal: every Web API call, response_url use and envelope, in order, without tokens."""

from sandbox.clock import Clock, format_instant
from sandbox.errors import ControlError, Json

SECRET_ARGS = frozenset({"token", "client_secret"})


class Journal:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.entries: list[Json] = []
        self._bodies: dict[int, Json] = {}

    def write(self, kind: str, **facts: object) -> Json:
        """The entry may be completed later: an ack or a late acceptance comes afterwards."""
        entry: Json = {"n": len(self.entries) + 1, "at": format_instant(self._clock.now())}
        entry |= {"kind": kind, **facts}
        self.entries.append(entry)
        return entry

    def keep(self, entry: Json, **bodies: object) -> None:
        """What went over the wire for this entry, for whoever asks about it alone."""
        self._bodies.setdefault(entry["n"], {}).update(bodies)

    def clear(self) -> None:
        self.entries.clear()
        self._bodies.clear()

    def since(self, number: int, kind: str | None, method: str | None) -> Json:
        found = [
            entry
            for entry in self.entries[max(0, number) :]
            if (not kind or entry["kind"] == kind) and (not method or entry.get("method") == method)
        ]
        return {"next": len(self.entries), "entries": found}

    def one(self, number: int) -> Json:
        if not 0 < number <= len(self.entries):
            raise ControlError(f"The journal has no entry {number}.")
        bodies: Json = {"payload": None, "answer": None}
        return {"entry": self.entries[number - 1], **bodies, **self._bodies.get(number, {})}


def without_secrets(args: Json) -> Json:
    return {name: value for name, value in args.items() if name not in SECRET_ARGS}
