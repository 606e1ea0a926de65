"""How good an order of people was, and how evenly it spreads the questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import mean, quantiles

SAMPLES = 1_000


@dataclass(slots=True)
class Measured:
    """What came of every question with one way of choosing."""

    reciprocal: list[float] = field(default_factory=list)
    recalled: list[float] = field(default_factory=list)
    """The share of those who answered among the first five."""
    firsts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def note(self, order: Sequence[str], relevant: frozenset[str], seconds: float) -> None:
        places = (place for place, user in enumerate(order, 1) if user in relevant)
        self.reciprocal.append(1 / next(places, float("inf")))
        self.recalled.append(len(relevant & set(order[:5])) / len(relevant))
        self.firsts.update(order[:1])
        self.seconds.append(seconds)

    def success_at(self, places: int) -> float:
        return mean(each >= 1 / places for each in self.reciprocal)

    def figures(self) -> dict[str, float | int | list[float]]:
        fast = quantiles(self.seconds, n=20) if len(self.seconds) > 1 else self.seconds * 19
        return {
            "questions": len(self.reciprocal),
            "mrr": round(mean(self.reciprocal), 4),
            "mrr_95": self._interval(),
            "p_at_1": round(self.success_at(1), 4),
            "s_at_3": round(self.success_at(3), 4),
            "s_at_5": round(self.success_at(5), 4),
            "r_at_5": round(mean(self.recalled), 4),
            "busiest_share": round(busiest(self.firsts), 4),
            "gini": round(gini(self.firsts), 4),
            "p50_ms": round(fast[9] * 1000, 2),
            "p95_ms": round(fast[18] * 1000, 2),
        }

    def _interval(self) -> list[float]:
        """By drawing the questions again, with the same seed every time."""
        chance, size = Random(1), len(self.reciprocal)
        means = sorted(mean(chance.choices(self.reciprocal, k=size)) for _ in range(SAMPLES))
        return [round(means[SAMPLES // 40], 4), round(means[-SAMPLES // 40], 4)]


def busiest(firsts: Counter[str]) -> float:
    """The share of whoever was chosen most often."""
    return max(firsts.values(), default=0) / (firsts.total() or 1)


def gini(firsts: Counter[str]) -> float:
    """0 if all who were chosen at all were chosen as often, towards 1 the less even it is."""
    counts = sorted(firsts.values())
    weighted = sum(place * count for place, count in enumerate(counts, 1))
    return 2 * weighted / (len(counts) * sum(counts)) - (len(counts) + 1) / len(counts)
