"""A colleague answers on the spot, and words go to and fro without a meeting."""

from tests.stories.scenes import QUESTION, answers_here, asks, card, newest
from tests.world import World


def test_an_answer_is_passed_on_at_once(world: World) -> None:
    asks(world, "ada", "bo")

    answers_here(world, "ada", "Because of the <cast> in your WHERE.")

    told = newest(world, "cy")
    assert told.says("<@U_ADA> writes:\n&gt; Because of the &lt;cast&gt; in your WHERE.")
    assert told.says(f"You had asked:\n&gt; {QUESTION}")
    assert list(told.buttons) == ["Solved", "Ask back", "Still stuck", "Talk together"]
    assert newest(world, "ada").says("I passed on what you wrote to <@U_CY>")
    assert card(world, "cy", "A colleague has answered").says("<@U_ADA> wrote to you")


def test_the_words_are_kept_only_until_they_were_said(world: World) -> None:
    asks(world, "ada")
    answers_here(world, "ada", "canary answer")
    assert "canary answer" not in world.everything_kept()


def test_solved_after_an_answer_thanks_the_helper_alone(world: World) -> None:
    asks(world, "ada")
    answers_here(world, "ada", "Because of the cast.")

    world.clicks("cy", "Solved")

    assert newest(world, "ada").says("<@U_CY> has what they needed, thanks to you.")
    assert card(world, "ada", "You helped").buttons == {}
    [exchange] = world.ledger()
    assert (exchange.learner, exchange.peer, exchange.topics) == ("U_CY", "U_ADA", ("postgres",))


def test_asking_back_reaches_the_helper_and_is_answered(world: World) -> None:
    asks(world, "ada")
    answers_here(world, "ada", "Because of the cast.")

    world.clicks("cy", "Ask back")
    world.fills("cy", words="Which cast?")
    world.closes("cy")
    assert newest(world, "ada").says("<@U_CY> writes:\n&gt; Which cast?")
    answers_here(world, "ada", "The one to text.")

    assert newest(world, "cy").says("<@U_ADA> writes:\n&gt; The one to text.")


def test_more_can_be_added(world: World) -> None:
    asks(world, "ada")
    answers_here(world, "ada", "Because of the cast.")

    world.clicks("ada", "Add to it")
    world.fills("ada", words="EXPLAIN shows it.")

    assert newest(world, "cy").says("EXPLAIN shows it.")


def test_rather_talk_opens_the_twos_conversation(world: World) -> None:
    asks(world, "ada")
    answers_here(world, "ada", "Long story.")

    world.clicks("cy", "Talk together")

    assert world.slack.group("ada", "cy")[0].says(QUESTION)


def test_still_stuck_goes_on_without_blame(world: World) -> None:
    asks(world, "ada", "bo")
    answers_here(world, "ada", "Have you tried again?")

    world.clicks("cy", "Still stuck")

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "ada").says("has gone on to somebody else. No harm done, and thank you")
    assert newest(world, "ada").buttons == {}
    assert card(world, "cy", "I have asked <@U_BO>").says("<@U_ADA> tried.")


def test_an_answer_that_comes_too_late_is_told_so(world: World) -> None:
    asks(world, "ada", "bo")
    old = newest(world, "ada")
    world.later(hours=5)

    told = world.forges("ada", "question.answer", "1", old)

    assert told.says("This question has moved on in the meantime.")


def test_a_form_that_was_open_while_the_question_moved_on_loses_nothing_silently(
    world: World,
) -> None:
    asks(world, "ada")
    world.clicks("ada", "Answer here")
    world.clicks("cy", "Withdraw")

    told = world.fills("ada", words="Because of the cast.")

    assert "This question was taken back" in told.shown
    assert not [m for m in world.slack.dms("cy") if m.says("Because of the cast.")]


def test_nothing_typed_is_asked_for_again(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "Answer here")

    assert world.fills("ada", words=" \n ").errors == {"words": "Please write something."}


def test_others_cannot_answer_what_was_not_put_to_them(world: World) -> None:
    asks(world, "ada")
    world.person("mallory")
    message = world.newest("#general", "mallory") if world.writes("mallory", "hm") else None
    assert message

    told = world.forges("mallory", "question.answer", "1", message)

    assert told.says("This question was not put to you.")
