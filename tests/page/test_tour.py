"""The guided tour in the lived-in sandbox: each scene, done by nothing but its own buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from bot import manifest
from bot.demo.guide import scenes
from bot.demo.running import Demo
from tests.page.tourist import Tourist
from tests.page.visitor import PATIENCE

SCENES = scenes(manifest.load().commands)
WIDE, NARROW = (1280, 800), (360, 740)
TODAY = datetime(2026, 3, 4, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    demo = Demo(0, today=TODAY)
    demo.start()
    yield demo
    demo.stop()


@contextmanager
def touring(browser: Browser, demo: Demo, width: int, height: int) -> Iterator[Tourist]:
    context = browser.new_context(viewport={"width": width, "height": height})
    tourist = Tourist(context.new_page(), demo.url)
    tourist.comes("cy", "C_GENERAL")
    yield tourist
    context.close()
    assert tourist.troubles == []


@pytest.fixture
def fresh() -> Iterator[Demo]:
    """A workspace in which nobody has taken the tour."""
    demo = Demo(0, today=TODAY)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def tourist(browser: Browser, demo: Demo) -> Iterator[Tourist]:
    with touring(browser, demo, *WIDE) as tourist:
        yield tourist


def test_ask_and_be_asked(tourist: Tourist) -> None:
    tourist.sees_all_of("Ask, and be asked")
    tourist.does_the_last()
    expect(tourist.card).to_have_attribute("data-scene", "2")
    tourist.reads("thank you")


def test_an_emoji_notes_what_was_learned(tourist: Tourist) -> None:
    tourist.sees_all_of("An emoji notes what you learned")
    expect(tourist.room.locator("#home-view")).to_contain_text("You learned from colleagues")


def test_a_mentor_pair_meets(tourist: Tourist) -> None:
    tourist.sees_all_of("A mentor pair meets")
    tourist.reads("You are a mentoring pair")


def test_mondays_prompt(tourist: Tourist) -> None:
    tourist.sees_all_of("Monday's prompt")
    thread = tourist.page.locator("#thread")
    expect(thread.locator(".message", has_text="Salt on the connectors")).to_be_in_viewport()
    expect(tourist.form).to_have_count(0)


def test_time_passes_and_a_question_moves_on(tourist: Tourist) -> None:
    tourist.sees_all_of("Time passes, and a question moves on")
    tourist.reads("how do I group rows by month in sql?")


def test_the_leads_view(tourist: Tourist) -> None:
    tourist.sees_all_of("The lead's view")
    expect(tourist.form).to_contain_text("field-notes")


def test_the_tour_is_put_aside_and_found_again_where_it_was(tourist: Tourist) -> None:
    tourist.begins("A mentor pair meets")
    tourist.card.get_by_role("button", name="Skip").click()
    tourist.card.get_by_role("button", name="Put the tour aside").click()
    expect(tourist.card).to_be_hidden()
    tourist.page.reload()
    expect(tourist.page.locator("body[data-ready]")).to_be_attached()
    expect(tourist.card).to_be_hidden()
    tourist.page.get_by_role("button", name="Guided tour").click()
    expect(tourist.card.get_by_role("heading")).to_have_text("A mentor pair meets")
    expect(tourist.card).to_have_attribute("data-step", "2")


def is_about_something(scene: int, step: int) -> bool:
    """Whether there is something on the page that the step is about."""
    here, before = SCENES[scene]["steps"][step], SCENES[scene]["steps"][step - 1]
    is_to_read = here.keys() == {"words"} and "gets" in before.get("go", {})
    return bool({"press", "react", "see"} & here.keys()) or is_to_read


@pytest.mark.parametrize(("width", "height"), [WIDE, NARROW], ids=["wide", "narrow"])
def test_six_scenes_one_after_another_and_nothing_has_to_be_looked_for(
    browser: Browser, fresh: Demo, width: int, height: int
) -> None:
    with touring(browser, fresh, width, height) as tourist:
        for scene, told in enumerate(SCENES):
            expect(tourist.card.get_by_role("heading")).to_have_text(told["title"])
            for step in range(len(told["steps"])):
                tourist.is_at(step + 1)
                if is_about_something(scene, step):
                    tourist.sees_what_is_meant()
                tourist.does_it()
        expect(tourist.card).to_be_hidden()
        expect(tourist.form).to_have_count(0)


# Where a visitor goes their own way.


def test_only_the_message_that_is_meant_counts(browser: Browser, fresh: Demo) -> None:
    """Ada has another question, and saying yes to that leaves the tour where it is."""
    with touring(browser, fresh, *WIDE) as tourist:
        tourist.walks("Ask, and be asked", 5)
        tourist.sees_what_is_meant()
        other = tourist.message("slow queries in postgres")
        other.get_by_role("button", name="I can help").click()
        expect(other).to_contain_text("You said yes")
        tourist.is_at(5)
        tourist.message("covering index").get_by_role("button", name="Not now").click()
        expect(tourist.page.locator(".pointed")).to_have_count(0)
        tourist.card.get_by_role("button", name="Skip").click()
        said = tourist.card.get_by_role("status")
        expect(said).to_contain_text("Go back a step, or skip this one.", timeout=4 * PATIENCE)
        expect(tourist.card.get_by_role("button", name="Look again")).to_be_enabled()
        tourist.card.get_by_role("button", name="Back").click()
        tourist.is_at(5)


def test_another_command_is_not_what_the_step_asks_for(tourist: Tourist) -> None:
    tourist.walks("Ask, and be asked", 2)
    tourist.writes("/learning")
    tourist.reads("Your topics")
    tourist.is_at(2)


def test_whoever_travels_by_hand_is_noticed_once_they_are_there(tourist: Tourist) -> None:
    tourist.walks("Monday's prompt", 2)
    for journey, step in [("+1 hour", 2), ("+1 week", 3)]:
        tourist.page.locator("#time").click()
        tourist.page.get_by_role("button", name=journey).click()
        tourist.page.get_by_role("button", name="Go on").click(timeout=4 * PATIENCE)
        tourist.is_at(step)


def test_a_form_does_not_outlive_its_scene(tourist: Tourist) -> None:
    tourist.walks("Monday's prompt", 4)
    expect(tourist.form).to_be_visible()
    tourist.begins("The lead's view")
    expect(tourist.form).to_have_count(0)


def test_the_keyboard_stays_where_it_was_from_step_to_step(tourist: Tourist) -> None:
    page = tourist.page
    tourist.begins("An emoji notes what you learned")
    status = tourist.card.get_by_role("status").element_handle()
    tourist.card.locator("#tour-do").focus()
    for step in (2, 3, 4):
        page.keyboard.press("Enter")
        tourist.is_at(step)
        expect(tourist.card.locator("#tour-do")).to_be_focused()
    assert status.evaluate("(node) => node.isConnected")
    page.keyboard.press("Shift+Tab")
    expect(tourist.card.get_by_role("button", name="Back")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.title") == "Put the tour aside":
            break
    page.keyboard.press("Enter")
    expect(tourist.card).to_be_hidden()
    expect(page.locator("#to-tour")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tourist.card.locator("#tour-do")).to_be_focused()


def test_the_card_is_reached_before_the_conversations(tourist: Tourist) -> None:
    tourist.page.locator("#to-tour").focus()
    for _ in range(4):
        tourist.page.keyboard.press("Tab")
        if tourist.page.evaluate("document.activeElement.closest('#tour') !== null"):
            return
    pytest.fail("four times Tab, and not in the tour")
