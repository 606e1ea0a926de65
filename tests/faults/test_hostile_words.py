"""Words that nobody should type, through every door: kept whole, said safely, and in good time."""

import json
from collections.abc import Iterator
from datetime import timedelta
from time import process_time

import pytest

from bot.domain.deliveries import State
from bot.domain.expertise import topics_in
from bot.domain.ids import ChannelId, Key, Topic, UserId
from bot.domain.people import Channel
from bot.domain.questions import MOST_STARTED
from bot.domain.text import MAX_QUESTION, normalise
from bot.domain.undelivered import Undelivered
from bot.services import find, undelivered_cards
from bot.slack.plain import plain_words
from storage.work import Work
from tests.faults.wire import POST, UPDATE, WHISPER, Wire
from tests.localslack import Json
from tests.slack.cards import AT, RENDERER, assert_nothing_is_obeyed, assert_slack_takes_it
from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import answers_here, newest
from tests.world import World

ODD = {
    "forty thousand": "x" * 40_000,
    "families": "👩‍👩‍👧‍👦" * 300,
    "turned around": "why \u202eetisoppo eht\u202c \u2067and\u2069 back?",
    "NUL": "why\0is it\0null?",
    "half a pair": "why \ud83d and \udca1?",
    "stacked marks": "w" + "\u0301\u0323\u0e47" * 2_000 + "hy?",
    "only spaces": " \u00a0\u2003\u3000\t\n",
    "nothing to see": "\u200b\u2060\ufeff\u00ad",
    "control": "\x1b[31m\x07\x08why?\x7f",
    "newlines": "\n" * 3_000,
}
TRAPS = (
    "<!channel> <!here> <!everyone> <!subteam^S1|@leads> <@U_EVE> <#C_SECRET>"
    " <https://evil.example|Sign in> <mailto:a@b.c> &lt;!here&gt; &amp; *b* `c` @here"
    " https://evil.example \u202e<!channel>"
)


