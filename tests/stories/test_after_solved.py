"""What may follow *Solved*: a line of thanks, what changed, and publishing what was learned."""

import pytest

from bot.domain.exchanges import Change, Outcome
from bot.domain.ids import UserId
from tests.localslack import Message, Refusal
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE

QUESTION = "why is my postgres index not used?"
TAKEAWAY = "ANALYZE after every bulk load."


def solve(world: World) -> None:
    """Ada has helped Cy, and Cy has pressed *Solved*."""
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    world.clicks("ada", "I can help")
    world.clicks("cy", "Solved")


def outcome(world: World) -> Outcome | None:
    return world.look(lambda work: work.exchanges.outcome("question/1", UserId("U_CY")))


def thread(world: World) -> list[Message]:
    return world.slack.group("ada", "cy")[1:]


def publish(world: World, **values: object) -> None:
    world.clicks("cy", "Publish")
    filled = {"takeaway": TAKEAWAY, "channel": "C_GENERAL", **values}
    answer = world.fills("cy", **filled)
    assert not answer.errors, answer.errors
    world.closes("cy")


def posts(world: World) -> list[Message]:
    return [m for m in in_general(world) if m.says("What a colleague learned")]


def in_general(world: World) -> list[Message]:
    """What stays there for everybody."""
    return [m for m in world.slack.messages("#general") if not m.is_private]


# A line.


def test_solved_is_one_tap_and_offers_more(world: World) -> None:
    solve(world)

    closed = world.slack.dms("cy")[-1]
    assert closed.says("Solved")
    assert list(closed.buttons)[:2] == ["Add a line", "Publish"]
    [thanks] = thread(world)
    assert thanks.says("thank you")


def test_a_line_of_thanks_is_passed_on_in_the_thread_of_the_two(world: World) -> None:
    solve(world)

    form = world.clicks("cy", "Add a line")
    assert "A line of thanks to ada" in form.shown
    answer = world.fills("cy", thanks="You saved my <!channel> week.")

    line = thread(world)[-1]
    assert line.says("<@U_CY> adds:\n&gt; You saved my &lt;!channel&gt; week.")
    assert line.thread_ts == world.slack.group("ada", "cy")[0].ts
    assert "on its way to" in answer.shown


def test_what_changed_is_kept_and_shown_to_nobody_else(world: World) -> None:
    solve(world)
    before = [len(thread(world)), len(world.slack.dms("ada"))]

    world.clicks("cy", "Add a line")
    world.fills("cy", changed="behaviour", line="I read the plan first.")

    assert outcome(world) == Outcome(Change.BEHAVIOUR, "I read the plan first.")
    assert [len(thread(world)), len(world.slack.dms("ada"))] == before
    calls = world.slack.calls("chat.postMessage") + world.slack.calls("chat.update")
    assert "I read the plan first." not in str(calls)


def test_pressed_again_it_is_edited_and_the_same_thanks_go_once(world: World) -> None:
    solve(world)
    world.clicks("cy", "Add a line")
    world.fills("cy", thanks="Thank you!", changed="knowledge", line="How it plans.")
    world.closes("cy")

    world.clicks("cy", "Add a line")
    assert world.form("cy")["state"]["values"]["line"]["line"]["value"] == "How it plans."
    world.fills("cy", thanks="Thank you!", changed="attitude")
    world.closes("cy")
    world.clicks("cy", "Add a line")
    world.fills("cy", thanks="And thanks for the link.", line=None, changed=None)

    assert [m.text.split("&gt; ")[-1] for m in thread(world)[1:]] == [
        "Thank you!",
        "And thanks for the link.",
    ]
    assert outcome(world) == Outcome()


