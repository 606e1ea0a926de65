"""What people of a cluster do with forms and buttons, alone and all at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from tests.faults.cluster import Cluster
from tests.localslack import Answer, Json

R = TypeVar("R")


def together(*jobs: Callable[[], R]) -> list[R]:
    """All at the same moment; what each came to."""
    gate = Barrier(len(jobs))

    def begun(job: Callable[[], R]) -> R:
        gate.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as hands:
        return list(hands.map(begun, jobs))


def presses(cluster: Cluster, user: str, action: str, value: int) -> Answer:
    """Presses a button that stands in some message of #general."""
    said = cluster.slack.control("message", user=user, channel="#general", text="hello")
    press = {"user": user, "channel": "#general", "ts": said["ts"], "forged": True}
    return Answer(cluster.slack.control("action", **press, action_id=action, value=str(value)))


def fills(cluster: Cluster, user: str, **values: Any) -> Answer:
    """Submits the form on top of the screen."""
    view = form(cluster, user)["id"]
    return Answer(cluster.slack.control("submit", user=user, view_id=view, values=values))


def form(cluster: Cluster, user: str) -> Json:
    return dict(cluster.slack.see(f"views/{user}")["modals"][-1])
