"""What people do every day, on the page: ask, answer, react, and be somebody else."""

import re

import pytest
from playwright.sync_api import Route, expect

from bot import manifest
from bot.demo.guide import guide
from tests.page.conftest import Opens
from tests.world import World

SLACK = {"guide": guide(manifest.load().commands, tour=False)}


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.person("ada", knows=("postgres",), real_name="Ada Okafor", title="Data Engineer")
    company.person("bo", real_name="Bo Lindqvist", tz="Europe/Stockholm")
    company.person("cy", real_name="Cy Hernandez", tz="America/New_York")
    company.slack.control("channel", id="C_SECRET", name="secret", is_private=True, members=["ada"])


def test_a_question_is_asked_and_answered_with_the_keyboard_and_two_clicks(opens: Opens) -> None:
    cy = opens("cy")
    cy.writes("/ask-peer why is my postgres index not used?")
    cy.reads("Shall I ask this colleague?")
    cy.clicks("Ask")
    cy.reads("Your question is on its way")
    cy.becomes("Ada")
    expect(cy.news("Peerloop")).to_have_text("1")
    cy.goes("Peerloop")
    cy.reads("why is my postgres index not used?")
    expect(cy.news("Peerloop")).to_have_count(0)
    cy.clicks("I can help")
    cy.goes("Cy")
    cy.reads("why is my postgres index not used?")


def test_what_is_said_to_one_person_nobody_else_reads(opens: Opens) -> None:
    cy, bo = opens("cy"), opens("bo")
    cy.writes("/ask-peer how do I read a postgres plan?")
    cy.reads("how do I read a postgres plan?")
    expect(cy.message("Shall I ask")).to_contain_text("Only visible to you")
    cy.writes("Good morning, everybody")
    bo.reads("Good morning, everybody")
    bo.does_not_read("how do I read a postgres plan?")


def test_people_see_the_channels_they_are_in(opens: Opens) -> None:
    page = opens("ada")
    expect(page.page.locator("#side")).to_contain_text("secret")
    page.becomes("Bo")
    expect(page.page.locator("#side")).not_to_contain_text("secret")


def test_the_switcher_says_who_is_who_and_what_time_it_is_there(opens: Opens) -> None:
    page = opens("cy").page
    page.locator("#me").click()
    ada = page.locator("[data-person=ada]")
    expect(ada).to_contain_text("Data Engineer")
    expect(ada.locator("time")).to_have_text("9:00 AM")
    expect(page.locator("[data-person=cy] time")).to_have_text("4:00 AM")


