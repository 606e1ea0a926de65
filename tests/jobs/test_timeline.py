"""What the bot tells a local Slack of the time ahead."""

from datetime import UTC, datetime
from typing import cast
from unittest.mock import Mock

from bot.jobs.timeline import WORDS
from bot.services.upcoming import upcoming
from storage.work import Work
from tests.world import World


def test_everything_that_can_come_has_words() -> None:
    work = Mock()
    for part in ("sending", "questions", "activities", "occasions", "rounds"):
        getattr(work, part).next_due_at.return_value = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert set(upcoming(cast(Work, work))) == set(WORDS)


def test_an_open_question_is_announced_without_what_it_asks(world: World) -> None:
    world.person("ada", knows=("kafka",))
    world.person("cy")
    world.types("cy", "/ask-peer how many kafka partitions?")
    world.clicks("cy", "Ask")

    coming = world.slack.control("clock", advance=1)["upcoming"]

    assert [(each["what"], each["words"]) for each in coming] == [("question", WORDS["question"])]
    assert world.slack.control("clock", to_next=True)["now"] == coming[0]["at"]
