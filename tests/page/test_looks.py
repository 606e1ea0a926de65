"""How the page bears many messages, small and large windows, both themes and the keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opens
from tests.world import World

MANY = 200
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.person("ada", knows=("postgres",), real_name="Ada Okafor", title="Data Engineer")
    company.person("cy", real_name="Cy Hernandez")
    for number in range(MANY):
        company.slack.control(
            "message",
            user="ada",
            channel="#general",
            text=f"Remark {number}: *ANALYZE* after `load`",
        )
    company.slack.control("channel", id="C_QUIET", name="quiet", members=["cy"])
    company.types("cy", "/ask-peer why is my postgres index not used?")


def test_two_hundred_messages_are_there_and_only_the_new_one_is_drawn(
    company: World, opens: Opens
) -> None:
    company.slack.control("read", user="cy", channel="#general")
    cy = opens("cy")
    expect(cy.messages.filter(has_text="Remark")).to_have_count(MANY)
    expect(cy.messages.last).to_be_in_viewport()
    cy.page.evaluate("document.querySelectorAll('.message').forEach((each) => each.drawn = 1)")
    company.writes("ada", "One more")
    cy.reads("One more")
    expect(cy.messages.last).to_be_in_viewport()
    drawn = "[...document.querySelectorAll('.message')].filter((each) => !each.drawn).length"
    assert cy.page.evaluate(drawn) == 1


def test_who_reads_further_up_is_left_there(company: World, opens: Opens) -> None:
    cy = opens("cy")
    old = cy.messages.filter(has_text="Remark 20:")
    old.scroll_into_view_if_needed()
    company.writes("ada", "While you read")
    expect(cy.messages.filter(has_text="While you read")).to_have_count(1)
    expect(old).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 760, 1100, 1600])
def test_nothing_lies_beside_the_window(opens: Opens, width: int) -> None:
    page = opens("cy", viewport={"width": width, "height": 720}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    for selector in ("#composer", "#bar", "#time"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(opens: Opens, scheme: str) -> None:
    """WCAG 2.1, success criterion 1.4.3: a ratio of at least 4.5."""
    page = opens("cy", color_scheme=scheme, viewport={"width": 1280, "height": 800}).page
    page.locator(".message").last.wait_for()
    assert page.evaluate(CONTRAST) == []


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
    assert {"me", "time", "composer"} <= reached


def test_the_skip_link_leads_to_the_field(opens: Opens) -> None:
    page = opens("cy").page
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the message field")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#composer")).to_be_focused()
    expect(page.locator("#me")).to_contain_text("Cy Hernandez")
    assert page.url.endswith("#/U_CY/C_GENERAL")
