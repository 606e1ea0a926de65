"""What is said about mentoring and activities: all of it shown, none of it obeyed, however much."""

from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.activities.prompt import OWN, PROMPT
from bot.domain.cadence import Occurrence, Weekly
from bot.domain.cards import Card, Page
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.left_over import either
from bot.domain.matching import LeftOver, Role
from bot.domain.mentoring import Enrolment, MentorPair, PairState, Round, RoundState
from bot.domain.running import RunningActivity, RunState
from bot.services import activity_cards, pair_cards, round_cards
from sandbox.view_limits import check_view
from tests.localslack import Json, text_of
from tests.slack.cards import AT, RENDERER, assert_nothing_is_obeyed, assert_slack_takes_it
from tests.slack.test_question_cards import makers

ADA, BO = UserId("U_ADA"), UserId("U_BO")
PLAIN = tuple(Topic(f"topic {n}") for n in range(2))
LONG = tuple(Topic(f"{n:02d} " + "x" * (MAX_TOPIC_LENGTH - 3)) for n in range(MAX_TOPICS))
SIGNS = tuple(Topic(f"{n:02d} " + "<!&>" * 9) for n in range(MAX_TOPICS))
SAID = [PLAIN, LONG, SIGNS]
OF = ["plain", "long", "signs"]
ROUND = Round(3, ADA, RoundState.DRAFT, "seed")
WEEKLY = Weekly(0, time(9), ZoneInfo("America/Argentina/ComodRivadavia"))


def pair(topics: tuple[Topic, ...], number: int = 1) -> MentorPair:
    mentee = UserId(f"U_MENTEE{number:03d}")
    return MentorPair(number, 3, ADA, mentee, topics, 2.5, PairState.ACTIVE, AT)


def activity(number: int, **about: Any) -> RunningActivity:
    settings = {"prompt": OWN, "text": "<!channel> " * 90, "names": "hidden"}
    usual = RunningActivity(
        number, "prompt", ChannelId(f"C_{number}"), ADA, settings, WEEKLY, RunState.RUNNING
    )
    return replace(usual, due_at=AT, **about)


def left(why: str, role: Role = Role.MENTEE, number: int = 1) -> LeftOver:
    return LeftOver(UserId(f"U_LEFT{number:03d}"), role, why)


def cards() -> dict[str, list[Card]]:
    """Every card of these modules, for people who named everything they could."""
    enrolled = Enrolment(ADA, Role.BOTH, SIGNS[:5], LONG, 5)
    one, why = pair(SIGNS), f"Nobody in the pool offers {either(SIGNS)}."
    first = Occurrence(AT.date(), AT)
    return {
        "signed_up": [pair_cards.signed_up(enrolled)],
        "left_pool": [
            pair_cards.left_pool(was_in=was_in, pairs=n) for was_in in (True, False) for n in (0, 1)
        ],
        "introduction": [pair_cards.introduction(pair(topics)) for topics in SAID],
        "introduction_over": [pair_cards.introduction_over(one)],
        "over": [pair_cards.over()],
        "ended_by_you": [pair_cards.ended_by_you(BO)],
        "ended_before": [pair_cards.ended_before()],
        "partner_left": [pair_cards.partner_left(BO)],
        "not_introduced": [pair_cards.not_introduced(one)],
        "looking": [round_cards.looking()],
        "draft": round_cards.draft(ROUND, [one], [left(why)]),
        "published": [
            round_cards.published(ADA, [one] * n, [one] * n, [left(why)] * n) for n in (0, 1, 200)
        ],
        "publishing": [round_cards.publishing(n) for n in (0, 1, 200)],
        "discarded": [round_cards.discarded()],
        "stale": [round_cards.stale(state) for state in RoundState],
        "failed": [round_cards.failed()],
        "nobody_this_time": [round_cards.nobody_this_time(left(why, role)) for role in Role],
        "started": [activity_cards.started(PROMPT, {}, ChannelId("C_DATA"), WEEKLY, first)],
        "managed": [activity_cards.managed(activity(1, state=state)) for state in RunState],
        "could_not_post": [
            activity_cards.could_not_post(PROMPT, activity(1), reason)
            for reason in ("is_archived", "no_such_reason")
        ],
        "answer_not_posted": [activity_cards.answer_not_posted(activity(1))],
        "settled_page": [round_cards.settled_page()],
        "replaced": [round_cards.replaced(ADA)],
    }


ALL_CARDS = [(name, card) for name, some in cards().items() for card in some]


def test_every_card_there_is_is_looked_at() -> None:
    made = {maker.__name__ for maker in makers(pair_cards, round_cards, activity_cards)}
    assert made | {"draft"} == cards().keys()


@pytest.mark.parametrize(("_name", "card"), ALL_CARDS, ids=[name for name, _ in ALL_CARDS])
def test_slack_takes_it_and_obeys_nothing_in_it(_name: str, card: Card) -> None:
    message = RENDERER.message(card)
    assert_slack_takes_it(message)
    assert_nothing_is_obeyed(message)
    assert_slack_shows_it_in_a_view((card,))


