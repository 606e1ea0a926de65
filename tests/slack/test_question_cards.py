"""Everything that is said about a question, for the strangest questions people can type."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import Card, Quote
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS, Reason
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.published import MAX_TAKEAWAY, Published
from bot.domain.questions import WINDOWS, Manner, Question, QuestionState, Turn
from bot.domain.text import MAX_QUESTION
from bot.services import (
    after_cards,
    asker_cards,
    channel_cards,
    peer_cards,
    published_cards,
    relay_cards,
    status_cards,
    together_cards,
)
from tests.slack.cards import (
    AT,
    HOSTILE,
    RENDERER,
    assert_nothing_is_obeyed,
    assert_slack_takes_it,
    words_in,
)


def makers(*modules: Any) -> list[Callable[..., Card]]:
    """Every public function of these modules that makes a card."""
    return [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and get_type_hints(function).get("return") is Card
        if function.__module__ == module.__name__
    ]


MAKERS = makers(
    *(after_cards, asker_cards, channel_cards, peer_cards, published_cards, relay_cards),
    *(status_cards, together_cards),
)
USERS = st.sampled_from([UserId("U_ADA"), UserId("U_BO")])
TYPED = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=50),
    st.lists(HOSTILE, min_size=1, max_size=9).map("".join).filter(str.strip),
    st.builds(lambda s: (s * MAX_QUESTION)[:MAX_QUESTION].strip() or "?", HOSTILE),
)
TOPICS = st.lists(
    TYPED.map(lambda typed: Topic(typed[:MAX_TOPIC_LENGTH])), unique=True, max_size=MAX_TOPICS
).map(tuple)
INSTANTS = st.integers(-500, 500).map(lambda days: AT + timedelta(days=days))
KNOWN: dict[Any, st.SearchStrategy[Any]] = {
    UserId: USERS,
    datetime: INSTANTS,
    Question: st.builds(
        Question,
        id=st.integers(1, 2**53),
        asker=USERS,
        text=TYPED,
        topics=TOPICS.map(frozenset),
        state=st.sampled_from(QuestionState),
        peer=st.none() | USERS,
        manner=st.builds(Manner, is_anonymous=st.booleans(), window=st.sampled_from(WINDOWS)),
        channel=st.none() | st.just(ChannelId("C_DATA")),
    ),
    str: TYPED,
    ChannelId: st.just(ChannelId("C_DATA")),
    Reason: st.builds(
        Reason,
        declared=TOPICS,
        answered=st.integers(0, 99),
        words=st.lists(TYPED, max_size=2).map(tuple),
        channels=st.lists(st.just(ChannelId("C_DATA")), max_size=1).map(tuple),
        helped_here=st.booleans(),
        is_around=st.booleans(),
        explores=st.booleans(),
        last_helped_at=st.none() | INSTANTS,
        asked_this_week=st.integers(0, 50),
    ),
    Turn: st.builds(Turn, peer=USERS),
    Published: st.builds(
        Published,
        question_id=st.integers(1, 2**53),
        channel=st.just(ChannelId("C_DATA")),
        author=st.none() | USERS,
        question=TYPED,
        takeaway=TYPED.map(lambda typed: typed[:MAX_TAKEAWAY].strip() or "?"),
        topics=TOPICS.map(frozenset),
    ),
}
for kind, strategy in KNOWN.items():
    st.register_type_strategy(kind, strategy)


def cards_of(maker: Callable[..., Card]) -> st.SearchStrategy[Card]:
    hints = {name: hint for name, hint in get_type_hints(maker).items() if name != "return"}
    made = {name: TYPED if hint is str else _made(hint) for name, hint in hints.items()}
    return st.builds(maker, **made)


def _made(hint: Any) -> st.SearchStrategy[Any]:
    """Published answers come at most two at a time."""
    several = hint == Sequence[Published]
    return st.lists(KNOWN[Published], max_size=2) if several else st.from_type(hint)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@given(data=st.data())
def test_f72_slack_takes_every_card_and_obeys_nothing_in_it(
    maker: Callable[..., Card], data: st.DataObject
) -> None:
    card = data.draw(cards_of(maker))
    message = RENDERER.message(card)
    assert_slack_takes_it(message)
    assert_nothing_is_obeyed(message)
    for quote in (part for part in card.body if isinstance(part, Quote)):
        assert quote.text in words_in(message)


def question(text: str) -> Question:
    return Question(
        7, UserId("U_CY"), text, frozenset({Topic("sql")}), QuestionState.ASKING, UserId("U_ADA")
    )


@pytest.mark.parametrize(
    "text",
    [
        "why is my index not used?",
        "x" * MAX_QUESTION,
        "שלום " * (MAX_QUESTION // 5),
        "👩‍💻" * (MAX_QUESTION // 3),
        "one\ntwo\n\nthree",
    ],
    ids=["short", "long", "right to left", "emoji", "lines"],
)
@pytest.mark.parametrize(
    "maker",
    [
        lambda q: asker_cards.preview(q, UserId("U_ADA"), Reason((Topic("sql"),))),
        lambda q: status_cards.asked(q, UserId("U_ADA"), until=AT),
        lambda q: asker_cards.nobody_to_ask(q, had_somebody=True),
        status_cards.nobody_could,
        lambda q: peer_cards.for_peer(q, Reason((Topic("sql"),))),
        lambda q: together_cards.conversation(q, UserId("U_ADA")),
    ],
    ids=["preview", "asked", "nobody to ask", "nobody could", "for the peer", "conversation"],
)
def test_the_text_alone_carries_the_question(maker: Callable[[Question], Card], text: str) -> None:
    """It is what notifications show and screen readers read."""
    shown = RENDERER.text(maker(question(text.strip())))
    assert "\n".join(f"&gt; {line}" for line in text.strip().split("\n")) in shown


def test_a_button_says_which_question_it_is_for() -> None:
    cards = [
        asker_cards.preview(question("?"), UserId("U_ADA"), Reason()),
        peer_cards.for_peer(question("?"), Reason()),
        together_cards.conversation(question("?"), UserId("U_ADA")),
        asker_cards.closed(question("?"), UserId("U_ADA")),
        status_cards.solved(question("?"), UserId("U_ADA")),
        after_cards.look_back(question("?"), UserId("U_ADA")),
    ]
    values = {button.value.partition("/")[0] for card in cards for button in card.buttons}
    assert values == {"7"}


def test_each_offered_answer_has_a_button_of_its_own() -> None:
    two = [Published(number, ChannelId("C_DATA"), None, "?", "!", frozenset()) for number in (3, 4)]
    for offered, labels in ((two[:1], ["This"]), (two, ["The first", "The second"])):
        card = asker_cards.preview(question("?"), UserId("U_ADA"), Reason(), similar=offered)
        buttons = [button for button in card.buttons if "answers it" in button.label]
        assert [button.label for button in buttons] == [f"{label} answers it" for label in labels]
        assert [button.value for button in buttons] == [f"7/{each.question_id}" for each in offered]


def test_without_the_words_of_the_question_the_look_back_names_its_topics() -> None:
    shown = RENDERER.text(after_cards.look_back(question(""), UserId("U_ADA")))
    assert "Three weeks ago you solved a question about sql with <@U_ADA>." in shown
    assert "Three weeks ago you solved this with <@U_ADA>:\n&gt; ?" in RENDERER.text(
        after_cards.look_back(question("?"), UserId("U_ADA"))
    )


def test_whoever_asked_without_a_name_thanks_without_one() -> None:
    nameless = replace(question("?"), manner=Manner(is_anonymous=True))
    shown = RENDERER.text(after_cards.line_to_helper(nameless, "You saved my week."))
    assert "U_CY" not in shown
    assert "The colleague who asked without a name solved it with your help" in shown
