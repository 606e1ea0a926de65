"""The pages of a running bot, as a machine fetches them."""

import json
from time import monotonic, sleep
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from tests.sandbox.hands import Answer, send
from tests.world import World


def page(world: World, name: str) -> Answer:
    return send(f"http://127.0.0.1:{world.bot.port}/{name}")


def ready(world: World) -> tuple[int, dict[str, Any]]:
    answer = page(world, "ready")
    return answer.status, json.loads(answer.body)


def becomes(world: World, status: int, within: float = 20) -> dict[str, Any]:
    """What /ready says once it answers with that status."""
    until = monotonic() + within
    while True:
        found, told = ready(world)
        if found == status:
            return told
        assert monotonic() < until, told
        sleep(0.05)


def wrong(told: dict[str, Any]) -> dict[str, str]:
    """The checks that do not hold, with their sentences."""
    return {name: words for name, words in told["checks"].items() if words != "ok"}


def figures(world: World) -> dict[str, float]:
    """Every sample of /metrics by its name and labels as they are written."""
    text = page(world, "metrics").body.decode()
    return {
        sample.name + "".join(f" {k}={v}" for k, v in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
