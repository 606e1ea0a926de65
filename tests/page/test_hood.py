"""Under the hood: what Slack and the app said to each other, and what comes of broken things."""

import pytest
from playwright.sync_api import Locator, expect

from tests.faults.test_sockets import until
from tests.page.conftest import Opens
from tests.page.visitor import PATIENCE, Visitor
from tests.world import World


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.person("cy", real_name="Cy Hernandez")


def opened(visitor: Visitor) -> Locator:
    visitor.page.get_by_role("button", name="Under the hood").click()
    hood = visitor.page.locator("#hood")
    expect(hood).to_be_visible()
    return hood


def test_each_command_and_call_is_there_with_its_time_and_size(opens: Opens) -> None:
    cy = opens("cy")
    hood = opened(cy)
    cy.writes("/learning")
    line = hood.locator(".entries li", has_text="/learning").first
    expect(line).to_contain_text("acked")
    expect(line).to_contain_text("ms")
    line.locator("summary").click()
    expect(line.locator("pre")).to_contain_text('"command": "/learning"')
    expect(line.locator("pre")).not_to_contain_text("xoxb-")


def test_entries_are_found_by_a_word(opens: Opens) -> None:
    cy = opens("cy")
    hood = opened(cy)
    cy.writes("/learning")
    cy.reads("Your topics")
    hood.get_by_label("Filter").fill("nothing that was ever said")
    expect(hood.locator(".entries li")).to_have_count(0)
    hood.get_by_label("Filter").fill("/learning")
    expect(hood.locator(".entries li").first).to_contain_text("/learning")
    hood.get_by_role("button", name="From the app").click()
    expect(hood.locator(".entries li", has_text="acked")).to_have_count(0)


def test_a_lost_connection_is_brought_about_and_the_message_comes_once(
    company: World, opens: Opens
) -> None:
    """Accepted, and the answer lost: the bot looks in the history before it says it again."""
    company.person("ada", knows=("kafka",), real_name="Ada Okafor")
    cy = opens("cy")
    hood = opened(cy)
    hood.get_by_label("Method").select_option("chat.postMessage")
    hood.get_by_label("What happens").select_option("drop_after")
    hood.get_by_role("button", name="Break it").click()
    expect(hood.locator(".pending")).to_contain_text("chat.postMessage")
    cy.writes("/ask-peer what is a kafka partition?")
    cy.clicks("Ask")
    expect(
        hood.locator(".entries .bad", has_text="loses the connection after it was accepted").first
    ).to_be_visible(timeout=PATIENCE)
    company.later(minutes=2)
    company.settle()
    said = [m for m in company.slack.dms("ada") if m.says("what is a kafka partition?")]
    assert len(said) == 1
    hood.get_by_role("button", name="From the app").click()
    expect(hood.locator(".entries li", has_text="conversations.history").first).to_be_visible()


def test_beside_what_is_under_the_hood_and_a_thread_there_is_room_to_read(
    company: World, opens: Opens
) -> None:
    company.writes("cy", "Who has been to the north mast?")
    for width, both in [(1280, False), (1600, True)]:
        cy = opens("cy", viewport={"width": width, "height": 800})
        hood, thread = opened(cy), cy.page.locator("#thread")
        cy.message("north mast").hover()
        cy.message("north mast").get_by_role("button", name="Reply in thread").click()
        expect(thread).to_be_visible()
        expect(hood).to_be_visible(visible=both)
        cy.page.get_by_role("button", name="Under the hood").press("Enter")
        expect(hood).to_be_visible(visible=not both)
        expect(thread).to_be_visible(visible=both)
        room = cy.room.bounding_box()
        assert room
        assert room["width"] > 400


def test_cut_connections_come_back(company: World, opens: Opens) -> None:
    cy = opens("cy")
    hood = opened(cy)
    expect(hood.locator(".room-head")).to_contain_text("2 connections")
    hood.get_by_role("button", name="Cut the connections").click()
    cy.page.get_by_text("has to come back by itself").wait_for()
    until(lambda: company.slack.see("state")["sockets"] == 2)
    expect(hood.locator(".room-head")).to_contain_text("2 connections")
    cy.writes("/learning topics rust")
    cy.reads("rust")
