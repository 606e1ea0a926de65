"""Taking a question to the colleague most likely to help."""

from tests.world import World


def test_the_asker_sees_whom_and_why_before_anything_is_sent(world: World) -> None:
    world.person("ada", knows=("postgres", "sql"))
    world.person("cy")

    preview = world.types("cy", "/ask-peer why is my postgres index not used?")

    assert preview.says("<@U_ADA> lists postgres among their topics")
    assert preview.says("Nothing has been sent yet.")
    assert world.slack.dms("ada") == []


def test_a_question_reaches_the_colleague_the_asker_agreed_to(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer why is my postgres index not used?")

    answer = world.clicks("cy", "Ask")

    assert answer.says("I am asking <@U_ADA>")
    [card] = world.slack.dms("ada")
    assert card.says("<@U_CY> asks:\n&gt; why is my postgres index not used?")
    assert card.says("Why you: you list postgres among your topics")
    assert card.says("No questions for a while: `/learning pause`")
    assert list(card.buttons) == ["I can help", "Not now"]
    assert world.slack.dms("cy")[-1].says("I have asked <@U_ADA>")
