"""Cards as Block Kit: what they look like, what Slack takes, and what it must never obey."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given

from bot.domain.actions import Action
from bot.domain.cards import (
    Button,
    Card,
    ChannelName,
    Command,
    Mention,
    Moment,
    Part,
    Quote,
    Text,
    body,
)
from bot.domain.ids import ChannelId, UserId
from bot.slack.render import Renderer
from tests.slack.cards import (
    AT,
    CARDS,
    RENDERER,
    WORDS,
    assert_nothing_is_obeyed,
    assert_slack_takes_it,
    mrkdwn_in,
)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (Text("plain words"), "plain words"),
        (Text("a < b & b > c"), "a &lt; b &amp; b &gt; c"),
        (Text("&lt;"), "&amp;lt;"),
        (Text("<!channel>"), "&lt;!channel&gt;"),
        (Mention(UserId("U_ADA")), "<@U_ADA>"),
        (ChannelName(ChannelId("C_DATA")), "<#C_DATA>"),
        (Moment(AT), "<!date^1772456400^{date_short_pretty} at {time}|02 Mar, 13:00 UTC>"),
        (Moment(AT, with_time=False), "<!date^1772456400^{date_short_pretty}|02 Mar>"),
        (Command("learning"), "`/learning`"),
        (Command("ask_peer", "why <b>?"), "`/ask-peer why &lt;b&gt;?`"),
        (Quote("one\ntwo"), "&gt; one\n&gt; two"),
    ],
)
def test_a_part_is_shown_as_slack_writes_it(part: Part, shown: str) -> None:
    assert RENDERER.text(Card("Title", (part,))) == f"Title\n{shown}"


def test_an_instant_of_another_zone_is_still_named_in_utc() -> None:
    kolkata = timezone(timedelta(hours=5.5))
    at = datetime(2026, 3, 2, 18, 30, tzinfo=kolkata)
    assert RENDERER.text(Card("T", (Moment(at),))) == RENDERER.text(Card("T", (Moment(AT),)))


def test_commands_have_the_names_the_operator_gave_them() -> None:
    renderer = Renderer({"ask_peer": "/frag", "learning": "/lernen"})
    assert renderer.text(Card("T", (Command("learning", "pause"),))) == "T\n`/lernen pause`"


def test_a_card_becomes_blocks_in_reading_order() -> None:
    card = Card(
        "Title",
        body("before ", Mention(UserId("U_ADA")), Quote("<said>"), "after"),
        (Button("Go", Action.QUESTION_SEND, "17", "primary"),),
        body("small print"),
    )
    header, before, quote, after, actions, context = RENDERER.message(card)["blocks"]
    assert header["text"]["text"] == "Title"
    assert before["text"]["text"] == "before <@U_ADA>"
    assert quote["elements"][0]["elements"] == [{"type": "text", "text": "<said>"}]
    assert after["text"]["text"] == "after"
    [button] = actions["elements"]
    assert (button["text"]["text"], button["action_id"]) == ("Go", "question.send")
    assert (button["value"], button["style"]) == ("17", "primary")
    assert context["elements"][0]["text"] == "small print"


def test_a_plain_button_has_no_style() -> None:
    card = Card("T", buttons=(Button("Go", Action.QUESTION_SEND, "17"),))
    assert "style" not in RENDERER.message(card)["blocks"][1]["elements"][0]


@pytest.mark.parametrize(
    ("text", "limit"), [("a" * 9_000, "a"), ("<" * 2_000, "&lt;"), ("&" * 2_000, "&amp;")]
)
def test_a_long_text_is_cut_between_signs(text: str, limit: str) -> None:
    shown = RENDERER.text(Card("T", (Text(text),)))
    assert len(shown) <= 3_500
    assert len(shown) > 3_480
    assert shown.removeprefix("T\n").rstrip("…").replace(limit, "") == ""


def test_a_mention_is_never_cut_in_half() -> None:
    mention = Mention(UserId("U_ADA"))
    for length in range(2_985, 3_001):
        card = Card("T", (Text("x" * length), mention, Text("tail")))
        assert_nothing_is_obeyed(RENDERER.message(card))


def test_a_question_of_signs_is_shown_in_full_although_they_grow() -> None:
    message = RENDERER.message(Card("T", (Quote("<" * 2_000),)))
    assert_slack_takes_it(message)
    [words] = message["blocks"][1]["elements"][0]["elements"]
    assert words["text"] == "<" * 2_000


def test_a_quote_of_nothing_is_left_out_of_the_blocks() -> None:
    message = RENDERER.message(Card("T", (Quote(""), Text("after"))))
    assert [block["type"] for block in message["blocks"]] == ["header", "section"]


def test_a_value_too_long_for_slack_is_an_error_of_ours() -> None:
    card = Card("T", buttons=(Button("Go", Action.QUESTION_SEND, "1" * 2_001),))
    with pytest.raises(Exception, match="value"):
        RENDERER.message(card)


def test_two_buttons_of_a_card_cannot_do_the_same() -> None:
    twice = (Button("Go", Action.QUESTION_SEND, "1"), Button("Off", Action.QUESTION_SEND, "2"))
    with pytest.raises(ValueError, match="different"):
        Card("T", buttons=twice)


ENDLESS = Card(
    "T",
    (Text("words"), Quote("quote")) * 60,
    (Button("Go", Action.QUESTION_SEND, "1"),),
    (Text("end"),),
)


@given(CARDS)
@example(ENDLESS)
@example(Card("T" * 500, (Text("x" * 9_000),), (), (Text("y" * 9_000),)))
def test_slack_takes_any_card(card: Card) -> None:
    assert_slack_takes_it(RENDERER.message(card))


def test_a_card_without_end_keeps_its_buttons_and_its_small_print() -> None:
    blocks = RENDERER.message(ENDLESS)["blocks"]
    assert [block["type"] for block in blocks[-2:]] == ["actions", "context"]
    assert len(blocks) == 50


@given(CARDS)
def test_s6_nothing_that_anybody_typed_is_obeyed(card: Card) -> None:
    message = RENDERER.message(card)
    assert_nothing_is_obeyed(message)
    minted = sum(
        isinstance(p, Mention | ChannelName | Moment) for p in (*card.body, *card.footnote)
    )
    assert RENDERER.text(card).count("<") <= minted


@given(WORDS)
def test_s6_a_sentence_that_quotes_somebody_is_harmless_too(words: str) -> None:
    message = {"text": RENDERER.plain(words), "blocks": []}
    assert_nothing_is_obeyed(message)
    assert len(message["text"]) <= 3_500


def test_the_eye_that_watches_sees_what_is_wrong() -> None:
    for text in ("<!channel>", "<@U_EVE|x>", "<https://e.vil|x>", "a > b", "&nbsp;", "&lt"):
        with pytest.raises(AssertionError):
            assert_nothing_is_obeyed({"text": text, "blocks": []})
    assert mrkdwn_in({"text": "a", "blocks": [{"type": "mrkdwn", "text": "b"}]}) == ["a", "b"]
