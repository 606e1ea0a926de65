"""When a reaction is an exchange, and which of two events wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exchanges import Activity, Reaction, agreed_emoji, counts, is_later
from bot.domain.ids import ChannelId, Ts, UserId
from bot.domain.people import Person, Standing


def person(user: str, standing: Standing = Standing.MEMBER) -> Person:
    return Person(UserId(user), user, "UTC", standing)


@pytest.mark.parametrize(
    ("name", "agreed"),
    [
        ("bulb", "bulb"),
        ("bulb::skin-tone-2", "bulb"),
        ("bulb::skin-tone-6", "bulb"),
        ("bulbs", None),
        ("Bulb", None),
        ("tada", None),
        ("tada::bulb", None),
        ("", None),
        ("::bulb", None),
    ],
)
def test_an_agreed_emoji_is_known_in_every_skin_tone(name: str, agreed: str | None) -> None:
    assert agreed_emoji(name) == agreed


@pytest.mark.parametrize("learner", Standing)
@pytest.mark.parametrize("peer", Standing)
def test_only_what_happens_between_members_counts(learner: Standing, peer: Standing) -> None:
    both = learner is Standing.MEMBER and peer is Standing.MEMBER
    assert counts(person("U_A", learner), person("U_B", peer)) is both


def test_nobody_learns_from_themselves() -> None:
    assert not counts(person("U_A"), person("U_A"))


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("1772442000.000200", "1772442000.000100"),
        ("1772442001.000000", "1772442000.999999"),
        ("10000000000.000000", "9999999999.999999"),
        ("1772442000.1", "1772442000.000100"),
        ("1772442000.000001", "1772442000"),
        ("1772442001", "1772442000.5"),
    ],
)
def test_one_time_of_slacks_is_later_than_another(later: str, earlier: str) -> None:
    assert is_later(Ts(later), Ts(earlier))
    assert not is_later(Ts(earlier), Ts(later))


@pytest.mark.parametrize(
    ("one", "same"), [("1772442000.5", "1772442000.500000"), ("1772442000", "1772442000.000000")]
)
def test_the_same_time_is_never_later_than_itself(one: str, same: str) -> None:
    assert not is_later(Ts(one), Ts(same))
    assert not is_later(Ts(same), Ts(one))


TIMES = st.tuples(st.integers(0, 10**11), st.integers(0, 999_999))


@given(TIMES, TIMES)
def test_times_are_compared_to_the_microsecond(one: tuple[int, int], two: tuple[int, int]) -> None:
    as_ts = [Ts(f"{seconds}.{micro:06}") for seconds, micro in (one, two)]
    assert is_later(as_ts[0], as_ts[1]) is (one > two)


def test_a_reaction_is_one_exchange_for_each_message_and_emoji() -> None:
    reaction = Reaction(
        learner=UserId("U_BO"),
        peer=UserId("U_ADA"),
        channel=ChannelId("C_DATA"),
        ts=Ts("1772442000.000100"),
        emoji="bulb",
        is_on=True,
        event_ts=Ts("1772442005.000100"),
    )
    exchange = reaction.as_exchange()
    assert exchange.source == "reaction/C_DATA/1772442000.000100/bulb"
    assert (exchange.learner, exchange.peer) == ("U_BO", "U_ADA")
    assert (exchange.activity, exchange.topics) == (Activity.REACTION, ())
