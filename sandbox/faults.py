"""Faults on request: the next calls of a method go wrong in a chosen way."""

from dataclasses import dataclass, field

from sandbox.errors import ControlError, Json

OPTIONS: dict[str, Json] = {
    "429": {"retry_after": 30},
    "500": {},
    "500_accepted": {},
    "ok_false": {"error": "internal_error", "accepted": False},
    "garbage": {"accepted": False},
    "drop_before": {},
    "drop_after": {},
    "late": {"delay": 20},
    "slow": {"delay": 2},
    "history_lag": {"lag": 5},
}
ONLY_HISTORY = frozenset({"conversations.history", "conversations.replies"})


@dataclass
class Fault:
    method: str
    kind: str
    times: int = 1
    after: int = 0
    options: Json = field(default_factory=dict)
    where: Json = field(default_factory=dict)

    @property
    def accepts(self) -> bool:
        """Whether Slack does what was asked although it answers badly."""
        return self.kind in ("500_accepted", "drop_after") or bool(self.options.get("accepted"))

    def describe(self) -> Json:
        return {
            "method": self.method,
            "kind": self.kind,
            "times": self.times,
            "after": self.after,
            "where": self.where,
            **self.options,
        }

    def concerns(self, method: str, args: Json) -> bool:
        if self.kind == "history_lag" and method not in ONLY_HISTORY:
            return False
        is_meant = all(args.get(name) == value for name, value in self.where.items())
        return is_meant and self.method in ("*", method)


class Faults:
    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, body: Json) -> Fault:
        kind = str(body.get("kind"))
        if kind not in OPTIONS:
            raise ControlError(f"There is no fault {kind!r}; there are {', '.join(OPTIONS)}.")
        unknown = set(body) - {"method", "kind", "times", "after", "where", *OPTIONS[kind]}
        if unknown:
            raise ControlError(f"The fault {kind!r} takes no {', '.join(sorted(unknown))}.")
        options = {name: body.get(name, usual) for name, usual in OPTIONS[kind].items()}
        times, after = int(body.get("times", 1)), int(body.get("after", 0))
        where = dict(body.get("where") or {})
        fault = Fault(str(body["method"]), kind, times, after, options, where)
        self.pending.append(fault)
        return fault

    def take(self, method: str, args: Json) -> Fault | None:
        """The first fault set that concerns this call; each call uses up at most one."""
        for fault in self.pending:
            if not fault.concerns(method, args):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.pending.remove(fault)
            return fault
        return None