@pytest.mark.parametrize(("_name", "card"), ALL_CARDS, ids=[name for name, _ in ALL_CARDS])
def test_it_reads_as_sentences(_name: str, card: Card) -> None:
    shown = RENDERER.text(card)
    assert len(shown.splitlines()) > 1
    for slip in ("  ", " .", " ,", "..", "None", ", .", "\n\n\n"):
        assert slip not in shown
    assert shown.rstrip("`").endswith((".", "pair", "reflect", "leave", "mentor", ")", ">"))


def assert_slack_shows_it_in_a_view(page: Page) -> None:
    blocks = [block.to_dict() for block in RENDERER.page(page)]
    title: Json = {"type": "plain_text", "text": "Peerloop"}
    check_view({"type": "modal", "title": title, "blocks": blocks}, "modal")
    check_view(RENDERER.home(page), "home")


@pytest.mark.parametrize("topics", SAID, ids=OF)
def test_an_introduction_gets_to_the_first_step(topics: tuple[Topic, ...]) -> None:
    message = RENDERER.message(pair_cards.introduction(pair(topics)))
    for shown in (message["text"], text_of(message["blocks"])):
        assert "suggest two times for half an hour" in shown
        assert "stays between the two of you" in shown


@pytest.mark.parametrize("role", Role)
def test_whoever_signs_up_reads_what_comes_next(role: Role) -> None:
    shown = RENDERER.text(pair_cards.signed_up(Enrolment(ADA, role, LONG, LONG, 2)))
    assert "Until then nobody is told." in shown


# Drafts.


@pytest.mark.parametrize("count", [0, 1, 15, 16, 200])
@pytest.mark.parametrize("topics", SAID, ids=OF)
def test_a_draft_shows_every_pair_and_everybody_left_over(
    topics: tuple[Topic, ...], count: int
) -> None:
    """A lead cannot take back what they publish, so they have to see all of it before."""
    pairs = [pair(topics, n) for n in range(count)]
    alone = [left(f"Nobody offers {either(topics)}.", Role.MENTOR, n) for n in range(count)]
    pages = [RENDERER.message(card) for card in round_cards.draft(ROUND, pairs, alone)]
    for page in pages:
        assert_slack_takes_it(page)
        assert_nothing_is_obeyed(page)
    in_text = "\n".join(page["text"] for page in pages)
    in_blocks = "\n".join(text_of(page["blocks"]) for page in pages)
    for shown in (in_text, in_blocks):
        assert all(f"<@{each.mentee}>: " in shown for each in pairs)
        assert all(f"<@{each.user}> offers to be a mentor" in shown for each in alone)
        assert shown.count("of shared working time") == count
        assert "…" not in shown


@pytest.mark.parametrize(("count", "buttons"), [(0, ["Discard"]), (1, ["Publish", "Discard"])])
def test_nothing_cannot_be_published(count: int, buttons: list[str]) -> None:
    first, *_ = round_cards.draft(ROUND, [pair(PLAIN)] * count, [])
    assert [button.label for button in first.buttons] == buttons


def test_only_the_first_page_of_a_draft_can_be_decided_on() -> None:
    first, *rest = round_cards.draft(ROUND, [pair(LONG, n) for n in range(99)], [])
    assert "The rest is in this thread." in RENDERER.text(first)
    assert rest
    assert not any(card.buttons for card in rest)
    assert rest[-1].title == f"Proposed mentor pairs, {len(rest) + 1} of {len(rest) + 1}"


# Lists.


def listed(page: Page) -> str:
    return text_of(RENDERER.home(page))


@pytest.mark.parametrize("count", [0, 1, 14, 15, 16, 60])
def test_a_list_fits_and_leads_to_what_it_does_not_show(count: int) -> None:
    page = activity_cards.listing([activity(n) for n in range(count)], set(range(count)))
    assert_slack_shows_it_in_a_view(page)
    shown = listed(page)
    missing = count - shown.count("America/Argentina/ComodRivadavia")
    assert ("Show the next" in shown) is (missing > 0)
    assert "New weekly prompt" in shown


def test_the_last_page_leads_back() -> None:
    page = activity_cards.listing([activity(99)], {99}, is_first=False)
    assert "Back to the first" in listed(page)


def test_what_is_asked_in_private_is_not_shown_to_other_leads() -> None:
    page = activity_cards.listing([activity(1), activity(2)], {2})
    assert listed(page).count(activity_cards.PRIVATE.strip()) == 1


@pytest.mark.parametrize("state", [RunState.RUNNING, RunState.PAUSED])
def test_each_in_the_list_can_be_managed(state: RunState) -> None:
    page = activity_cards.listing([activity(n, state=state) for n in range(3)], {0, 1, 2})
    values = [button.value for card in page for button in card.buttons if button.label == "End"]
    assert values == ["0", "1", "2"]
