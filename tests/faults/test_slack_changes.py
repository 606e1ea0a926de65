"""People and channels change under the bot: nobody is left without a word."""

import pytest

from tests.faults.wire import POST, Wire
from tests.stories.scenes import asks, newest
from tests.stories.test_mentoring import PAIR, pool, said_to, sign_up
from tests.stories.test_prompts import prompts, start
from tests.world import World

GONE = "cannot go on: they are no member of this workspace any more."


def paired(world: World) -> set[tuple[str, str]]:
    return {(p.mentor, p.mentee) for p in world.look(lambda work: work.pairs.active())}


def published(world: World) -> None:
    """Ada is the mentor of Cy, Bo of Dee."""
    pool(world)
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")
    assert paired(world) == {("U_ADA", "U_CY"), ("U_BO", "U_DEE")}


def test_f32_who_loses_a_mentor_is_told_once_and_paired_again(world: World) -> None:
    published(world)
    world.changes("ada", deleted=True)
    assert [m.says(GONE) for m in world.slack.dms("cy")].count(True) == 1
    world.changes("ada", deleted=True)  # Slack tells of it again

    assert [m.says(GONE) for m in world.slack.dms("cy")].count(True) == 1
    assert paired(world) == {("U_BO", "U_DEE")}
    world.person("eve")
    sign_up(world, "eve", offers="python")
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")
    assert paired(world) == {("U_BO", "U_DEE"), ("U_EVE", "U_CY")}


def test_f32_of_an_odd_number_nobody_is_left_without_a_word(world: World) -> None:
    """Three mentees and two mentors, of whom one leaves between the draft and the introduction."""
    pool(world)
    world.person("eve")
    sign_up(world, "eve", wants="sql")
    world.types("lee", PAIR)
    world.changes("bo", deleted=True)
    world.clicks("lee", "Publish")

    introduced = {person for pair in paired(world) for person in pair}
    alone = {"U_CY", "U_DEE", "U_EVE"} - introduced
    assert len(alone) == 2
    for user in alone:
        assert said_to(world, user.removeprefix("U_").lower()).text
    marks = world.slack.accepted()
    assert len(marks) == len(set(marks))


BECOMES = {
    "a guest": {"is_restricted": True},
    "a guest of one channel": {"is_ultra_restricted": True},
    "somebody of another organisation": {"is_stranger": True},
}


@pytest.mark.parametrize("about", BECOMES.values(), ids=BECOMES)
def test_f33_whoever_is_no_full_member_any_more_is_asked_nothing(
    world: World, about: dict[str, bool]
) -> None:
    """Their question goes on at once, their pair ends, their emoji count no more."""
    published(world)
    asks(world, "ada", "bo")
    assert newest(world, "ada").says("postgres")
    world.changes("ada", **about)

    assert newest(world, "bo").says("postgres"), "it went on to the next"
    assert any(m.says("<@U_BO>") for m in world.slack.dms("cy"))
    assert paired(world) == {("U_BO", "U_DEE")}
    refusal = "Peerloop is for full members of this workspace"
    assert world.types("ada", "/learning topics sql").says(refusal)
    assert world.types("ada", "/ask-peer why?").says(refusal)
    if "is_stranger" not in about:  # they cannot even open it
        assert refusal in world.opens_home("ada")
    world.reacts("ada", world.writes("bo", "a tip"))
    assert world.ledger() == []


def test_f33_between_the_claim_and_the_call_nobody_who_left_is_written_to(world: World) -> None:
    """Deactivated while Slack rests: checked again just before it is sent."""
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "429", retry_after=30)
    wire.says("ada", "canary")
    world.changes("ada", deleted=True)
    world.later(minutes=5)
    assert wire.taken_in()["canary"] == 0


def test_f34_a_question_in_a_channel_that_is_archived_meanwhile_ends_with_a_word(
    world: World,
) -> None:
    world.channel("postgres")
    world.slack.control("channel", id="C_POSTGRES", is_archived=True)
    asks(world, "ada")
    world.clicks("ada", "Not now")
    assert newest(world, "cy").says("I could not find anybody this time")


