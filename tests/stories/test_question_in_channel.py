"""A question in its topic's channel: nobody else could, or its asker wanted others to learn."""

import pytest

from tests.localslack import Message
from tests.stories.scenes import QUESTION, answers_here, asks, card, newest
from tests.world import World

CHANNEL = "C_POSTGRES"


@pytest.fixture
def posted(world: World) -> Message:
    """Ada could not, and Bo, Dee and others listen in #postgres."""
    for listener in ("bo", "dee"):
        world.person(listener)
    world.channel("postgres", "bo", "dee")
    asks(world, "ada")
    world.clicks("ada", "Not now")
    [found] = world.slack.messages(CHANNEL, "bo")
    return found


def root(world: World) -> Message:
    return world.slack.messages(CHANNEL, "bo")[0]


def test_it_goes_there_when_no_colleague_can_help(world: World, posted: Message) -> None:
    assert posted.says(f"<@U_CY> asks:\n&gt; {QUESTION}")
    status = card(world, "cy", "Your question is in a channel")
    assert status.says("<@U_ADA> cannot take it on right now.")
    assert status.says(f"I have put it to everybody in <#{CHANNEL}>.")
    assert status.says("Until <!date^")


def test_it_does_not_where_its_asker_said_no(world: World) -> None:
    world.channel("postgres")
    asks(world, "ada", how=[])
    world.clicks("ada", "Not now")

    assert world.slack.messages(CHANNEL, "U_BOT") == []
    assert newest(world, "cy").says("I could not find anybody this time")


def test_an_answer_stands_in_the_thread_and_reaches_the_asker(
    world: World, posted: Message
) -> None:
    answers_here(world, "bo", "Because of the cast.", posted)

    answer = world.slack.messages(CHANNEL, "dee")[-1]
    assert answer.thread_ts == posted.ts
    assert answer.says("<@U_BO> answers:\n&gt; Because of the cast.")
    assert newest(world, "cy").says("<@U_BO> writes:\n&gt; Because of the cast.")
    world.clicks("cy", "Solved", newest(world, "cy"))
    [exchange] = world.ledger()
    assert (exchange.peer, exchange.channel, exchange.ts) == ("U_BO", CHANNEL, posted.ts)
    assert root(world).says("It has been solved. Thank you!")
    assert root(world).buttons == {}
    assert newest(world, "bo").says("thanks to you")


def test_several_may_answer(world: World, posted: Message) -> None:
    answers_here(world, "bo", "Because of the cast.", posted)
    answers_here(world, "dee", "Or the statistics are old.", posted)

    texts = [m.text for m in world.slack.dms("cy")]
    assert any("Because of the cast." in text for text in texts)
    assert any("Or the statistics are old." in text for text in texts)


def test_of_two_who_can_help_the_first_does_and_the_other_is_told(
    world: World, posted: Message
) -> None:
    world.clicks("bo", "I can help", posted)
    told = world.forges("dee", "question.join", "1", posted)

    assert world.slack.group("bo", "cy")[0].says(QUESTION)
    assert told.says("This question has moved on in the meantime.")
    assert root(world).says("Somebody is helping already")
    assert world.slack.group("cy", "dee") == []


def test_still_stuck_opens_it_to_the_channel_again(world: World, posted: Message) -> None:
    world.clicks("bo", "I can help", posted)

    world.clicks("cy", "Still stuck")

    assert "I can help" in root(world).buttons
    world.clicks("dee", "I can help", root(world))
    assert world.slack.group("cy", "dee")[0].says(QUESTION)


def test_solved_by_what_was_written_in_the_thread_names_who_helped(
    world: World, posted: Message
) -> None:
    world.writes("dee", "the statistics are old", channel=CHANNEL, thread=posted.ts)

    world.clicks("cy", "Solved")
    world.fills("cy", helper="U_DEE")

    [exchange] = world.ledger()
    assert exchange.peer == "U_DEE"
    assert newest(world, "dee").says("thanks to you")


@pytest.mark.parametrize(
    ("helper", "words"), [("U_CY", "That is you."), ("U_BOT", "Please choose a member")]
)
def test_nobody_else_can_have_helped(
    world: World, posted: Message, helper: str, words: str
) -> None:
    world.clicks("cy", "Solved")
    assert words in world.fills("cy", helper=helper).errors["helper"]
    assert posted.ts == root(world).ts


