"""The time machine: travelling, and reading what happened meanwhile."""

import re
import time

import pytest
from playwright.sync_api import Locator, Route, expect

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
    soon = box.locator(".soon li")
    expect(soon.first).to_contain_text("an activity has its next occasion", timeout=PATIENCE)
    expect(soon.last).to_be_in_viewport(ratio=1)
    assert box.evaluate("(node) => node.scrollHeight - node.clientHeight") <= 0
    box.get_by_role("button", name="To the next thing").click()
    between(ada).get_by_role("button", name="Go on").click()


def test_what_happened_is_told_in_order_and_cut_at_the_end_of_a_line(
    company: World, opens: Opens
) -> None:
    long = "\n".join(["Here begins a long story."] + ["> It goes on, and on, and on."] * 40)
    company.slack.control("channel", id="C_RANDOM", name="random", members=["ada", "bo"])
    ada = opens("ada")
    found = travelled_with(ada, company, [("#random", "First of all"), ("#general", long)])
    heads = found.locator("h3")
    expect(heads).to_have_count(2)
    expect(heads.first).to_contain_text("random")
    told = found.locator(".glimpse .words", has_text="a long story")
    expect(told).to_have_text(re.compile(r"on\.…$"))
    expect(told.locator("blockquote")).not_to_contain_text("…")


def travelled_with(visitor: Visitor, company: World, said: list[tuple[str, str]]) -> Locator:
    """People write while the clock moves, the newest conversation first in the list of all."""

    def meanwhile(route: Route) -> None:
        moves = "advance" in (route.request.post_data or "")
        for channel, text in said if moves else []:
            company.slack.control("message", user="bo", channel=channel, text=text)
            time.sleep(0.01)
        route.continue_()

    visitor.page.route("**/control/clock", meanwhile)
    machine(visitor).get_by_role("button", name="+1 hour").click()
    return between(visitor)


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
