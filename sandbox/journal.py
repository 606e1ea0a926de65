"""The journal: every Web API call, response_url use and envelope, in order, without tokens."""

from sandbox.clock import Clock, format_instant
from sandbox.errors import Json

SECRET_ARGS = frozenset({"token", "client_secret"})


class Journal:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.entries: list[Json] = []

    def write(self, kind: str, **facts: object) -> Json:
        """The entry may be completed later: an ack or a late acceptance comes afterwards."""
        entry: Json = {"n": len(self.entries) + 1, "at": format_instant(self._clock.now())}
        entry |= {"kind": kind, **facts}
        self.entries.append(entry)
        return entry

    def since(self, number: int, kind: str | None, method: str | None) -> Json:
        found = [
            entry
            for entry in self.entries[max(0, number) :]
            if (not kind or entry["kind"] == kind) and (not method or entry.get("method") == method)
        ]
        return {"next": len(self.entries), "entries": found}


def without_secrets(args: Json) -> Json:
    return {name: value for name, value in args.items() if name not in SECRET_ARGS}
