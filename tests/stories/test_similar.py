"""What colleagues published before is offered before anybody is asked."""

from tests.storage.scene import ON_SQLITE
from tests.stories.test_after_solved import QUESTION, TAKEAWAY, publish, solve
from tests.world import World

pytestmark = ON_SQLITE

AGAIN = "/ask-peer postgres ignores the index, why?"


def published(world: World, **how: object) -> None:
    """Cy has published what he took away, and Dee is about to ask something like it."""
    solve(world)
    publish(world, **how)
    world.person("dee")


def test_the_preview_shows_what_was_published(world: World) -> None:
    published(world)

    preview = world.types("dee", AGAIN)

    assert preview.says("<@U_ADA> lists postgres")
    assert preview.says(
        f"Somebody asked something like this:\n&gt; {QUESTION}\nand took away, in <#C_GENERAL>:\n"
        f"&gt; {TAKEAWAY}"
    )


def test_this_answers_it_asks_nobody_and_notes_from_whom_it_was_learned(world: World) -> None:
    published(world)
    before = len(world.slack.dms("ada"))
    world.types("dee", AGAIN)

    answer = world.clicks("dee", "This answers it")
    world.later(hours=30)

    assert answer.says("Nobody was asked")
    assert answer.says("you learned something from <@U_CY>")
    assert len(world.slack.dms("ada")) == before
    exchange = world.ledger()[-1]
    assert (exchange.learner, exchange.peer) == ("U_DEE", "U_CY")
    assert (exchange.activity, exchange.source) == ("published", "published/1")
    assert exchange.topics == ("postgres",)
    [post] = [m for m in world.slack.messages("#general") if m.says("What a colleague learned")]
    assert (exchange.channel, exchange.ts) == ("C_GENERAL", post.ts)
    assert world.look(lambda work: work.questions.get(2)) is None


def test_of_what_was_published_without_a_name_nobody_is_noted(world: World) -> None:
    published(world, names=["nameless"])
    before = world.ledger()
    world.types("dee", AGAIN)

    answer = world.clicks("dee", "This answers it")

    assert answer.says("Nobody was asked")
    assert not answer.says("U_CY")
    assert world.ledger() == before


def test_it_can_be_asked_all_the_same(world: World) -> None:
    published(world)
    world.types("dee", AGAIN)

    world.clicks("dee", "Ask")

    assert world.slack.dms("ada")[-1].says("ignores the index")


def test_pressed_too_late_it_says_what_happened_instead(world: World) -> None:
    published(world)
    world.types("dee", AGAIN)
    shown = [m for m in world.slack.messages("#general", "dee") if "This answers it" in m.buttons]
    world.clicks("dee", "Ask")

    answer = world.forges("dee", "question.answered", "2/1", shown[-1])

    assert answer.says("already on its way")
    assert len(world.ledger()) == 1
    [hers] = [m for m in world.slack.dms("ada") if m.says("ignores the index")]
    assert world.forges("ada", "question.answered", "2/1", hers).says("Only the person who")
    assert world.forges("dee", "question.answered", "2", shown[-1]).says("not one of mine")


def test_with_nobody_to_ask_it_is_offered_too(world: World) -> None:
    published(world)
    world.types("ada", "/learning pause")

    answer = world.types("dee", AGAIN)

    assert answer.says("I have nobody to ask")
    assert answer.says(f"&gt; {TAKEAWAY}")


def test_a_double_click_shows_it_again(world: World) -> None:
    published(world)

    for _ in range(2):
        preview = world.types("dee", AGAIN)

    assert preview.says(TAKEAWAY)


def test_what_was_taken_back_is_not_offered(world: World) -> None:
    published(world)
    world.clicks("cy", "Publish")
    world.clicks("cy", "Take it back")

    assert not world.types("dee", AGAIN).says(TAKEAWAY)


def test_something_else_is_asked_without_ado(world: World) -> None:
    published(world)

    assert not world.types("dee", "/ask-peer postgres: how do I upgrade?").says("Somebody asked")
