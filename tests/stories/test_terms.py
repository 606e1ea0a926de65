"""One's own terms: working hours, boundaries and switches, in the form and in a line."""

import pytest

from bot.domain.ids import UserId
from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import newest
from tests.world import World

pytestmark = ON_SQLITE

QUESTION = "why is my postgres index not used?"


def ask(world: World, *experts: str) -> None:
    """Cy asks about postgres, which these colleagues know."""
    for expert in experts:
        world.person(expert, knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "hours 8:30-16:30",
            "You are at work 08:30 to 16:30, Mon to Fri (Europe/London). The time",
        ),
        ("hours 9 to 5", "A working day ends after it begins"),
        ("hours late", "as in: hours 8:30-16:30"),
        ("days Mon-Thu", "09:00 to 17:00, Mon to Thu (Europe/London)"),
        ("days never", "as in: days Mon-Thu"),
        ("holidays gb-sct", "without the public holidays of GB-SCT"),
        ("holidays none", "Mon to Fri (Europe/London). The time"),
        ("holidays Atlantis", "Write the two letters of a country, as in DE"),
        ("holidays GB-XX", "I know no such part of GB. Write GB for the whole country, or"),
        ("refuse Excel, macros", "You are not asked about: excel, macros."),
        ("refuse none", "nothing now that you would rather not be asked about"),
        ("refuse …", "A topic needs letters or digits"),
        ("findable on", "find your name, and why."),
        ("findable off", "Nobody finds your name"),
        ("at-once on", "right away, without a preview."),
        ("look-backs off", "I do not ask you later"),
        ("findable perhaps", "I did not understand that"),
    ],
)
def test_each_can_be_said_in_a_line(world: World, line: str, answer: str) -> None:
    world.person("ada")

    assert world.types("ada", f"/learning {line}").says(answer)


@pytest.mark.parametrize("verb", ["settings", "topics", "hours", "days", "holidays", "refuse"])
def test_a_word_alone_opens_the_form(world: World, verb: str) -> None:
    world.person("ada")

    assert world.types("ada", f"/learning {verb}").shown.startswith("My topics and limits")


def test_everything_said_stands_in_the_overview_and_on_app_home(world: World) -> None:
    world.person("ada", knows=("postgres",))
    for line in ("hours 7-15", "days Mon-Thu", "holidays GB", "refuse excel", "findable on"):
        world.types("ada", f"/learning {line}")

    overview, home = world.types("ada", "/learning"), world.opens_home("ada")

    at_work = "07:00 to 15:00, Mon to Thu (Europe/London), without the public holidays of GB."
    assert overview.says(f"You are at work {at_work}")
    assert overview.says("Never about: excel.")
    assert overview.says("On: being found by your topics, receipts for your emoji and being asked")
    assert overview.says("Off: sending questions without a preview.")
    assert f"At work {at_work}\nColleagues may find me by my topics." in home
    assert "Never about: excel." in home


def test_the_form_takes_all_of_it_at_once_and_shows_it_again(world: World) -> None:
    world.person("ada", tz="Europe/Berlin")
    world.person("bo")

    form = world.types("ada", "/learning settings")
    assert "the one in your Slack profile: Europe/Berlin." in form.shown
    assert "Nobody else ever sees this" in form.shown
    given = {
        "refused": "excel",
        "starts": "06:30",
        "ends": "14:00",
        "days": ["0", "1", "2"],
        "country": "de-by",
        "switches": ["findable", "at-once"],
        "avoided": ["U_BO"],
    }
    saved = world.fills("ada", topics="sql", **given)

    assert "06:30 to 14:00, Mon to Wed (Europe/Berlin)" in saved.shown
    assert "the public holidays of DE-BY" in saved.shown
    assert "U_BO" not in saved.shown
    world.closes("ada")
    fields = {
        block["block_id"]: block["element"]
        for block in world.types("ada", "/learning settings").view["blocks"]
    }
    assert fields["starts"]["initial_time"] == "06:30"
    assert [day["value"] for day in fields["days"]["initial_options"]] == ["0", "1", "2"]
    assert fields["country"]["initial_value"] == "DE-BY"
    assert fields["avoided"]["initial_users"] == ["U_BO"]
    ticked = {switch["value"] for switch in fields["switches"]["initial_options"]}
    assert ticked == {"findable", "at-once"}


