"""Text as the page shows it: Slack's marks, names, instants, and never markup of anybody's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sandbox.server import LocalSlack
from tests.page.visitor import Visitor

SHOWN = """async ([text, verbatim]) => {
    const { mrkdwn } = await import('/js/mrkdwn.js');
    const box = document.createElement('div');
    box.append(...mrkdwn(text, { verbatim }));
    return box.innerHTML;
}"""
EMOJI = '<span class="emoji" role="img" aria-label="bulb" title=":bulb:">💡</span>'


@pytest.fixture(scope="module")
def page(browser: Browser, local: LocalSlack) -> Iterator[Page]:
    """Ada's, in London, on Monday the second of March 2026 at nine."""
    context = browser.new_context()
    visitor = Visitor(context.new_page(), local.url).comes("ada")
    yield visitor.page
    context.close()
    assert visitor.troubles == []


def shown(page: Page, text: str, *, verbatim: bool = False) -> str:
    return str(page.evaluate(SHOWN, [text, verbatim]))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("(*bold*), too", "(<strong>bold</strong>), too"),
        ("* not bold*", "* not bold*"),
        ("*not\nbold*", "*not<br>bold*"),
        ("`a *b* &lt;c&gt;`", "<code>a *b* &lt;c&gt;</code>"),
        ("```one\n*two*```", "<pre>one\n*two*</pre>"),
        ("&gt; said\n&gt; again\nmine", "<blockquote>said<br>again</blockquote>mine"),
        ("before\n&gt;&gt;&gt; all\nof it", "before<blockquote>all<br>of it</blockquote>"),
        ("• one\n• two", "• one<br>• two"),
        (":bulb:", EMOJI),
        (":no_such_thing: 12:30:45", ":no_such_thing: 12:30:45"),
        ("a &amp;lt; b", "a &amp;lt; b"),
        ("&lt;!channel&gt;", "&lt;!channel&gt;"),
    ],
)
def test_marks(page: Page, text: str, html: str) -> None:
    assert shown(page, text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U_BO>", "@Bo Lindqvist"),
        ("<@U_NOBODY>", "@U_NOBODY"),
        ("*<@U_BO>*", "@Bo Lindqvist"),
        ("<#C_DATA|old-name>", "#data-eng"),
        ("<#C_LEADS>", "#private-channel"),
        ("<!here>", "@here"),
        ("<!channel|channel>", "@channel"),
        ("<!subteam^S1|@designers>", "@designers"),
        ("<https://example.org/a?b&amp;c|a page>", "a page"),
        ("<nonsense>", "<nonsense>"),
    ],
)
def test_references(page: Page, text: str, words: str) -> None:
    assert page.evaluate(SHOWN.replace("innerHTML", "textContent"), [text, False]) == words


def test_only_web_mail_and_telephone_addresses_become_links(page: Page) -> None:
    assert 'href="https://example.org/a?b&amp;c"' in shown(page, "<https://example.org/a?b&amp;c>")
    assert 'rel="noopener noreferrer"' in shown(page, "<https://example.org>")
    assert "href" not in shown(page, "<javascript:alert(1)|press me>")


def test_bare_addresses_are_linked_unless_the_text_is_verbatim(page: Page) -> None:
    text = "See https://example.org/x."
    assert shown(page, text).endswith(">https://example.org/x</a>.")
    assert shown(page, text, verbatim=True) == text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{date_num} {time}", "2026-03-02 9:00 AM"),
        ("{date_short_pretty} at {time}", "Today at 9:00 AM"),
        ("{date}", "March 2, 2026"),
        ("{date_long}", "Monday, March 2, 2026"),
        ("{time_secs}", "9:00:00 AM"),
        ("{unheard_of}", "the fallback"),
    ],
)
def test_instants_are_shown_in_the_readers_zone(page: Page, form: str, words: str) -> None:
    html = shown(page, f"<!date^1772442000^{form}|the fallback>")
    assert f">{words}</time>" in html


def test_an_instant_that_is_none_shows_its_fallback(page: Page) -> None:
    assert ">soon</time>" in shown(page, "<!date^tomorrow^{date}|soon>")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>'],
    ids=["script", "image", "svg"],
)
def test_markup_stays_text(page: Page, text: str) -> None:
    html = shown(page, text)
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
