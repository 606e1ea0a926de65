"""What may not have arrived is shown to leads, who settle it; nothing is given away by that."""

from collections.abc import Callable

import pytest

from bot.domain.cards import Card, Direct, InChannel, Place
from bot.domain.deliveries import State
from bot.domain.ids import ChannelId, Key, UserId
from bot.domain.undelivered import WORDS_KEPT_FOR
from storage.work import Work
from tests.faults.wire import POST, Wire
from tests.localslack import text_of
from tests.stories.scenes import asks
from tests.world import World

HISTORIES = ("channels:history", "groups:history", "im:history", "mpim:history")
ADA = Direct((UserId("U_ADA"),))


def doubts(world: World, key: str, to: Place = ADA, *, is_there: bool = False) -> None:
    """The bot says something, the answer is lost, and it may not look whether it is there."""
    wire = Wire(world)
    world.slack.control("scopes", revoke=HISTORIES)
    wire.breaks(POST, "drop_after" if is_there else "drop_before")
    wire.run(lambda work: work.deliveries.say(to, Card("canary"), key=Key(key)))
    world.later(minutes=2)


def page(world: World, lead: str = "lea") -> str:
    return world.types(lead, "/learning undelivered").shown


def ada_and_a_lead(world: World) -> None:
    world.person("ada")
    world.lead("lea")


def state_of(world: World, key: str) -> State | None:
    return world.look(lambda work: work.deliveries.state_of(Key(key)))


def test_where_all_arrived_it_says_so(world: World) -> None:
    world.lead("lea")
    assert "Everything arrived" in page(world)
    assert "Look at it" not in world.opens_home("lea")


def test_a_lead_sees_it_on_their_home_and_says_that_it_arrived(world: World) -> None:
    ada_and_a_lead(world)
    world.opens_home("lea")
    doubts(world, "lead/U_ADA/named/1", is_there=True)
    assert "One message has not arrived, or may not have" in world.home("lea")

    world.presses("lea", "Look at it")
    shown = text_of(world.form("lea"))
    assert "Word to a learning lead" in shown
    assert "<@U_ADA>" in shown
    assert "could not look whether it arrived" in shown
    assert "canary" not in shown
    world.presses("lea", "It arrived")

    assert "Everything arrived" in text_of(world.form("lea"))
    assert "Look at it" not in world.home("lea")
    assert state_of(world, "lead/U_ADA/named/1") is State.SENT
    assert "canary" not in world.everything_kept()
    assert Wire(world).taken_in()["canary"] == 1


def test_a_lead_has_it_sent_again_and_it_is_there_once(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "lead/U_ADA/named/1")
    page(world)

    world.presses("lea", "Send again")
    world.later(minutes=1)

    assert [m.text for m in world.slack.dms("ada")].count("canary") == 1
    assert state_of(world, "lead/U_ADA/named/1") is State.SENT
    assert "canary" not in world.everything_kept()


def test_what_is_lost_again_is_in_doubt_again(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "lead/U_ADA/named/1")
    page(world)
    Wire(world).breaks(POST, "drop_before")
    world.presses("lea", "Send again")
    world.later(minutes=2)
    world.closes("lea")
    assert "Send again" in page(world)
    assert Wire(world).taken_in()["canary"] == 0


def test_a_question_that_arrived_after_all_has_its_full_time(world: World) -> None:
    """And nothing but the feature is shown: who asks whom is theirs."""
    world.lead("lea")
    world.slack.control("scopes", revoke=HISTORIES)
    Wire(world).breaks(POST, "drop_after", where={"channel": "D_ADA"})
    asks(world, "ada", "bo")
    world.later(hours=3)
    shown = page(world)
    assert "A question" in shown
    assert not {"U_ADA", "U_CY", "ada", "cy", "D_ADA"} & set(shown.split())
    assert "<@" not in shown
    assert "postgres" not in shown

    world.presses("lea", "It arrived")
    world.later(hours=3)
    assert world.slack.dms("bo") == []
    world.later(hours=2)
    assert len(world.slack.dms("bo")) == 1


