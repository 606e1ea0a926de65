"""What is said about one's own terms, who knows, and channels: it fits, and nothing is obeyed."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.domain.cards import Card
from bot.domain.expertise import MAX_TOPIC_LENGTH, MAX_TOPICS
from bot.domain.ids import ChannelId, Topic, UserId
from bot.domain.people import Channel, Person, Standing, Switch
from bot.domain.refusals import Invalid
from bot.domain.working_time import WorkingHours
from bot.services import choose, find, hours, overview, terms, topic_channel
from bot.slack.forms import topic_channels
from storage.database import Database
from storage.work import Work
from tests import databases
from tests.slack.cards import RENDERER, assert_nothing_is_obeyed, assert_slack_takes_it
from tests.slack.filled import assert_slack_opens_it
from tests.storage.scene import ADA, BO, NOW, OURS

SIGNS = tuple(Topic((f"{n:02d} " + "<!&>" * 9)[:MAX_TOPIC_LENGTH]) for n in range(MAX_TOPICS))
LONG = tuple(Topic(f"{n:02d} " + "x" * (MAX_TOPIC_LENGTH - 3)) for n in range(MAX_TOPICS))
EVERY_OTHER = frozenset({0, 2, 4, 6})


@pytest.fixture(params=[SIGNS, LONG], ids=["signs", "long"])
def topics(request: pytest.FixtureRequest) -> tuple[Topic, ...]:
    found: tuple[Topic, ...] = request.param
    return found


@pytest.fixture
def work(sqlite_template: Path, topics: tuple[Topic, ...]) -> Iterator[Work]:
    """Ada leads; she and eleven others know everything there is, and let themselves be found."""
    with databases.sqlite_copy(sqlite_template) as url:
        database = Database(url)
        with database.begin(OURS, NOW) as work:
            for user in (ADA, BO, *(UserId(f"U_{n}") for n in range(10))):
                work.people.record(Person(user, user, "UTC", Standing.MEMBER, is_admin=True))
                work.people.set_topics(user, topics)
                work.people.switch(user, Switch.FINDABLE, True)
            _ada(work, topics)
            yield work
        database.dispose()


def _ada(work: Work, topics: tuple[Topic, ...]) -> None:
    work.boundaries.refuse(ADA, topics)
    work.leads.name(ADA, by=BO)
    work.people.set_paused(ADA, True, NOW + timedelta(days=9))
    work.people.set_hours(ADA, WorkingHours(time(0), time(23, 59), EVERY_OTHER))
    work.people.set_place(ADA, "GB-ENG")
    channels = [Channel(ChannelId(f"C_{n}"), is_private=n == 1, name=f"c{n}") for n in range(25)]
    work.channels.replace(channels)
    for topic, channel in zip(topics, channels, strict=False):
        work.topic_channels.assign([topic], channel.channel)


def assert_it_is_fine(card: Card) -> None:
    message = RENDERER.message(card)
    assert_slack_takes_it(message)
    assert_nothing_is_obeyed(message)
    shown = RENDERER.text(card)
    for slip in ("  ", " .", " ,", "..", "None", ", .", "\n\n\n"):
        assert slip not in shown


def test_the_overview_names_every_way_however_much_there_is(work: Work) -> None:
    card = overview.overview(work, user=ADA)
    assert_it_is_fine(card)
    section = RENDERER.message(card)["blocks"][1]["text"]["text"]
    assert "Never about:" in section
    assert "and others I am in." in section, "the end was cut off"


def test_what_is_said_in_a_line_is_noted(work: Work, topics: tuple[Topic, ...]) -> None:
    typed = ", ".join(topics)
    for card in (
        choose.set_topics(work, user=ADA, typed=typed),
        choose.refuse(work, user=ADA, typed=typed),
        choose.refuse(work, user=ADA, typed=""),
        hours.set_hours(work, user=ADA, typed="7-15"),
        hours.set_days(work, user=ADA, typed="mon"),
        hours.set_holidays(work, user=ADA, typed="de-by"),
        *(
            choose.switch(work, user=ADA, what=switch, is_on=is_on)
            for switch in Switch
            for is_on in (True, False)
        ),
    ):
        assert_it_is_fine(card)


def test_who_knows_everything(work: Work, topics: tuple[Topic, ...]) -> None:
    about = ", ".join(topics)
    found = find.who_knows(work, asker=BO, text=f"who knows {about}?")
    assert_it_is_fine(found)
    assert RENDERER.text(found).count("<@U_") >= 3
    assert_it_is_fine(find.who_knows(work, asker=BO, text="who knows what else"))


def test_the_channels_of_topics(work: Work, topics: tuple[Topic, ...]) -> None:
    typed = ", ".join(topics)
    present = topic_channel.present(work, lead=ADA)
    assert_slack_opens_it(topic_channels.build(RENDERER.page((present,))))
    for channel in (ChannelId("C_2"), None):
        assert_it_is_fine(topic_channel.assign(work, lead=ADA, channel=channel, typed=typed))


@pytest.mark.parametrize(
    ("channel", "problem"), [("C_1", topic_channel.PRIVATE), ("C_GONE", topic_channel.NOT_IN_IT)]
)
def test_a_channel_that_not_everybody_can_read_is_refused(
    work: Work, channel: str, problem: str
) -> None:
    with pytest.raises(Invalid) as refused:
        topic_channel.assign(work, lead=ADA, channel=ChannelId(channel), typed="")
    assert refused.value.problems == {"channel": problem, "topics": topic_channel.NO_TOPICS}


def test_too_many_colleagues_cannot_be_avoided_in_one_form(work: Work) -> None:
    assert terms.too_many([BO] * terms.MOST_AVOIDED) is None
    assert terms.too_many([BO] * (terms.MOST_AVOIDED + 1)) == (
        "Please choose at most 50 colleagues here."
    )


def test_the_form_holds_what_is_kept(work: Work, topics: tuple[Topic, ...]) -> None:
    kept = terms.current(work, user=ADA)
    assert kept.refused == topics == kept.choices.topics
    assert kept.at_work.place == "GB-ENG"
