"""Slack answers badly while something is changed, whispered, or a conversation is opened."""

from tests.faults.wire import OPEN, POST, UPDATE, WHISPER, Wire
from tests.world import World

REPEATED = ("429", "500", "500_accepted", "drop_before", "drop_after", "ok_false", "garbage")
"""Faults after which saying the same once more does no harm."""


def test_an_edit_is_repeated_until_the_newest_text_shows(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    for kind in REPEATED:
        wire.says("ada", kind)
        wire.breaks(UPDATE, kind, times=2)
        wire.edits(kind, f"{kind}, edited")
        wire.edits(kind, f"{kind}, edited twice")
        world.later(minutes=2)
    assert wire.shown("ada") == [f"{kind}, edited twice" for kind in REPEATED]
    assert set(wire.taken_in().values()) == {1}


def test_an_edit_made_before_the_first_send_goes_out_once(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "429", retry_after=30)
    wire.says("ada", "Hello")
    wire.edits("Hello", "Hello again")

    world.later(minutes=2)

    assert wire.taken_in() == {"Hello again": 1}
    assert wire.tries(UPDATE) == []


def test_an_edit_made_while_nobody_knows_is_shown_whether_or_not_it_had_arrived(
    world: World,
) -> None:
    world.person("ada")
    wire = Wire(world)
    for kind in ("drop_after", "drop_before"):
        wire.breaks(POST, kind)
        wire.says("ada", kind)
        wire.edits(kind, f"{kind}, edited")
        world.later(minutes=2)
    assert wire.shown("ada") == ["drop_after, edited", "drop_before, edited"]
    assert wire.taken_in() == {"drop_after": 1, "drop_before, edited": 1}


def test_an_edit_of_a_message_that_is_gone_is_given_up(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.says("ada", "Hello")
    [message] = world.slack.dms("ada")
    world.slack.control("delete", channel=message.channel, ts=message.ts)

    wire.edits("Hello", "Hello again")
    world.later(hours=1)

    assert len(wire.tries(UPDATE)) == 1
    assert wire.shown("ada") == []


def test_f42_an_edit_refused_for_haste_lets_all_edits_rest(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    for text in ("one", "two", "three"):
        wire.says("ada", text)
    wire.breaks(UPDATE, "429", retry_after=30)
    wire.edits("one", "one, edited")

    wire.edits("two", "two, edited")
    wire.edits("three", "three, edited")

    assert len(wire.tries(UPDATE)) == 1
    world.later(seconds=40)
    assert wire.shown("ada") == ["one, edited", "two, edited", "three, edited"]
    assert len(wire.tries(UPDATE)) == 4


def test_a_whisper_is_heard_at_most_once_under_every_fault(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    for kind in REPEATED:
        wire.breaks(WHISPER, kind, **({"retry_after": 5} if kind == "429" else {}))
        wire.whispers("ada", kind)
        world.later(minutes=2)
    heard = wire.taken_in(WHISPER)
    assert heard == {"429": 1, "500_accepted": 1, "drop_after": 1}
    assert len(wire.tries(WHISPER)) == len(REPEATED) + 1  # after 429 it is certain: once more


def test_a_whisper_that_could_not_be_said_in_time_is_not_said(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.breaks(WHISPER, "429", retry_after=90)
    wire.whispers("ada", "Noted")
    world.later(minutes=10)
    assert len(wire.tries(WHISPER)) == 1


def test_a_conversation_is_opened_however_often_that_fails(world: World) -> None:
    wire = Wire(world)
    for number, kind in enumerate(REPEATED):
        name = f"p{number}"
        world.person(name)
        wire.breaks(OPEN, kind, times=3)
        wire.says(name, kind)
        world.later(minutes=3)
        assert wire.shown(name) == [kind]
    assert set(wire.taken_in().values()) == {1}


def test_f53_a_conversation_that_cannot_be_opened_is_tried_less_and_less(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.breaks(OPEN, "500", times=1000)
    wire.says("ada", "Hello")
    world.later(minutes=10)
    assert 3 < len(wire.tries(OPEN)) < 20
    wire.mends()
    world.later(minutes=10)
    assert wire.taken_in() == {"Hello": 1}


def test_f31_who_was_deactivated_after_the_match_is_passed_over(world: World) -> None:
    ask(world)
    world.slack.control("person", id="U_ADA", deleted=True)
    world.later(minutes=1)
    assert len(world.slack.dms("bo")) == 1
    assert world.slack.dms("cy")[-1].says("<@U_BO>")


def test_f31_the_same_when_slack_has_not_told_us_of_it(world: World) -> None:
    ask(world)
    world.slack.control("scopes", revoke=["users:read"])
    world.slack.control("person", id="U_ADA", deleted=True)
    world.later(minutes=1)
    assert len(world.slack.dms("bo")) == 1
    assert "user_disabled" in {call["error"] for call in Wire(world).tries(OPEN)}


def test_a_definite_refusal_moves_the_question_on(world: World) -> None:
    ask(world)
    world.person("dan", knows=("postgres",))
    world.later(minutes=1)
    Wire(world).breaks(OPEN, "ok_false", error="channel_not_found")

    world.clicks("ada", "Not now")

    assert world.slack.dms("bo") == []
    assert len(world.slack.dms("dan")) == 1


def ask(world: World) -> None:
    """Cy asks Ada; Slack lets nobody open a conversation for half a minute."""
    world.person("ada", knows=("postgres", "sql"))
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres sql index not used?")
    wire = Wire(world)
    wire.breaks(OPEN, "429", retry_after=30, times=2)
    world.clicks("cy", "Ask")
    wire.mends()
    assert world.slack.dms("ada") == []
