"""What is done with a delivery next, in every state it can stand in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import Card
from bot.domain.deliveries import (
    SETTLED,
    Delivery,
    Drop,
    Open,
    Parent,
    Publish,
    Reconcile,
    Start,
    State,
    Step,
    Timing,
    Update,
    Wait,
    back_off,
    next_step,
    once_absent,
)
from bot.domain.ids import ChannelId, Key, Ts, UserId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TIMING = Timing()
LOOK_AT = NOW + TIMING.deadline + TIMING.settle

WAITING = Delivery(1, Key("k"), State.WAITING, Card("Hello"), channel=ChannelId("D1"), due_at=NOW)
SENDING = replace(
    WAITING, state=State.SENDING, attempts=1, first_started_at=NOW, last_started_at=NOW
)
SENT = replace(SENDING, state=State.SENT, ts=Ts("1.0"), posted_revision=1, due_at=None)
WHISPER = UserId("U_CY")
HOME = Delivery(2, Key("home/U_CY"), State.WAITING, None, reader=WHISPER, revision=2, due_at=NOW)
SHOWN = replace(HOME, state=State.SENT, posted_revision=2, due_at=None)


def parent(state: State, ts: str | None = None, due_in: int = 0) -> Parent:
    return Parent(state, Ts(ts) if ts else None, NOW + due_in * SECOND)


SOON = Wait(NOW + SECOND)
LONG_AGO = replace(SENDING, last_started_at=NOW - timedelta(hours=1))
ORPHAN = Drop(State.NEVER, "the message it answers was never sent")

STEPS: list[tuple[str, Delivery, Step]] = [
    ("ready", WAITING, Start()),
    ("not due yet", replace(WAITING, due_at=NOW + SECOND), Wait(NOW + SECOND)),
    ("no conversation yet", replace(WAITING, channel=None), Open()),
    (
        "no conversation, not due yet",
        replace(WAITING, channel=None, due_at=NOW + SECOND),
        Wait(NOW + SECOND),
    ),
    ("too late by nothing", replace(WAITING, expires_at=NOW), Drop(State.NEVER, "too late")),
    ("just in time", replace(WAITING, expires_at=NOW + SECOND), Start()),
    ("its parent was sent", replace(WAITING, parent=parent(State.SENT, "1.0")), Start()),
    ("its parent may have arrived", replace(WAITING, parent=parent(State.UNKNOWN)), Start()),
    ("its parent never was", replace(WAITING, parent=parent(State.NEVER)), ORPHAN),
    ("its parent was called off", replace(WAITING, parent=parent(State.CANCELLED)), ORPHAN),
    (
        "its parent is being sent",  # most often it has arrived a second later
        replace(WAITING, parent=parent(State.SENDING, due_in=40)),
        Wait(NOW + SECOND),
    ),
    (
        "its parent is put off",
        replace(WAITING, parent=parent(State.WAITING, due_in=40)),
        Wait(NOW + 40 * SECOND),
    ),
    (
        "its parent is overdue",
        replace(WAITING, parent=parent(State.WAITING, due_in=-5)),
        Wait(NOW + SECOND),
    ),
    ("being sent", SENDING, Wait(LOOK_AT)),
    ("in doubt, no conversation yet", replace(LONG_AGO, channel=None), Open()),
    ("in doubt", LONG_AGO, Reconcile()),
    ("in doubt, and so is its parent", replace(LONG_AGO, parent=parent(State.SENDING)), SOON),
    ("in doubt, its parent never was", replace(LONG_AGO, parent=parent(State.NEVER)), Reconcile()),
    ("a whisper in doubt", replace(SENDING, reader=WHISPER), Drop(State.UNKNOWN, "…")),
    ("sent, nothing new", SENT, Wait()),
    ("sent, newer text", replace(SENT, revision=2), Update()),
    (
        "sent, newer text, later",
        replace(SENT, revision=2, due_at=NOW + SECOND),
        Wait(NOW + SECOND),
    ),
    ("never", replace(SENT, state=State.NEVER, revision=2), Wait()),
    ("called off", replace(SENT, state=State.CANCELLED, revision=2), Wait()),
    ("unknown", replace(SENT, state=State.UNKNOWN, revision=2), Wait()),
]


HOMES: list[tuple[str, Delivery, Step]] = [
    ("a home just opened", HOME, Publish()),
    ("a home opened once more before it was shown", replace(HOME, revision=3), Publish()),
    ("a home to be tried later", replace(HOME, due_at=NOW + SECOND), Wait(NOW + SECOND)),
    ("a home that is current", SHOWN, Wait()),
    ("a current home, looked at all the same", replace(SHOWN, due_at=NOW), Wait()),
    ("a home that changed", replace(SHOWN, revision=3, due_at=NOW), Publish()),
    ("a current home that is opened", replace(SHOWN, state=State.WAITING), Publish()),
    (
        "a home that changed, to be tried later",
        replace(SHOWN, revision=3, due_at=NOW + SECOND),
        Wait(NOW + SECOND),
    ),
    ("a home that cannot be shown", replace(HOME, state=State.NEVER), Wait()),
    (
        "a home that cannot be shown, and changed",
        replace(SHOWN, state=State.NEVER, revision=9),
        Wait(),
    ),
]
ALL_STEPS = [*STEPS, *HOMES]


@pytest.mark.parametrize(
    ("delivery", "step"), [row[1:] for row in ALL_STEPS], ids=[r[0] for r in ALL_STEPS]
)
def test_what_is_done_next(delivery: Delivery, step: Step) -> None:
    found = next_step(delivery, NOW, TIMING)
    if isinstance(found, Drop) and isinstance(step, Drop) and step.reason == "…":
        step = replace(step, reason=found.reason)
    assert found == step


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (timedelta(0), Wait(LOOK_AT)),
        (LOOK_AT - NOW - timedelta(microseconds=1), Wait(LOOK_AT)),
        (LOOK_AT - NOW, Reconcile()),
        (timedelta(days=400), Reconcile()),
    ],
)
def test_one_in_doubt_is_looked_for_once_slack_must_show_it(after: timedelta, step: Step) -> None:
    assert next_step(SENDING, NOW + after, TIMING) == step


def test_the_look_counts_from_the_last_attempt_not_from_the_first() -> None:
    hour = timedelta(hours=1)
    again = replace(SENDING, attempts=2, last_started_at=NOW + hour)
    assert next_step(again, LOOK_AT, TIMING) == Wait(LOOK_AT + hour)


def test_a_look_that_failed_is_not_repeated_before_its_time() -> None:
    later = replace(SENDING, due_at=LOOK_AT + timedelta(minutes=5))
    assert next_step(later, LOOK_AT, TIMING) == Wait(later.due_at)


@given(
    st.sampled_from([WAITING, SENDING, SENT, replace(WAITING, channel=None)]),
    st.integers(-3600, 3600),
    st.none() | st.integers(-3600, 3600),
    st.booleans(),
)
def test_nothing_in_doubt_is_ever_posted_without_a_look(
    delivery: Delivery, after: int, expires_in: int | None, is_whisper: bool
) -> None:
    found = replace(
        delivery,
        expires_at=None if expires_in is None else NOW + expires_in * SECOND,
        reader=WHISPER if is_whisper else None,
    )
    if next_step(found, NOW + after * SECOND, TIMING) == Start():
        assert found.state is State.WAITING


@pytest.mark.parametrize(
    ("delivery", "is_home"),
    [
        (HOME, True),
        (SHOWN, True),
        (WAITING, False),
        (replace(WAITING, channel=None, people=(WHISPER,)), False),
        (replace(WAITING, reader=WHISPER), False),
    ],
    ids=["waiting home", "shown home", "message", "message not yet placed", "whisper"],
)
def test_a_home_is_told_from_every_message(delivery: Delivery, is_home: bool) -> None:
    assert delivery.is_home is is_home


@given(
    st.sampled_from(State),
    st.integers(1, 5),
    st.integers(0, 5),
    st.none() | st.integers(-9, 9),
)
def test_a_home_is_never_posted_looked_for_or_dropped(
    state: State, revision: int, posted: int, due_in: int | None
) -> None:
    """Publishing again changes nothing, so it needs none of the care that a message needs."""
    due_at = None if due_in is None else NOW + due_in * SECOND
    home = replace(HOME, state=state, revision=revision, posted_revision=posted, due_at=due_at)
    assert isinstance(next_step(home, NOW, TIMING), Publish | Wait)


@given(st.sampled_from(sorted(SETTLED)), st.integers(0, 10**6))
def test_what_is_settled_is_left_alone(state: State, after: int) -> None:
    assert next_step(replace(SENT, state=state), NOW + after * SECOND, TIMING) == Wait()


def test_what_did_not_arrive_is_said_again_unless_it_is_too_late() -> None:
    assert once_absent(SENDING, NOW) == Start()
    assert once_absent(replace(SENDING, expires_at=NOW), NOW) == Drop(State.NEVER, "too late")
    assert once_absent(replace(SENDING, parent=parent(State.NEVER)), NOW) == ORPHAN


@pytest.mark.parametrize("broken", [replace(SENDING, last_started_at=None)])
def test_a_row_that_cannot_be_is_refused(broken: Delivery) -> None:
    with pytest.raises(ValueError, match="never started"):
        next_step(broken, NOW, TIMING)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 1), (1, 2), (2, 4), (8, 256), (9, 300), (10, 300), (1000, 300), (10**9, 300)],
)
def test_slack_is_left_alone_for_longer_and_longer(attempts: int, seconds: int) -> None:
    assert back_off(attempts) == timedelta(seconds=seconds)