def test_f35_a_bot_that_was_removed_from_a_channel_pauses_and_says_so_once(world: World) -> None:
    world.lead("lee")
    start(world)
    world.slack.control("channel", id="C_GENERAL", remove=["U_BOT"])
    world.settle()
    world.until("2026-03-16T12:00:00Z")

    assert prompts(world) == []
    told = [m.text for m in world.slack.dms("lee") if m.says("I could not post")]
    assert len(told) == 1
    tries = [call for call in Wire(world).tries() if call["args"]["channel"] == "C_GENERAL"]
    assert len(tries) <= 1, "it rests until a lead resumes it"
    assert "<#C_GENERAL>" not in world.types("lee", "/learning").text, "I am not there any more"

    world.slack.control("channel", id="C_GENERAL", add=["U_BOT"])
    world.settle()
    world.clicks("lee", "Resume")
    world.until("2026-03-23T12:00:00Z")
    assert len(prompts(world)) == 1


def test_f36_a_renamed_channel_bears_its_new_name(world: World) -> None:
    """Names are Slack's to show; the one that is kept follows with the next look."""
    world.channel("postgres")
    world.slack.control("channel", id="C_POSTGRES", name="sql")
    world.syncs()
    asks(world, "ada")
    world.clicks("ada", "Not now")
    assert newest(world, "cy").says("I could not find anybody this time"), "it is no #postgres now"
    names = {channel.name for channel in world.look(lambda work: work.channels.named())}
    assert "sql" in names
    assert "postgres" not in names


def test_f36_a_channel_that_became_private_is_not_named_any_more(world: World) -> None:
    world.lead("lee")
    world.channel("secrets", "lee")
    world.types("lee", "/learning channels")
    world.fills("lee", topics="postgres", channel="C_SECRETS")
    world.closes("lee")
    world.slack.control("channel", id="C_SECRETS", is_private=True)
    world.syncs()

    asks(world, "ada")
    world.clicks("ada", "Not now")
    assert world.slack.messages("C_SECRETS", "U_BOT") == [], "nothing is put there"
    for words in (
        newest(world, "cy").text,
        world.types("cy", "/learning").text,
        world.types("lee", "/learning channels").shown,
    ):
        assert "C_SECRETS" not in words
        assert "secrets" not in words
    assert not [c for c in world.look(lambda work: work.channels.named()) if c.name == "secrets"]


@pytest.mark.parametrize("error", ["restricted_action", "restricted_action_read_only_channel"])
def test_f39_where_only_some_may_post_the_prompt_rests_and_its_lead_is_told(
    world: World, error: str
) -> None:
    world.lead("lee")
    start(world)
    wire = Wire(world)
    wire.breaks(POST, "ok_false", error=error, where={"channel": "C_GENERAL"}, times=9)
    world.until("2026-03-30T12:00:00Z")
    tries = [call for call in wire.tries() if call["args"]["channel"] == "C_GENERAL"]
    assert len(tries) == 1, "a definite refusal is not tried again"
    assert sum(m.says("I could not post in") for m in world.slack.dms("lee")) == 1


def test_f40_a_message_deleted_before_anybody_looked_is_sent_again(world: World) -> None:
    """As docs/reliability.md promises and no more: absent from the history is not there."""
    world.person("ada")
    wire = Wire(world)
    wire.breaks(POST, "drop_after")
    wire.says("ada", "Hello")
    [message] = world.slack.dms("ada")
    world.slack.control("delete", channel=message.channel, ts=message.ts)
    world.later(minutes=2)
    assert wire.taken_in()["Hello"] == 2
    assert wire.shown("ada") == ["Hello"]


def test_f40_a_message_deleted_once_it_is_known_to_be_sent_stays_deleted(world: World) -> None:
    world.person("ada")
    wire = Wire(world)
    wire.says("ada", "Hello")
    [message] = world.slack.dms("ada")
    world.slack.control("delete", channel=message.channel, ts=message.ts)
    world.later(hours=1)
    assert wire.taken_in()["Hello"] == 1
    assert wire.shown("ada") == []
