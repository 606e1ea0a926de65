"""Slack's rate limits: token buckets that refill on the local Slack's clock."""

import math
from dataclasses import dataclass

from sandbox.clock import Clock


@dataclass
class Bucket:
    size: float
    per_second: float
    tokens: float
    filled_at: float


class Limits:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self.enforced = True

    def wait(self, key: str, size: float, per_second: float) -> int | None:
        """Takes a token, or says after how many seconds there will be one."""
        if not self.enforced:
            return None
        now = self._clock.epoch()
        bucket = self._buckets.setdefault(key, Bucket(size, per_second, size, now))
        bucket.tokens = min(size, bucket.tokens + (now - bucket.filled_at) * per_second)
        bucket.filled_at = now
        if bucket.tokens >= 1 - 1e-6:  # a refill of exactly one token must not fail by rounding
            bucket.tokens -= 1
            return None
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
