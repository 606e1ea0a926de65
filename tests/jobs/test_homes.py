"""App Home on its way to Slack: current in the end, whatever Slack does in between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.cards import Page
from bot.domain.deliveries import Delivery
from bot.domain.ids import UserId
from bot.domain.outcomes import Outcome
from bot.domain.people import Person, Standing
from bot.slack.sender import Sender
from sandbox.server import LocalSlack
from storage.work import Work
from tests.faults.bench import ADA, BO, Bench, bench_of
from tests.localslack import Json, text_of

PUBLISH = "views.publish"
HOUR = timedelta(hours=1)


@pytest.fixture
def bench(local_slack: LocalSlack, sqlite_template: Path) -> Iterator[Bench]:
    with bench_of(local_slack, sqlite_template) as bench:
        for user in (ADA, BO):
            bench.run(_record, user)
        yield bench


def _record(work: Work, user: UserId, standing: Standing = Standing.MEMBER) -> None:
    work.people.record(Person(user, user, "UTC", standing))


def _limit(work: Work, limit: int) -> None:
    work.people.set_limit(ADA, limit)


def opens(bench: Bench, user: UserId = ADA) -> None:
    bench.run(lambda work: work.deliveries.show_home(user))
    bench.work()


def home(bench: Bench, user: UserId = ADA) -> str:
    return text_of(bench.slack.see(f"views/{user}")["home"])


def published(bench: Bench) -> list[str]:
    """To whom a page was published, each time that Slack was asked to."""
    return [call["args"]["user_id"] for call in bench.slack.calls(PUBLISH)]


def test_it_is_composed_as_things_stand_when_it_is_shown(bench: Bench) -> None:
    bench.run(lambda work: work.deliveries.show_home(ADA))
    bench.run(_limit, 7)
    bench.work()
    assert "0 of at most 7" in home(bench)
    assert published(bench) == [ADA]


def test_ten_changes_at_once_are_shown_once(bench: Bench) -> None:
    opens(bench)
    for limit in range(10):
        bench.run(_limit, limit)
    bench.work()
    bench.move(bench.clock() + HOUR)
    assert "0 of at most 9" in home(bench)
    assert len(published(bench)) == 2


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("500", {}),
        ("500_accepted", {}),
        ("drop_before", {}),
        ("drop_after", {}),
        ("garbage", {}),
        ("ok_false", {}),
        ("429", {"retry_after": 7}),
        ("429", {"retry_after": None}),
    ],
)
def test_what_failed_is_tried_again_until_it_is_shown(
    bench: Bench, kind: str, options: Json
) -> None:
    opens(bench)
    bench.slack.control("fault", method=PUBLISH, kind=kind, times=3, **options)
    bench.run(_limit, 7)
    bench.work()
    bench.move(bench.clock() + HOUR)
    assert "0 of at most 7" in home(bench)
    assert len(published(bench)) == 5


def test_slack_is_given_the_rest_it_asks_for_on_every_page(bench: Bench) -> None:
    bench.slack.control("fault", method=PUBLISH, kind="429", retry_after=30)
    opens(bench)
    opens(bench, BO)
    bench.move(bench.clock() + timedelta(seconds=29))
    assert published(bench) == [ADA]
    bench.move(bench.clock() + timedelta(seconds=9))
    assert sorted(published(bench)) == [ADA, ADA, BO]


def test_a_page_that_slack_refuses_is_not_tried_again_until_it_is_opened(bench: Bench) -> None:
    bench.slack.control("fault", method=PUBLISH, kind="ok_false", error="not_enabled")
    opens(bench)
    bench.run(_limit, 7)
    bench.move(bench.clock() + HOUR)
    assert len(published(bench)) == 1
    opens(bench)
    assert "0 of at most 7" in home(bench)


def test_nothing_is_shown_to_somebody_who_has_left(bench: Bench) -> None:
    opens(bench)
    bench.run(_record, ADA, Standing.DEACTIVATED)
    bench.work()
    bench.move(bench.clock() + HOUR)
    assert published(bench) == [ADA]


def test_somebody_who_comes_back_opens_it_as_before(bench: Bench) -> None:
    opens(bench)
    for standing in (Standing.DEACTIVATED, Standing.MEMBER):
        bench.run(_record, ADA, standing)
        bench.work()
    bench.run(_limit, 7)
    opens(bench)
    assert "0 of at most 7" in home(bench)


@dataclass(frozen=True, slots=True)
class Interrupted(Sender):
    """Something happens after the page was composed: before Slack has it, and once only."""

    meanwhile: Callable[[], object]
    happened: list[bool] = field(default_factory=list)

    def publish(self, delivery: Delivery, page: Page) -> Outcome:
        if not self.happened:
            self.happened.append(True)
            self.meanwhile()
        return Sender.publish(self, delivery, page)


def interrupt(bench: Bench, meanwhile: Callable[[], object]) -> None:
    usual = bench.deliverer.sender
    sender = Interrupted(usual.client, usual.renderer, meanwhile)
    bench.deliverer = replace(bench.deliverer, sender=sender)


def test_a_change_committed_while_it_is_published_is_published_afterwards(bench: Bench) -> None:
    interrupt(bench, lambda: bench.run(_limit, 7))
    opens(bench)
    assert "0 of at most 7" in home(bench)
    assert published(bench) == [ADA, ADA]


def test_one_opened_again_while_slack_refuses_it_is_shown_all_the_same(bench: Bench) -> None:
    bench.slack.control("fault", method=PUBLISH, kind="500")
    interrupt(bench, lambda: bench.run(lambda work: work.deliveries.show_home(ADA)))
    opens(bench)
    bench.move(bench.clock() + HOUR)
    assert "Peerloop" in home(bench)


def test_a_worker_that_stood_still_does_not_show_an_old_page(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may have taken over and shown a newer one."""
    opens(bench)
    bench.run(_limit, 7)
    passed: Any = iter([0.0, 11.0])  # planned, composed
    monkeypatch.setattr("bot.jobs.delivery.monotonic", lambda: next(passed))
    bench.deliverer.work_one()
    assert published(bench) == [ADA]
    monkeypatch.undo()
    bench.work()
    assert "0 of at most 7" in home(bench)
