"""App Home: what is one's own, and current within a moment of every change."""

from tests.storage.scene import ON_SQLITE
from tests.stories.test_mentoring import pool
from tests.world import World

pytestmark = ON_SQLITE


def test_somebody_new_sees_what_they_can_do(world: World) -> None:
    world.person("ada")

    home = world.opens_home("ada")

    for words in (
        "Peerloop: learning from each other",
        "My open questions\nNone.",
        "You are not in the pool of mentors and mentees.",
        "You learned from colleagues: not yet. They learned from you: not yet.",
        "Topics: none yet, so nobody is sent to you.",
        "Questions this week: 0 of at most 3.",
    ):
        assert words in home
    assert "For learning leads" not in home
    assert "For workspace admins" not in home


def test_it_is_shown_to_whoever_opened_it_and_to_nobody_else(world: World) -> None:
    world.person("ada")
    world.person("bo")
    world.slack.control("home", user="bo", tab="messages")
    world.settle()
    world.opens_home("ada")
    world.types("bo", "/learning topics sql")

    assert [call["args"]["user_id"] for call in world.slack.calls("views.publish")] == ["U_ADA"]


def test_my_open_questions_follow_what_happens_to_them(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.opens_home("cy")
    world.opens_home("ada")

    world.types("cy", "/ask-peer why is my postgres index not used?")
    world.clicks("cy", "Ask")
    assert "<@U_ADA> has been asked. If they cannot answer, it goes on" in world.home("cy")
    assert "Questions this week: 1 of at most 3." in world.home("ada")
    world.clicks("ada", "I can help")
    assert "<@U_ADA> is helping you with this." in world.home("cy")

    assert "I have closed the question" in world.presses("cy", "Solved").shown
    world.closes("cy")
    assert "My open questions\nNone." in world.home("cy")
    assert "You learned from colleagues: once." in world.home("cy")
    assert "They learned from you: once" in world.home("ada")


def test_what_i_gave_and_received_follows_an_emoji(world: World) -> None:
    world.person("ada")
    world.person("bo")
    world.opens_home("ada")
    message = world.writes("ada", "ANALYZE after the bulk load.")

    world.reacts("bo", message)
    assert "They learned from you: once" in world.home("ada")
    world.reacts("bo", message, on=False)
    assert "They learned from you: not yet" in world.home("ada")


def test_a_question_is_asked_from_here(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.opens_home("cy")

    assert "What would you like to know?" in world.presses("cy", "Ask a colleague").shown
    world.fills("cy", question="how does postgres plan?")
    world.presses("cy", "Ask")

    assert world.slack.dms("ada")[-1].says("how does postgres plan?")


def test_my_topics_are_edited_from_here_and_shown_at_once(world: World) -> None:
    world.person("ada", knows=("sql",))
    world.opens_home("ada")

    world.presses("ada", "Edit")
    world.fills("ada", topics="sql, rust", limit="9", asking="paused", until="2026-03-09")
    home = world.home("ada")
    assert "Topics: rust, sql.\nQuestions this week: 0 of at most 9." in home
    assert "Paused: nothing is asked of you until <!date^1773014400" in home

    world.closes("ada")
    world.presses("ada", "Resume now")
    assert "Paused" not in world.home("ada")


def test_my_pair_and_its_next_step(world: World) -> None:
    pool(world)
    world.opens_home("cy")
    world.closes("cy")
    assert "In the pool: you look for python." in world.home("cy")
    world.types("lee", "/mentor pair")
    world.clicks("lee", "Publish")

    home = world.home("cy")
    assert "<@U_ADA> is your mentor since" in home
    assert "<@U_ADA> offers python, and <@U_CY> would like to learn that." in home
    assert "Next step: meet for half an hour" in home
    assert "but not who ended it" in world.presses("cy", "End this pairing").shown
    world.closes("cy")
    assert "is your mentor" not in world.home("cy")


def test_leads_and_admins_find_what_is_theirs(world: World) -> None:
    world.lead("lee")
    assert "For workspace admins" in world.opens_home("root")
    assert "For learning leads" in world.opens_home("lee")

    assert "Nothing is running yet" in world.presses("lee", "Weekly prompts").shown
    assert "In which channel?" in world.presses("lee", "New weekly prompt").shown
    world.closes("lee")
    assert "Nobody has signed up yet" in world.presses("lee", "Propose mentor pairs").shown

    world.closes("root")
    world.presses("root", "Name learning leads")
    world.fills("root", leads=[])
    assert "For learning leads" not in world.home("lee")


def test_guests_are_told_that_it_is_not_for_them(world: World) -> None:
    world.person("gus", is_restricted=True)

    assert world.opens_home("gus") == (
        "Peerloop\nPeerloop is for full members of this workspace. A workspace admin can tell you"
        " more."
    )


def test_what_was_typed_into_a_question_is_not_obeyed_here(world: World) -> None:
    world.person("ada", knows=("sql",))
    world.person("cy")
    world.opens_home("cy")
    world.types("cy", "/ask-peer sql <!channel> <https://evil.example|click>")
    world.clicks("cy", "Ask")

    home = world.slack.see("views/cy")["home"]
    quoted = [block for block in home["blocks"] if block["type"] == "rich_text"]
    assert "<!channel>" in str(quoted)
    sections = [block for block in home["blocks"] if block["type"] == "section"]
    assert "<!channel>" not in str(sections)
