"""The pages for operators' machines: /ready and /metrics; without names, texts or secrets."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.watch.metrics import CONTENT_TYPE, Metrics
from bot.watch.sight import Sight


def pages(look: Callable[[], Sight], metrics: Metrics) -> list[Route]:
    """Starlette runs these in threads, so a slow database holds up nobody else."""

    def ready(_request: Request) -> Response:
        sight = look()
        return JSONResponse(as_json(sight), 200 if sight.is_ready else 503)

    def scrape(_request: Request) -> Response:
        return Response(metrics.page(), headers={"content-type": CONTENT_TYPE})

    return [Route("/ready", ready), Route("/metrics", scrape)]


def as_json(sight: Sight) -> dict[str, Any]:
    checks = {name: problem or "ok" for name, problem in sight.checks.items()}
    return {"ready": sight.is_ready, "checks": checks, "off": sight.off}
