"""What people type is shown as they typed it, and does nothing."""

import pytest
from playwright.sync_api import expect

from tests.page.conftest import Opens
from tests.page.visitor import Visitor
from tests.world import World

HEBREW = "\u05de\u05d4 \u05e2\u05d5\u05e9\u05d4"
NASTY = {
    "a call to everybody": "<!channel> and @channel, quickly?",
    "a script": "<script>document.title='gone'</script><img src=x onerror=alert(1)>?",
    "a link that is none": "<javascript:alert(1)|click me> & <https://evil.example|bank>?",
    "right to left": f"{HEBREW} \u202e{HEBREW}?",
    "emoji and marks": "\U0001f469\u200d\U0001f692 :tada: *not bold* `code` ~no~ _no_?",
    "an entity": "&lt;b&gt; &amp;amp; 5 < 6 > 4?",
}
INVISIBLE = str.maketrans("", "", "\u202e\u2066\u2067\u2068\u2069\u200f")
LONG = "postgres " + "why " * 747 + "?"


@pytest.fixture(scope="module", autouse=True)
def _people(company: World) -> None:
    company.person("ada", knows=("postgres",), real_name="Ada Okafor")
    company.person("bo", real_name="<b>Bo</b> & <!here>")
    company.person("cy", real_name="Cy Hernandez")
    company.slack.control("limits", enforce=False)  # many questions at one held instant
    company.types("ada", "/learning limit 50")


def expect_as_typed(page: Visitor, case: str) -> None:
    """Word for word; some marks are there only for the direction of letters."""
    page.reads(f"{case}: postgres")
    shown = page.message(f"{case}: postgres")
    typed = f"{case}: postgres {NASTY[case]}"
    assert typed.translate(INVISIBLE) in shown.inner_text().translate(INVISIBLE)
    assert shown.locator("script, img[src=x], a").count() == 0


def test_a_question_is_read_as_it_was_typed(opens: Opens, company: World) -> None:
    cy = opens("cy")
    title = cy.page.title()
    for case, text in NASTY.items():
        cy.writes(f"/ask-peer {case}: postgres {text}")
        expect_as_typed(cy, case)
        cy.clicks("Ask")
        expect(cy.messages.filter(has_text=f"{case}: postgres")).to_have_count(0)
    company.settle()
    ada = opens("ada", "home")
    ada.page.get_by_role("tab", name="Messages").click()
    for case in NASTY:
        ada.message(f"{case}: postgres").scroll_into_view_if_needed()
        expect_as_typed(ada, case)
    assert {cy.page.title(), ada.page.title()} == {title}
    assert not [said for said in company.slack.dms("ada") if "<!channel>" in said.text]


def test_three_thousand_characters_stay_within_the_window(opens: Opens) -> None:
    cy = opens("cy", viewport={"width": 360, "height": 700})
    cy.writes(LONG)
    cy.reads("why why why ?")
    cy.writes(f"/ask-peer {LONG}")
    cy.reads("2,000 is the most a colleague can be sent")
    wide = cy.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


def test_a_name_is_no_markup(opens: Opens) -> None:
    bo = opens("bo")
    expect(bo.page.locator("#me")).to_contain_text("<b>Bo</b> & <!here>")
    bo.writes("<@U_ADA> see <#C_GENERAL> & <script>")
    bo.reads("<script>")
    expect(bo.messages.last.locator("b, script")).to_have_count(0)
