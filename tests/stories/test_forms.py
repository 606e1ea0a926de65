"""What is asked for in a form: asking a colleague, and one's own topics and limits."""

import pytest

from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def test_the_empty_command_opens_a_form_and_the_preview_takes_its_place(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    assert "What would you like to know?" in world.types("cy", "/ask-peer").shown
    preview = world.fills("cy", question="why is my postgres index not used?")
    assert "<@U_ADA> lists postgres among their topics" in preview.shown
    assert world.slack.dms("ada") == []

    asked = world.presses("cy", "Ask")

    assert "Your question is on its way" in asked.shown
    assert world.slack.dms("ada")[-1].says("why is my postgres index")


def test_in_the_form_too_the_asker_may_prefer_somebody_else_or_nobody(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.types("cy", "/ask-peer")
    world.fills("cy", question="how does postgres plan?")

    assert "<@U_BO> lists postgres" in world.presses("cy", "Somebody else").shown
    assert "Nobody was asked" in world.presses("cy", "Never mind").shown
    assert world.slack.dms("ada") == world.slack.dms("bo") == []


def test_a_question_that_cannot_be_taken_stays_in_the_form(world: World) -> None:
    world.person("cy")
    world.types("cy", "/ask-peer")

    refused = world.fills("cy", question="\u202e")

    assert refused.errors == {
        "question": "What would you like to know? Please write your question."
    }
    assert world.form("cy")["state"]["values"]["question"]["question"]["value"] == "\u202e"


def test_ones_own_terms_in_one_form(world: World) -> None:
    world.person("ada", knows=("postgres",))

    form = world.types("ada", "/learning settings").view
    assert form["blocks"][0]["element"]["initial_value"] == "postgres"
    saved = world.fills("ada", topics="sql, giving feedback", limit="5", asking="open", switches=[])

    assert "Your topics: giving feedback, sql." in saved.shown
    assert "0 of at most 5" in saved.shown
    assert "Off: being found by your topics" in saved.shown


def test_all_that_is_wrong_is_said_at_once_beside_its_field(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.types("ada", "/learning topics")

    refused = world.fills("ada", topics="…", limit="99", asking="paused", until="2026-03-02")

    assert set(refused.errors) == {"topics", "limit", "until"}
    assert refused.errors["until"].startswith("This day has begun already.")
    assert world.types("ada", "/learning").says("Your topics: postgres.")


def test_the_same_form_can_be_submitted_again_once_it_is_mended(world: World) -> None:
    world.person("ada")
    world.types("ada", "/learning settings")
    assert world.fills("ada", limit="many").errors

    assert "0 of at most 7" in world.fills("ada", limit="7").shown


def test_a_pause_ends_by_itself_on_the_day_that_was_chosen(world: World) -> None:
    world.person("ada", knows=("postgres",), tz="America/New_York")
    world.person("cy")
    world.types("ada", "/learning settings")
    world.fills("ada", asking="paused", until="2026-03-09")
    assert world.types("cy", "/ask-peer postgres?").says("I have nobody to ask")

    world.until("2026-03-09T04:00:00Z")  # midnight in New York, a day after its clocks changed
    assert world.types("cy", "/ask-peer postgres please?").says("<@U_ADA> lists postgres")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("pause 2026-03-09", "until <!date^1773014400^{date_short_pretty}|09 Mar>. Back earlier?"),
        ("pause 2026-03-02", "This day has begun already."),
        ("pause 2028-01-01", "more than a year away"),
        ("pause for ever", "Write it as year, month and day"),
    ],
)
def test_a_pause_until_a_day_can_be_typed(world: World, line: str, answer: str) -> None:
    world.person("ada")

    assert world.types("ada", f"/learning {line}").says(answer)


def test_guests_are_told_before_they_fill_in_anything(world: World) -> None:
    world.person("gus", is_restricted=True)

    for line in ("/ask-peer", "/learning settings", "/mentor", "/reflect"):
        assert world.types("gus", line).says("Peerloop is for full members")