def test_a_command_is_completed_and_its_hint_is_shown(opens: Opens) -> None:
    page = opens("cy").page
    page.locator("#composer").press_sequentially("/as")
    expect(page.get_by_role("option", name="/ask-peer")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#composer")).to_have_value("/ask-peer ")
    expect(page.locator(".usage")).to_contain_text("how do I mock time in pytest?")


def test_an_unknown_command_stays_in_the_field(opens: Opens) -> None:
    cy = opens("cy")
    cy.writes("/nonsense today")
    expect(cy.page.get_by_text("/nonsense is not a command of Peerloop.")).to_be_visible()
    expect(cy.page.locator("#composer")).to_have_value("/nonsense today")


def test_a_reaction_is_added_from_the_picker_and_taken_off_again(
    company: World, opens: Opens
) -> None:
    company.writes("ada", "ANALYZE after every bulk load")
    cy = opens("cy")
    message = cy.message("ANALYZE after")
    message.hover()
    message.get_by_role("button", name="Add reaction").click()
    agreed = cy.page.locator(".emoji-picker button").first
    expect(agreed).to_have_attribute("title", ":bulb:")
    expect(cy.page.locator(".emoji-picker h3").first).to_have_text("Agreed here")
    cy.page.get_by_label("Search emoji").fill("bulb")
    cy.page.keyboard.press("Enter")
    own = message.get_by_role("button", name="bulb, 1: Cy Hernandez")
    expect(own).to_have_attribute("aria-pressed", "true")
    company.settle()
    assert [exchange.learner for exchange in company.ledger()] == ["U_CY"]
    own.click()
    expect(message.locator(".reaction")).to_have_count(0)


def test_a_thread_is_read_and_answered_beside_its_conversation(
    company: World, opens: Opens
) -> None:
    ts = company.writes("ada", "How was the workshop?")
    cy = opens("cy")
    cy.message("How was the workshop?").hover()
    cy.message("How was the workshop?").get_by_role("button", name="Reply in thread").click()
    cy.page.locator("#reply").fill("Short, and *good* for @ada")
    cy.page.locator("#reply").press("Enter")
    thread = cy.page.locator("#thread")
    expect(thread.locator(".message").last).to_contain_text("Short, and good for @Ada Okafor")
    expect(cy.message("How was the workshop?")).to_contain_text("1 reply")
    said = company.slack.messages("#general", "cy")[-1]
    assert (said.thread_ts, said.text) == (ts, "Short, and *good* for <@U_ADA>")
    cy.page.locator("#reply").fill("/ask-peer what now?")
    cy.page.locator("#reply").press("Enter")
    expect(cy.page.get_by_text("no slash commands in threads")).to_be_visible()


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(opens: Opens) -> None:
    bo = opens("bo")
    bo.writes("/learning settings")
    bo.fills("What can colleagues ask you about?", "kafka, rust")
    bo.fills("How many questions a week", "99")
    bo.presses("Save")
    expect(bo.form.locator(".field-error", has_text="50")).to_be_visible()
    expect(bo.form.get_by_label("How many questions a week")).to_be_focused()
    expect(bo.form.get_by_label("What can colleagues")).to_have_value("kafka, rust")
    bo.fills("How many questions a week", "5")
    bo.presses("Save")
    expect(bo.form).to_contain_text("rust")
    expect(bo.form.get_by_label("How many questions a week")).to_have_count(0)
    bo.presses("Close")
    expect(bo.form).to_have_count(0)


def test_escape_closes_a_form(opens: Opens) -> None:
    bo = opens("bo")
    bo.writes("/learning settings")
    expect(bo.form).to_be_visible()
    bo.page.keyboard.press("Escape")
    expect(bo.form).to_have_count(0)


def test_app_home_is_the_readers_own(opens: Opens) -> None:
    bo = opens("bo")
    bo.goes("Peerloop")
    bo.page.get_by_role("tab", name="Home").click()
    expect(bo.room.locator("#home-view")).to_contain_text("Only you can see this page.")
    bo.clicks("Ask a colleague")
    expect(bo.form).to_be_visible()


def test_app_home_is_opened_by_its_address_and_by_the_back_button(opens: Opens) -> None:
    cy = opens("cy", "home")
    home = cy.room.locator("#home-view")
    expect(home).to_contain_text("Only you can see this page.")
    cy.page.reload()
    expect(home).to_contain_text("Only you can see this page.")
    cy.goes("general")
    cy.becomes("Ada")
    cy.page.go_back()
    cy.page.go_back()
    expect(cy.page.locator("#me")).to_contain_text("Cy Hernandez")
    expect(home).to_contain_text("Only you can see this page.")


def test_what_one_says_is_in_sight_however_much_is_unread(company: World, opens: Opens) -> None:
    company.slack.control("channel", id="C_BUSY", name="busy", members=["ada", "cy"])
    for number in range(40):
        company.slack.control("message", user="ada", channel="#busy", text=f"News {number}")
    cy = opens("cy", "C_BUSY")
    expect(cy.room.locator(".new-line")).to_be_in_viewport()
    expect(cy.message("News 39")).not_to_be_in_viewport()
    cy.writes("/ask-peer how do I read a postgres plan?")
    cy.reads("Shall I ask this colleague?")
    cy.room.locator(".list").hover()
    cy.page.mouse.wheel(0, -4000)
    expect(cy.message("News 0")).to_be_in_viewport()
    cy.writes("Thank you all")
    cy.reads("Thank you all")


def test_what_is_on_screen_is_read_even_when_its_number_comes_late(
    company: World, opens: Opens
) -> None:
    cy = opens("cy")

    def late(route: Route) -> None:
        cy.page.wait_for_timeout(700)
        route.continue_()

    cy.page.route("**/control/desk/*", late)
    company.writes("ada", "This one is new")
    cy.reads("This one is new")
    expect(cy.news("general")).to_have_count(0)
    cy.page.wait_for_timeout(1500)
    expect(cy.news("general")).to_have_count(0)
    desk = company.slack.see("desk/cy")["conversations"]
    assert [each["unread"] for each in desk if each["name"] == "general"] == [0]


def test_an_older_answer_does_not_come_after_a_newer_one(company: World, opens: Opens) -> None:
    company.writes("ada", "Said a moment ago")
    cy = opens("cy")
    cy.reads("Said a moment ago")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    cy.page.route("**/control/messages/**", hold, times=1)
    twice = """async () => {
      const { loadMessages } = await import('/js/store.js');
      window.first = loadMessages();
      await loadMessages();
    }"""
    cy.page.evaluate(twice)
    held[0].fulfill(json={"ok": True, "messages": []})
    cy.page.evaluate("window.first")
    cy.reads("Said a moment ago")


def test_the_bot_is_not_counted_as_a_person(company: World, opens: Opens) -> None:
    company.slack.control("channel", id="C_TWO", name="two", members=["ada", "cy", "U_BOT"])
    cy = opens("cy", "C_TWO")
    expect(cy.room.locator(".count")).to_have_text("2 people")
    cy.goes("Browse channels")
    expect(cy.room.get_by_role("button", name="#two")).to_contain_text("you are in it")


def test_peerloops_own_shortcuts_open_its_form(company: World, opens: Opens) -> None:
    company.syncs()
    company.writes("ada", "A covering index would do here")
    cy = opens("cy")
    message = cy.message("A covering index would do here")
    message.hover()
    message.get_by_role("button", name="Shortcuts").click()
    cy.page.get_by_role("menuitem", name="Ask a peer about this").click()
    question = cy.form.get_by_label("What would you like to know?")
    expect(question).to_have_value("A covering index would do here")
    cy.page.keyboard.press("Escape")
    expect(cy.form).to_have_count(0)
    cy.page.get_by_role("button", name="Commands and shortcuts").click()
    cy.page.get_by_role("menuitem", name=re.compile("^Ask a peer")).click()
    expect(question).to_be_focused()
    expect(question).to_have_value("")
    cy.page.keyboard.press("Escape")
    expect(cy.form).to_have_count(0)


def test_the_address_leads_back_to_where_one_was(opens: Opens) -> None:
    page = opens("cy")
    page.becomes("Bo")
    page.page.reload()
    expect(page.page.locator("#me")).to_contain_text("Bo Lindqvist")
    page.page.go_back()
    expect(page.page.locator("#me")).to_contain_text("Cy Hernandez")
