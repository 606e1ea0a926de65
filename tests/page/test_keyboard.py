"""The page without a mouse, and for whoever hears it instead of seeing it."""

import re

import pytest
from playwright.sync_api import expect

from bot import manifest
from bot.demo.guide import guide
from tests.page.conftest import Opens
from tests.world import World

SLACK = {"guide": guide(manifest.load().commands)}


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.person("ada", knows=("postgres",), real_name="Ada Okafor", title="Data Engineer")
    company.person("cy", real_name="Cy Hernandez")
    company.slack.control("channel", id="C_QUIET", name="quiet", members=["cy"])
    company.types("cy", "/ask-peer why is my postgres index not used?")


def test_escape_closes_what_lies_on_top(opens: Opens, company: World) -> None:
    company.writes("ada", "Something to talk about")
    cy = opens("cy", viewport={"width": 700, "height": 740})
    page = cy.page
    page.get_by_role("button", name="Conversations").press("Enter")
    expect(page.locator("#side")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    cy.message("Something to talk about").hover()
    cy.message("Something to talk about").get_by_role("button", name="Reply in thread").click()
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_be_hidden()
    expect(page.locator("#composer")).to_be_focused()
    page.locator("#to-hood").press("Enter")
    expect(page.locator("#hood")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#hood")).to_be_hidden()
    expect(page.locator("#to-hood")).to_be_focused()


def test_what_can_be_pressed_has_a_name_and_can_be_reached(opens: Opens) -> None:
    page = opens("cy", "C_QUIET").page
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, select, a[href]')]"
        ".filter((each) => each.checkVisibility() && !(each.getAttribute('aria-label')"
        " || each.innerText?.trim() || each.labels?.length)).map((each) => each.outerHTML)"
    )
    assert nameless == []
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "({id: document.activeElement.id,"
            " ring: getComputedStyle(document.activeElement).outlineStyle,"
            " inside: document.activeElement.closest('.composer') !== null})"
        )
        reached.add(focused["id"])
        assert focused["ring"] != "none" or focused["inside"] or not focused["id"]
    assert {"me", "time", "composer", "to-tour", "to-hood", "tour-do"} <= reached


def test_the_tour_and_what_is_under_the_hood_are_used_with_the_keyboard(opens: Opens) -> None:
    cy = opens("cy", "C_QUIET")
    page = cy.page
    page.locator("#to-hood").press("Enter")
    page.get_by_label("Filter").focus()
    page.keyboard.type("/ask-peer")
    entry = page.locator("#hood .entries summary").first
    expect(entry).to_contain_text("/ask-peer")
    page.keyboard.press("Tab")
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hood details[open] pre")).to_contain_text('"command": "/ask-peer"')
    page.locator("#tour").get_by_role("button", name="Scene 6").press("Enter")
    expect(page.locator("#tour")).to_have_attribute("data-scene", "6")
    page.locator("#tour").get_by_role("button", name="Skip").press("Enter")
    expect(page.locator("#tour")).to_have_attribute("data-step", "2")


def test_a_conversation_is_called_by_its_name_alone(company: World, opens: Opens) -> None:
    company.slack.control("message", user="ada", channel="@ada,cy", text="Shall we?")
    cy = opens("cy", "C_QUIET")
    expect(cy.page.locator("#side").get_by_role("button", name=re.compile("^Ada"))).to_be_visible()


def test_the_skip_link_leads_to_the_field(opens: Opens) -> None:
    page = opens("cy").page
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the message field")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#composer")).to_be_focused()
    expect(page.locator("#me")).to_contain_text("Cy Hernandez")
    assert page.url.endswith("#/U_CY/C_GENERAL")