@pytest.fixture(autouse=True)
def _no_error_of_ours(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert not [r.getMessage() for r in caplog.get_records("call") if r.levelname == "ERROR"]


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_f71_whatever_is_typed_is_answered_in_a_sentence(world: World, words: str) -> None:
    """By commands and forms; what can be kept is, the rest is refused by name."""
    world.person("ada", knows=("postgres",))
    world.person("cy")
    for line in (
        "/ask-peer postgres {}",
        "/ask-peer {}",
        "/ask-peer who knows {}",
        "/learning topics {}",
        "/learning refuse {}",
        "/learning hours {}",
        "/learning {}",
        "/mentor {}",
        "/reflect {}",
    ):
        answer = world.types("cy", line.format(words))
        assert answer.ack == "acked", line
        assert answer.text or answer.raw["view"], line
        assert "Something went wrong" not in answer.text, line
    if world.slack.see("views/cy")["modals"]:
        world.closes("cy")
    world.types("cy", "/ask-peer")
    filled = world.fills("cy", question=words)
    assert filled.errors or filled.shown
    assert "Something went wrong" not in str(filled.errors)


@ON_SQLITE
@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_f71_people_and_channels_with_such_names_are_spoken_of(world: World, words: str) -> None:
    world.slack.control("channel", id="C_ODD", name=words[:80] or "x", add=["U_BOT"])
    world.person("ada", real_name=words, knows=("postgres",))
    world.person("cy", real_name=words, title=words)
    world.syncs()
    world.types("cy", "/ask-peer why is my postgres slow?")
    world.clicks("cy", "Ask")
    assert newest(world, "ada").says("postgres")
    assert world.types("cy", "/learning").ack == "acked"
    person = world.look(lambda work: work.people.get(UserId("U_ADA")))
    assert person
    assert len(person.name) <= 80
    assert "\0" not in person.name


def everything_said(world: World) -> list[Json]:
    """What the bot posted, edited, whispered, and answered."""
    slack = world.slack
    calls = [call["args"] for method in (POST, UPDATE, WHISPER) for call in slack.calls(method)]
    answers = [answer["args"] for answer in slack.journal("response_url")]
    return [said for said in (*calls, *answers) if said and "text" in said]


def a_day_of_traps(world: World) -> None:
    """Names, topics, a question, an answer, a prompt: each says all that Slack might obey."""
    world.lead("lee", real_name=TRAPS[:80])
    world.person("ada", real_name=TRAPS[:80])
    world.types("ada", "/learning topics postgres, <!channel>, <@U_EVE>")
    world.person("cy", real_name=TRAPS)
    world.types("cy", f"/learning limit {TRAPS}")
    world.types("cy", f"/ask-peer {TRAPS} postgres")
    world.clicks("cy", "Ask")
    answers_here(world, "ada", TRAPS)
    world.types("lee", "/reflect new")
    values = {"channel": "C_GENERAL", "weekday": "0", "time": "10:00", "zone": "Europe/London"}
    world.fills("lee", **values, prompt="own", text=TRAPS)
    world.until("2026-03-02T11:00:00Z")


def test_f72_nothing_that_anybody_typed_is_obeyed_wherever_it_is_said(world: World) -> None:
    a_day_of_traps(world)
    said = everything_said(world)
    quoting = [each for each in said if "evil.example" in json.dumps(each)]
    assert len(quoting) >= 4, "question, answer and prompt were said"
    for each in said:
        blocks = each.get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        blocks = [block for block in blocks if block["type"] != "divider"]
        assert_nothing_is_obeyed({"text": each["text"], "blocks": blocks})
        assert each.get("parse", "none") == "none"
        assert "link_names" not in each


def test_s8_no_message_unfolds_a_link(world: World) -> None:
    """Slack would fetch it, and whoever owns the address would know that it was read."""
    a_day_of_traps(world)
    posts = world.slack.calls(POST)
    assert len(posts) >= 3
    for post in posts:
        assert str(post["args"]["unfurl_links"]).lower() in {"false", "0"}
        assert str(post["args"]["unfurl_media"]).lower() in {"false", "0"}


@pytest.mark.parametrize("channel", [None, Channel(ChannelId("C_DATA"), False, TRAPS)])
def test_f72_what_was_not_delivered_is_told_without_being_obeyed(channel: Channel | None) -> None:
    keys = ("question/1/U_ADA", "pair/1/thread", "pair/x/y", "lead/U_ADA/x", "odd", "activity/1/x")
    for key in keys:
        for state in (State.UNKNOWN, State.NEVER):
            people = (UserId("U_ADA"),) if channel is None else ()
            found = Undelivered(1, Key(key), state, TRAPS, AT, people, has_words=True)
            for card in undelivered_cards.page([found], [channel], 3):
                if card.title:
                    message = RENDERER.message(card)
                    assert_slack_takes_it(message)
                    assert_nothing_is_obeyed(message)


HOURLY = MOST_STARTED["an hour"][1]


def test_s7_whoever_asks_a_thousand_times_is_asked_to_wait_and_others_are_served(
    world: World,
) -> None:
    """A thousand is the rate; so many of them are enough to see the limit hold."""
    world.person("ada", knows=("postgres",))
    world.person("bo")
    world.person("cy")
    answers = [world.types("cy", f"/ask-peer postgres question {n}?") for n in range(HOURLY + 5)]
    refused = [answer for answer in answers if answer.says("You have started 20 questions")]
    assert len(refused) == 5
    assert all(answer.says("Please wait a while") for answer in refused)
    assert world.everything_kept().count("postgres question") <= HOURLY * 3
    assert world.slack.dms("ada") == []

    assert world.types("bo", "/ask-peer why is my postgres slow?").says("<@U_ADA>")
    world.later(hours=1, seconds=1)
    assert world.types("cy", "/ask-peer postgres once more?").says("<@U_ADA>")


def _started(work: Work, number: int) -> None:
    due_at = work.now + timedelta(days=1)
    text = f"an old question {number}"
    work.questions.add(asker=UserId("U_CY"), text=text, topics=frozenset(), due_at=due_at)


def test_s7_a_day_has_its_limit_too(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    _, most = MOST_STARTED["a day"]
    wire = Wire(world)
    for number in range(most):
        wire.run(_started, number)
    world.slack.control("clock", jump="2026-03-02T12:00:00Z")
    refusal = world.types("cy", "/ask-peer postgres?")
    assert refusal.says("You have started 60 questions within a day")


PATHOLOGICAL = {
    "x": "x" * 200_000,
    "spaces": "a " * 100_000,
    "marks": "e" + "\u0301" * 200_000,
    "angles": "<" * 200_000,
    "links": "<a|" * 60_000,
    "pipes": "<" + "|" * 200_000,
    "entities": "&amp;" * 40_000,
    "who": "who knows " * 20_000,
    "colons": "1:" * 100_000,
    "dashes": "-" * 200_000 + "to" * 10,
    "digits": "9" * 200_000,
    "commas": "," * 200_000,
    "emoji": "👩‍👩‍👧‍👦" * 20_000,
}
VOCABULARY = [Topic("x" * 40), Topic("who knows"), Topic("a a a a a a a a a b"), Topic("e\u0301")]


@pytest.mark.parametrize("words", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_s23_no_text_takes_long_to_read(words: str) -> None:
    """Bounds far above what it takes, on a slow machine too: quadratic would be minutes."""
    begun = process_time()
    kept = normalise(words)
    plain_words(words)
    find.is_meant(words)
    topics_in(kept[:MAX_QUESTION], VOCABULARY)
    RENDERER.plain(kept[:MAX_QUESTION])
    assert process_time() - begun < 2