@pytest.mark.parametrize(
    ("is_private", "told"), [(True, "In a private channel."), (False, "In <#C_PLACE>.")]
)
def test_a_private_place_is_not_given_away(world: World, is_private: bool, told: str) -> None:
    ada_and_a_lead(world)
    world.channel("place", is_private=is_private)
    doubts(world, "note/1", InChannel(ChannelId("C_PLACE")))
    assert told in page(world)


def test_of_a_channel_that_the_bot_has_left_nothing_is_told(world: World) -> None:
    ada_and_a_lead(world)
    world.channel("place")
    doubts(world, "note/1", InChannel(ChannelId("C_PLACE")))
    world.slack.control("channel", id="C_PLACE", remove=["U_BOT"])
    world.settle()
    shown = page(world)
    assert "In a channel that I am not in any more." in shown
    assert "C_PLACE" not in shown


def test_nobody_is_named_whom_leads_need_not_know_of(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "sorry/activity/1/answer/2")
    shown = page(world)
    assert "To somebody in private." in shown
    assert "U_ADA" not in shown


def test_what_slack_refused_is_shown_for_a_week_and_cannot_be_repeated(world: World) -> None:
    ada_and_a_lead(world)
    wire = Wire(world)
    wire.breaks(POST, "ok_false", error="restricted_action")
    wire.says("ada", "canary")
    shown = page(world)
    assert "It did not arrive: I am not allowed to post there." in shown
    assert "Send again" not in shown
    world.closes("lea")
    world.later(hours=24 * 8)
    assert "Everything arrived" in page(world)


def test_its_words_are_kept_for_two_weeks_at_most(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "lead/U_ADA/named/1")
    world.later(hours=24 * WORDS_KEPT_FOR.days + 1)
    world.cleans_up()
    assert "canary" not in world.everything_kept()
    shown = page(world)
    assert "Its words are gone." in shown
    assert "Send again" not in shown


def test_an_edit_meanwhile_is_what_is_sent_again(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "lead/U_ADA/named/1")
    wire = Wire(world)
    wire.run(lambda work: work.deliveries.edit(Key("lead/U_ADA/named/1"), Card("newer")))
    page(world)
    world.presses("lea", "Send again")
    world.later(minutes=1)
    assert (wire.taken_in()["newer"], wire.taken_in()["canary"]) == (1, 0)


def test_of_what_arrived_by_word_alone_an_edit_says_that_it_cannot(world: World) -> None:
    ada_and_a_lead(world)
    key = Key("lead/U_ADA/named/1")
    doubts(world, key)
    page(world)
    world.presses("lea", "It arrived")
    wire = Wire(world)
    edited: list[bool] = []
    wire.run(lambda work: edited.append(work.deliveries.edit(key, Card("newer"))))
    assert edited == [False]
    wire.run(_says_in_its_thread(key))
    world.settle()
    assert wire.shown("ada")[-1] == "in its thread"


def _says_in_its_thread(key: Key) -> Callable[[Work], None]:
    def say(work: Work) -> None:
        work.deliveries.say(ADA, Card("in its thread"), key=Key("x/2"), thread=key)

    return say


def test_s13_only_leads_see_and_settle_it_at_every_press(world: World) -> None:
    ada_and_a_lead(world)
    doubts(world, "lead/U_ADA/named/1")
    assert "Only a learning lead can do this" in world.types("ada", "/learning undelivered").text
    page(world)
    world.types("root", "/learning leads")
    world.fills("root", leads=[])

    for label in ("Send again", "It arrived"):
        world.presses("lea", label)
        assert "Only a learning lead can do this" in text_of(world.form("lea"))
        assert state_of(world, "lead/U_ADA/named/1") is State.UNKNOWN
        world.slack.control("close", user="lea", view_id=world.form("lea")["id"])


def test_what_two_leads_settle_is_settled_once(world: World) -> None:
    ada_and_a_lead(world)
    world.lead("max")
    doubts(world, "lead/U_ADA/named/1")
    for lead in ("lea", "max"):
        page(world, lead)
    world.presses("lea", "Send again")
    world.later(minutes=1)
    for label in ("Send again", "It arrived"):
        world.presses("max", label)
        assert "Somebody has settled this one in the meantime." in text_of(world.form("max"))
        world.slack.control("close", user="max", view_id=world.form("max")["id"])
    world.later(minutes=1)
    assert Wire(world).taken_in()["canary"] == 1
