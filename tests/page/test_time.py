"""The time machine: travelling, and reading what happened meanwhile."""

import pytest
from playwright.sync_api import Locator, expect

from tests.page.conftest import Opens
from tests.page.visitor import PATIENCE, Visitor
from tests.stories.test_prompts import start
from tests.world import World


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.lead("lee", real_name="Lee Park")
    company.person("ada", knows=("kafka",), real_name="Ada Okafor")
    company.person("bo", knows=("kafka",), real_name="Bo Lindqvist")
    company.person("cy", real_name="Cy Hernandez", tz="America/New_York")
    start(company)


@pytest.fixture
def ada(opens: Opens) -> Visitor:
    return opens("ada")


def machine(visitor: Visitor) -> Locator:
    visitor.page.locator("#time").click()
    return visitor.page.locator(".machine")


def between(visitor: Visitor) -> Locator:
    found = visitor.page.get_by_role("dialog", name="What happened in between")
    expect(found).to_be_visible(timeout=3 * PATIENCE)
    return found


def travels(visitor: Visitor, label: str) -> Locator:
    machine(visitor).get_by_role("button", name=label).click()
    return between(visitor)


def clock(visitor: Visitor) -> Locator:
    return visitor.page.locator("#clock")


def test_an_hour_and_what_happened_in_it(ada: Visitor, company: World) -> None:
    before = company.slack.see("state")["now"]
    found = travels(ada, "+1 hour")
    expect(found).to_contain_text("→")
    found.get_by_role("button", name="Go on").click()
    assert company.slack.see("state")["now"] > before


def test_the_next_thing_is_named_and_travelled_to(ada: Visitor) -> None:
    box = machine(ada)
    expect(box.locator(".soon li").first).not_to_have_text("", timeout=PATIENCE)
    box.get_by_role("button", name="To the next thing").click()
    between(ada).get_by_role("button", name="Go on").click()


def test_over_a_change_of_clocks_the_question_comes_at_its_hour_on_the_wall(ada: Visitor) -> None:
    """London's clocks go forward on the 29th of March 2026; so do New York's on the 8th."""
    box = machine(ada)
    box.get_by_label("Until").fill("2026-03-30T10:05")
    box.get_by_role("button", name="Travel").click()
    found = between(ada)
    expect(found).to_contain_text("This week's question")
    expect(found.locator("time", has_text="Mar 30, 10:00 AM")).to_have_count(1)
    expect(found.locator("time", has_text="Mar 23, 10:00 AM")).to_have_count(1)
    found.get_by_role("button", name="Go on").click()
    expect(clock(ada)).to_have_text("Mon, Mar 30, 10:05 AM")
    ada.becomes("Cy")
    expect(clock(ada)).to_have_text("Mon, Mar 30, 5:05 AM")


def test_who_wants_to_look_is_led_there_as_whoever_can_see_it(opens: Opens) -> None:
    cy = opens("cy")
    cy.writes("/ask-peer what is a kafka partition?")
    cy.clicks("Ask")
    cy.reads("on its way")
    found = travels(cy, "+1 day")
    found.get_by_role("button", name="Look as").first.click()
    expect(cy.page.locator("#me")).not_to_contain_text("Cy Hernandez")
    cy.reads("the question of @Cy Hernandez has moved on")
