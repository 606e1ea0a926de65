"""The guided tour in the lived-in sandbox: each scene, done by nothing but its own buttons."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.demo.running import Demo
from tests.localslack import SlackView
from tests.page.tourist import Tourist


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    demo = Demo(0)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def tourist(browser: Browser, demo: Demo) -> Iterator[Tourist]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tourist = Tourist(context.new_page(), demo.url)
    tourist.comes("cy", "C_GENERAL")
    yield tourist
    context.close()
    assert tourist.troubles == []


@pytest.fixture
def slack(demo: Demo) -> SlackView:
    return SlackView(demo.url)


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
    tourist.reads("What did you see last week")


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
