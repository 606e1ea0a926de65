"""/metrics: what happens is counted, and what stands is shown."""

import platform
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.domain.backlog import Backlog
from bot.domain.outcomes import Absent, Later, Sent, Unreadable
from bot.slack import metered
from bot.watch import metrics
from bot.watch.metrics import Metrics
from bot.watch.sight import Sight
from tests.rules.registrations import methods_called
from tests.rules.source import modules
from tests.watch.pages import figures, page
from tests.world import World

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_what_happened_can_be_read_from_a_scrape(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.slack.control("fault", method="chat.postMessage", kind="429", retry_after=60)
    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    waiting = figures(world)
    world.slack.control("fault", method="chat.postMessage", kind="drop_after")
    world.later(minutes=3)
    world.types("cy", "/ask-peer")
    done = figures(world)

    assert waiting["peerloop_deliveries_waiting state=waiting"] >= 1
    assert waiting["peerloop_rate_limited_total method=chat.postMessage"] == 1
    sent = "peerloop_deliveries_settled_total state=sent"
    assert done[sent] == len(world.slack.accepted())
    assert waiting[sent] < done[sent]
    assert done["peerloop_history_looks_total finding=sent"] == 1
    assert done["peerloop_ack_seconds_count kind=command outcome=ok"] >= 3
    assert done["peerloop_ack_seconds_count kind=block_actions outcome=ok"] == 1
    assert done["peerloop_deliveries_waiting state=waiting"] == 0
    assert done["peerloop_delivery_oldest_seconds"] == done["peerloop_deliveries_overdue"] == 0


def test_it_says_what_it_is_and_what_it_is_connected_to(world: World) -> None:
    found = figures(world)
    kind = make_url(world.database_url).get_backend_name()
    about = f"database={kind} python={platform.python_version()} version={version('peerloop')}"
    assert found[f"peerloop_build_info {about}"] == 1
    assert found["peerloop_database_up"] == found["peerloop_socket_connected"] == 1
    assert found["peerloop_scopes_missing"] == 0
    assert found["process_resident_memory_bytes"] > 0
    assert "peerloop_tick_age_seconds" not in found  # in a story nothing ticks by itself


def test_an_age_is_that_of_the_oldest(world: World) -> None:
    world.person("ada")
    world.writes_unreadable_delivery("U_ADA")
    world.later(minutes=20)
    found = figures(world)
    assert 20 * 60 <= found["peerloop_delivery_oldest_seconds"] < 21 * 60
    assert found["peerloop_deliveries_overdue"] == 1


@SQLITE
def test_a_refusal_is_told_from_an_answer(world: World) -> None:
    world.person("ada")
    world.types("ada", "/learning limit many")
    world.types("ada", "/learning help")
    found = figures(world)
    outcomes = {name for name in found if "_count kind=command" in name}
    assert any("outcome=refused" in name for name in outcomes), outcomes


@SQLITE
def test_without_a_database_there_is_still_a_page_with_all_that_is_counted(world: World) -> None:
    file = Path(str(make_url(world.database_url).database))
    away = file.rename(file.with_suffix(".away"))
    found = figures(world)
    away.rename(file)
    assert found["peerloop_database_up"] == 0
    assert found["peerloop_deliveries_settled_total state=sent"] == 0
    assert not [name for name in found if "waiting" in name or "overdue" in name]


@SQLITE
def test_a_scraper_is_told_which_format_it_gets(world: World) -> None:
    assert page(world, "metrics").headers["content-type"].startswith("text/plain; version=0.0.4")


def test_the_age_of_a_tick_grows_until_the_next() -> None:
    now = [100.0]
    metrics = Metrics(database="sqlite", monotonic=lambda: now[0])
    assert metrics.tick_age() is None
    metrics.ticked()
    now[0] += 7
    metrics.show(lambda: Sight(tick_age=metrics.tick_age()))
    assert b"peerloop_tick_age_seconds 7.0" in metrics.page()


def test_everything_that_may_be_counted_begins_at_zero() -> None:
    """Or the first failure would be no increase."""
    text = Metrics(database="sqlite").page().decode()
    for kind in (*metered.KINDS, "command", "other"):
        assert f'peerloop_ack_seconds_count{{kind="{kind}",outcome="failed"}} 0.0' in text
    called = methods_called(modules("bot"))
    assert sorted(called) == sorted(metrics.METHODS)
    for method in called:
        assert f'peerloop_rate_limited_total{{method="{method}"}} 0.0' in text
    for finding in (Sent, Absent, Later, Unreadable):
        label = finding.__name__.lower()
        assert f'peerloop_history_looks_total{{finding="{label}"}} 0.0' in text


def test_where_nothing_waits_there_are_zeros() -> None:
    shown = Metrics(database="sqlite")
    shown.show(lambda: Sight(backlog=Backlog()))
    for state in ("waiting", "sending", "sent"):
        assert f'peerloop_deliveries_waiting{{state="{state}"}} 0.0' in shown.page().decode()


def test_two_programs_in_one_process_count_apart() -> None:
    ours, theirs = Metrics(database="sqlite"), Metrics(database="sqlite")
    ours.settled("sent")
    assert b'settled_total{state="sent"} 1.0' in ours.page()
    assert b'settled_total{state="sent"} 0.0' in theirs.page()