def test_solved_alone_thanks_nobody(world: World, posted: Message) -> None:
    world.clicks("cy", "Solved")

    assert "I have closed the question." in world.fills("cy").shown
    assert world.ledger() == []
    assert root(world).ts == posted.ts
    assert root(world).says("It has been solved.")


def test_a_working_day_without_an_answer_ends_plainly(world: World, posted: Message) -> None:
    world.later(hours=30)

    assert newest(world, "cy").says("I could not find anybody this time")
    assert newest(world, "cy").says(f"In <#{CHANNEL}> nobody answered through me.")
    assert "Ask again" in newest(world, "cy").buttons
    assert root(world).says("It is closed.")
    told = world.forges("bo", "question.answer", "1", posted)
    assert told.says("This question has moved on in the meantime.")


def test_its_own_asker_does_not_answer(world: World, posted: Message) -> None:
    world.slack.control("channel", id=CHANNEL, add=["U_CY"])
    told = world.forges("cy", "question.join", "1", posted)
    assert told.says("This is your own question.")


def test_guests_do_not_answer(world: World, posted: Message) -> None:
    world.person("gus", is_restricted=True)
    world.slack.control("channel", id=CHANNEL, add=["U_GUS"])
    told = world.forges("gus", "question.join", "1", posted)
    assert told.says("full members")


def test_where_slack_lets_us_post_nothing_the_asker_is_told(world: World) -> None:
    world.channel("postgres")
    asks(world, "ada")
    world.slack.control("channel", id=CHANNEL, is_archived=True)

    world.clicks("ada", "Not now")

    assert newest(world, "cy").says("I could not find anybody this time")


def test_an_emoji_on_an_answer_there_credits_who_gave_it(world: World, posted: Message) -> None:
    answers_here(world, "bo", "Because of the cast.", posted)
    answer = world.slack.messages(CHANNEL, "dee")[-1]

    world.reacts("dee", answer.ts, channel=CHANNEL)
    world.reacts("dee", posted.ts, channel=CHANNEL)  # a question is nobody's lesson

    [exchange] = world.ledger()
    assert (exchange.learner, exchange.peer) == ("U_DEE", "U_BO")


def test_whoever_was_passed_over_is_not_told_so_by_the_channel(world: World) -> None:
    world.person("bo", knows=("postgres",))
    world.channel("postgres", "bo")
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask in the channel")

    answers_here(world, "bo", "Because of the cast.", root(world))

    assert newest(world, "cy").says("<@U_BO> writes:")


def test_who_helps_from_the_channel_can_hand_it_over(world: World, posted: Message) -> None:
    world.clicks("bo", "I can help", posted)

    world.clicks("bo", "Hand over")
    world.fills("bo", named="U_DEE")

    assert "I can help" in root(world).buttons  # once in a channel, it stays open to everybody


def test_answered_but_not_said_to_be_solved_its_asker_is_asked_first(
    world: World, posted: Message
) -> None:
    answers_here(world, "bo", "Because of the cast.", posted)
    world.later(hours=30)

    asked = newest(world, "cy")
    assert asked.says("Did an answer help?")
    assert root(world).buttons
    world.later(hours=48)

    assert newest(world, "cy").says("I close this question")
    assert card(world, "cy", "This is settled").buttons == {}
    assert newest(world, "cy").says("you did not say that it is solved")


def test_who_helped_is_not_who_only_took_it_on_meanwhile(world: World, posted: Message) -> None:
    world.clicks("cy", "Solved")
    world.clicks("bo", "I can help", posted)

    told = world.fills("cy", helper="U_DEE")

    assert "Somebody is already helping" in told.shown
    assert world.ledger() == []


def test_reopened_it_stands_in_the_channel_again(world: World, posted: Message) -> None:
    world.clicks("cy", "Solved")
    world.fills("cy", helper="U_DEE")

    world.clicks("cy", "Reopen")

    assert "I can help" in root(world).buttons
    assert world.ledger() == []
    assert posted.ts == root(world).ts