def test_without_a_thread_the_thanks_come_to_the_helper_alone(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    world.slack.control("scopes", revoke=["mpim:write"])
    world.clicks("ada", "I can help")
    world.clicks("cy", "Solved")

    world.clicks("cy", "Add a line")
    world.fills("cy", thanks="You saved my week.")

    line = [m for m in world.slack.dms("ada") if not m.is_private][-1]
    assert line.says("<@U_CY> solved it with your help, and adds:\n&gt; You saved my week.")
    assert line.says("No questions for a while: `/learning pause`")


def test_whoever_has_left_cannot_be_thanked_and_the_words_are_not_lost(world: World) -> None:
    solve(world)
    world.changes("ada", deleted=True)

    world.clicks("cy", "Add a line")
    refused = world.fills("cy", thanks="You saved my week.")
    assert "They have left the workspace" in refused.errors["thanks"]

    assert not world.fills("cy", thanks=None, line="I read the plan first.").errors
    assert outcome(world) == Outcome(line="I read the plan first.")


def test_only_the_asker_adds_a_line_or_publishes(world: World) -> None:
    solve(world)
    root = world.slack.group("ada", "cy")[0]

    for action in ("question.line", "question.publish", "question.take_back"):
        assert world.forges("ada", action, "1", root).says("Only the person who asked can do this")
    assert world.forges("cy", "question.line", "9", root).says("I do not keep this question")


def test_before_it_is_solved_there_is_nothing_to_add(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    [status] = world.slack.dms("cy")

    answer = world.forges("cy", "question.publish", "1", status)

    assert answer.says("This comes once the question is solved.")


# Publishing.


def test_a_takeaway_reaches_the_channel_under_the_askers_name(world: World) -> None:
    solve(world)

    form = world.clicks("cy", "Publish").view
    assert form["state"]["values"]["question"]["question"]["value"] == QUESTION
    answer = world.fills("cy", takeaway=TAKEAWAY, channel="C_GENERAL")

    assert "on its way to" in answer.shown
    [post] = posts(world)
    assert post.says(f"<@U_CY> asked:\n&gt; {QUESTION}\nand takes away:\n&gt; {TAKEAWAY}")
    assert post.says("Here because whoever asked chose to share it.")
    assert not post.says("U_ADA")
    published = world.look(lambda work: work.published.get(1))
    assert published
    assert published.author == "U_CY"
    assert published.topics == {"postgres"}


def test_it_can_be_published_in_other_words_and_without_a_name(world: World) -> None:
    solve(world)

    publish(world, question="Why does postgres ignore my index?", names=["nameless"])

    [post] = posts(world)
    assert post.says("A colleague asked:\n&gt; Why does postgres ignore my index?")
    assert not post.says("U_CY")
    published = world.look(lambda work: work.published.get(1))
    assert published
    assert published.author is None


def test_once_published_the_button_says_so_and_it_can_be_taken_back(world: World) -> None:
    solve(world)
    publish(world)

    again = world.clicks("cy", "Publish")
    assert again.says("You have published this")
    taken = world.clicks("cy", "Take it back")

    assert taken.says("I have dropped the words")
    assert posts(world) == []
    [left] = in_general(world)
    assert left.says("whoever asked took them back")
    assert TAKEAWAY not in world.everything_kept()
    assert world.clicks("cy", "Publish").says("each question is published once")
    assert len(in_general(world)) == 1


def test_it_is_published_only_where_i_was_invited(world: World) -> None:
    solve(world)
    world.slack.control("channel", id="C_AWAY", name="away", add=["U_CY"])
    world.clicks("cy", "Publish")

    refused = world.fills("cy", takeaway=TAKEAWAY, channel="C_AWAY")

    assert refused.errors["channel"].startswith("I am not in this channel. Invite me there")


def test_it_is_published_only_where_everybody_can_look_in(world: World) -> None:
    solve(world)
    world.slack.control("channel", id="C_TEAM", name="team", add=["U_CY", "U_BOT"])
    world.clicks("cy", "Publish")
    form = world.form("cy")["id"]
    world.slack.control("channel", id="C_TEAM", is_private=True)
    with pytest.raises(Refusal, match="this menu offers only public"):
        world.fills("cy", takeaway=TAKEAWAY, channel="C_TEAM")
    assert world.form("cy")["id"] == form


def test_what_was_not_written_is_asked_for_beside_its_field(world: World) -> None:
    solve(world)
    world.clicks("cy", "Publish")

    errors = world.fills("cy", takeaway=" \u202e ", question="\u202e", channel="C_GENERAL").errors

    assert errors["takeaway"] == "Please write what you take away."
    assert errors["question"] == "Please write the question."


def test_where_it_cannot_be_posted_the_asker_is_told_and_can_choose_again(world: World) -> None:
    solve(world)
    world.slack.control("channel", id="C_ELSE", name="elsewhere", add=["U_BOT", "U_CY"])
    world.slack.control(
        "fault",
        method="chat.postMessage",
        kind="ok_false",
        error="is_archived",
        where={"channel": "C_ELSE"},
    )

    publish(world, channel="C_ELSE")

    sorry = [m for m in world.slack.dms("cy") if not m.is_private][-1]
    assert sorry.says("I could not post in <#C_ELSE>: the channel is archived.")
    assert sorry.says(TAKEAWAY)
    assert world.look(lambda work: work.published.get(1)) is None
    world.clicks("cy", "Choose another channel")
    world.fills("cy", takeaway=TAKEAWAY, channel="C_GENERAL")
    assert len(posts(world)) == 1


def test_taken_back_before_it_was_sent_it_is_never_seen(world: World) -> None:
    solve(world)
    world.slack.control("fault", method="chat.postMessage", kind="429", retry_after=600)
    publish(world)

    world.clicks("cy", "Publish")
    world.clicks("cy", "Take it back")
    world.later(minutes=15)

    assert in_general(world) == []
    assert TAKEAWAY not in world.everything_kept()


def test_long_after_the_words_are_gone_it_can_still_be_published(world: World) -> None:
    solve(world)
    world.types("cy", "/learning look-backs off")
    world.later(hours=24 * 31)
    world.cleans_up()

    publish(world, question="Why was it?")

    assert posts(world)[-1].says("Why was it?")