def test_a_week_without_working_time_is_refused_beside_its_field(world: World) -> None:
    world.person("ada")
    world.types("ada", "/learning settings")

    refused = world.fills("ada", starts="17:00", ends="09:00", days=[], country="Germany")

    assert set(refused.errors) == {"ends", "days", "country"}
    assert refused.errors["days"].startswith("Please choose one working day at least.")
    assert world.types("ada", "/learning").says("09:00 to 17:00, Mon to Fri")


def test_a_question_waits_for_the_hours_of_the_colleague_it_is_with(world: World) -> None:
    ask(world, "ada", "bo")
    world.types("ada", "/learning hours 13-21")
    world.clicks("cy", "Ask")

    world.until("2026-03-02T16:59:00Z")  # a Monday; office hours would have ended its wait at one
    assert not world.slack.dms("bo")
    world.until("2026-03-02T17:01:00Z")
    assert newest(world, "bo").says(QUESTION)


def test_a_question_waits_over_days_off_and_public_holidays(world: World) -> None:
    ask(world, "ada", "bo")
    world.types("ada", "/learning holidays GB-ENG")
    world.types("ada", "/learning days Mon, Fri")
    world.until("2026-03-31T09:00:00Z")  # a Tuesday; Good Friday is the 3rd, Easter Monday the 6th
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")

    world.until("2026-04-10T11:59:00Z")  # four hours of British Summer Time into Friday
    assert not world.slack.dms("bo")
    world.until("2026-04-10T12:01:00Z")
    assert newest(world, "bo").says(QUESTION)


def test_who_refuses_a_topic_is_not_asked_about_it(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.types("ada", "/learning refuse postgres")
    ask(world, "bo")

    assert world.newest("#general", "cy").says("<@U_BO> lists postgres")


def test_whoever_declares_a_topic_wants_to_be_asked_about_it_again(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.types("ada", "/learning refuse postgres, excel")
    world.types("ada", "/learning topics postgres")
    ask(world)

    assert world.newest("#general", "cy").says("<@U_ADA> lists postgres")
    assert world.types("ada", "/learning").says("Never about: excel.")


def test_nobody_is_sent_to_a_colleague_they_avoid_and_nobody_hears_of_it(world: World) -> None:
    world.person("cy")
    world.person("ada", knows=("postgres",))
    world.types("cy", "/learning settings")
    world.fills("cy", avoided=["U_ADA"])
    world.closes("cy")
    ask(world, "bo")

    assert world.newest("#general", "cy").says("<@U_BO> lists postgres")
    assert world.slack.dms("ada") == []
    assert not world.types("ada", "/learning").says("U_CY")
    assert "U_CY" not in str(world.types("ada", "/learning settings").view)


def test_the_form_changes_only_whom_it_showed(world: World) -> None:
    """Somebody who has left stays avoided, should they come back."""
    for name in ("ada", "bo", "cy", "di"):
        world.person(name)
    world.types("cy", "/learning settings")
    world.fills("cy", avoided=["U_ADA", "U_BO", "U_CY"])
    world.closes("cy")
    world.changes("ada", deleted=True)

    field = world.types("cy", "/learning settings").view["blocks"][-1]["element"]
    assert field["initial_users"] == ["U_BO"]
    world.fills("cy", avoided=["U_DI"])

    assert world.look(lambda work: work.boundaries.avoided_by(UserId("U_CY"))) == {
        "U_ADA",
        "U_DI",
    }
