"""How the page bears many messages, small and large windows, both themes and the keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot import manifest
from bot.demo.guide import guide
from tests.page.conftest import Opens
from tests.page.visitor import Visitor
from tests.world import World

SLACK = {"guide": guide(manifest.load().commands)}
MANY = 200
AT_ONCE = 1000
"""Milliseconds that a busy machine may take; a free one needs a tenth of it."""
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
    company.slack.control("channel", id="C_GONE", name="gone", members=["cy"], is_archived=True)
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


def test_two_hundred_messages_are_entered_and_scrolled_without_visible_delay(opens: Opens) -> None:
    cy = opens("cy", "C_QUIET")
    switching, frame = cy.page.evaluate(
        """async () => {
          const { goTo } = await import('/js/route.js');
          const painted = () => new Promise((done) => {
            requestAnimationFrame(() => setTimeout(done));
          });
          const begun = performance.now();
          await goTo('C_GENERAL');
          await painted();
          const switching = performance.now() - begun;
          const scroller = document.querySelector('#room .scroller');
          const frames = [];
          for (let step = 0; step < 20; step += 1) {
            const from = performance.now();
            scroller.scrollBy({ top: -400 });
            await painted();
            frames.push(performance.now() - from);
          }
          return [switching, Math.max(...frames)];
        }"""
    )
    print(f"entered in {switching:.0f} ms, the longest frame took {frame:.0f} ms")
    expect(cy.messages.filter(has_text="Remark")).to_have_count(MANY)
    assert switching < AT_ONCE
    assert frame < AT_ONCE / 2


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
    cy = opens("cy", color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = cy.page
    page.locator(".message").last.wait_for()
    expect(cy.page.locator("#side")).to_contain_text("gone")
    assert page.evaluate(CONTRAST) == []
    for opener in ("#time", "#me", ".composer [aria-label='Commands and shortcuts']", "#to-hood"):
        page.locator(opener).click()
        assert page.evaluate(CONTRAST) == [], opener
        page.keyboard.press("Escape")
    cy.writes("/nonsense")
    cy.goes("Peerloop")
    assert page.evaluate(CONTRAST) == [], "home"
    cy.goes("quiet")
    fills_a_form_wrongly(cy)
    assert page.evaluate(CONTRAST) == [], "form"
    page.keyboard.press("Escape")
    expect(cy.form).to_have_count(0)


def fills_a_form_wrongly(cy: Visitor) -> None:
    cy.writes("/learning settings")
    cy.fills("How many questions a week", "99")
    cy.presses("Save")
    expect(cy.form.locator(".field-error", has_text="50")).to_be_visible()


NARROW = {"width": 360, "height": 740}


def test_everything_is_readable_in_a_narrow_window(opens: Opens) -> None:
    """App Home, the tour, a form with the tour below it: whole, and nothing over anything."""
    cy = opens("cy", "home", viewport=NARROW, has_touch=True)
    expect(cy.room.locator("#home-view")).to_contain_text("Only you can see this page.")
    assert beside(cy, "#home-view .block-header, #home-view p, #home-view button, #tour *") == []
    words = cy.room.locator("#home-view .block-header").first.bounding_box()
    assert words
    assert words["x"] >= 10
    cy.page.goto(f"{cy.url}/#/U_CY/C_QUIET")
    fills_a_form_wrongly(cy)
    assert beside(cy, "dialog *") == []
    form, card = cy.form.locator("form").bounding_box(), cy.page.locator("#tour").bounding_box()
    assert form
    assert card
    assert form["y"] + form["height"] <= card["y"] + 1
    assert card["y"] + card["height"] <= NARROW["height"]
    cy.page.keyboard.press("Escape")
    expect(cy.form).to_have_count(0)


def beside(visitor: Visitor, selector: str) -> list[str]:
    """What is not within the window from left to right, although it can be seen."""
    return list(
        visitor.page.evaluate(
            """(selector) => [...document.querySelectorAll(selector)]
              .map((node) => ({ node, box: node.getBoundingClientRect() }))
              .filter(({ node, box }) => node.checkVisibility() && box.width > 0)
              .filter(({ box }) => box.left < 0 || box.right > innerWidth)
              .map(({ node }) => node.outerHTML.slice(0, 90))""",
            selector,
        )
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_a_notice_covers_nothing_that_is_used(opens: Opens, width: int) -> None:
    cy = opens("cy", "C_QUIET", viewport={"width": width, "height": 740})
    cy.writes("/nonsense today")
    cy.page.locator("#to-hood").click()
    notice = cy.page.locator(".toast")
    expect(notice).to_be_visible()
    mine = notice.bounding_box()
    assert mine
    for selector in (".composer", "#tour", "#bar"):
        other = cy.page.locator(selector).bounding_box()
        assert other
        apart = (
            mine["y"] + mine["height"] <= other["y"] or other["y"] + other["height"] <= mine["y"]
        )
        assert apart or other["x"] + other["width"] <= mine["x"], selector
