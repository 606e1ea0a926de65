"""The doctor: each finding a sentence, whatever is away, and nothing touched."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot import checkup, doctor
from bot.__main__ import cli
from bot.clock import wall_clock
from bot.config import Settings
from bot.doctor import DatabaseFacts, Facts, ProcessFacts, Weight, ZoneFacts, examine, spoken
from bot.domain.backlog import Backlog
from bot.domain.cards import Card, Direct
from bot.domain.deliveries import State
from bot.domain.ids import Key, Tenant, UserId
from bot.program import Program
from bot.scopes import LOST
from bot.slack.checkup import SlackFacts
from sandbox.server import LocalSlack
from storage.database import Database
from storage.lockfile import LockFile
from storage.schema import migrate
from tests.localslack import SlackView
from tests.nobody import a_folder_of_nobodys, as_nobody
from tests.programs import against
from tests.world import local_settings

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WELL = Facts(
    now=NOW,
    scopes=("chat:write", "reactions:read"),
    optional_scopes=("im:history",),
    zones=ZoneFacts(known=500, has_package=True),
    database=DatabaseFacts(revision="0002", needed="0002", backlogs=(Backlog(),)),
    slack=SlackFacts(granted=frozenset({"chat:write", "reactions:read", "im:history"}), now=NOW),
)


def said(**different: Any) -> list[tuple[Weight, str]]:
    """What is found where one thing is not as it should be."""
    return [(found.weight, found.words) for found in examine(replace(WELL, **different))]


def test_of_what_is_well_nothing_is_said() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("different", "weight", "words"),
    [
        ({"slack": None}, Weight.SETTING, "There is no SLACK_BOT_TOKEN"),
        ({"slack": SlackFacts(bot_token="No.", now=NOW)}, Weight.PROBLEM, "No."),
        ({"zones": ZoneFacts(0, False)}, Weight.PROBLEM, "Install tzdata"),
        ({"zones": ZoneFacts(500, False)}, Weight.NOTE, "those of the operating system"),
        ({"database": DatabaseFacts("Gone.")}, Weight.PROBLEM, "Gone."),
        ({"database": DatabaseFacts(None, None, "2")}, Weight.PROBLEM, "is empty, and this"),
        ({"database": DatabaseFacts(None, "1", "2")}, Weight.PROBLEM, "at revision 1, and this"),
        ({"database": DatabaseFacts(unknown=2)}, Weight.NOTE, "may or may not have arrived: 2."),
        (
            {"database": DatabaseFacts(backlogs=(Backlog({}, NOW - timedelta(hours=3), 4),))},
            Weight.PROBLEM,
            "Overdue deliveries: 4. The oldest has been waiting for 3 hours.",
        ),
        ({"process": ProcessFacts(42)}, Weight.NOTE, "Process 42 works with this database"),
        ({"process": ProcessFacts(42, 3000, {})}, Weight.NOTE, "a second one could not."),
        ({"process": ProcessFacts(42, 3000)}, Weight.PROBLEM, "no Peerloop answers on port 3000"),
        (
            {"process": ProcessFacts(None, 3000, {"tick": "It stands."})},
            Weight.PROBLEM,
            "The running bot says of its tick: It stands.",
        ),
    ],
)
def test_a_finding_is_a_sentence_with_its_weight(
    different: dict[str, Any], weight: Weight, words: str
) -> None:
    ((found, sentence),) = said(**different)
    assert found is weight
    assert words in sentence


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(minutes=-6), "6 minutes behind Slack's"),
        (timedelta(seconds=61), "61 seconds ahead of Slack's"),
        (timedelta(days=400), "400 days ahead of Slack's"),
    ],
)
def test_a_clock_that_is_wrong_is_told_by_how_much(away: timedelta, words: str) -> None:
    ((weight, sentence),) = said(now=NOW + away)
    assert weight is Weight.PROBLEM
    assert words in sentence
    assert said(now=NOW + timedelta(minutes=1)) == []


def test_what_is_required_is_a_problem_and_what_is_optional_a_note() -> None:
    told = said(slack=SlackFacts(granted=frozenset({"chat:write"}), now=NOW))
    assert [weight for weight, _ in told] == [Weight.PROBLEM, Weight.NOTE]
    assert LOST["reactions:read"] in told[0][1]
    assert LOST["im:history"] in told[1][1]


def test_what_slack_does_not_say_is_not_guessed() -> None:
    ((weight, sentence),) = said(slack=SlackFacts(granted=None, now=None))
    assert weight is Weight.NOTE
    assert "did not say" in sentence


def test_lengths_are_spoken_roughly() -> None:
    lengths = (timedelta(seconds=119), timedelta(minutes=119), timedelta(hours=47))
    assert [spoken(length) for length in lengths] == ["119 seconds", "119 minutes", "47 hours"]


# The command, against a local Slack.


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def slack(local_slack: LocalSlack) -> Iterator[SlackView]:
    view = SlackView(local_slack.url)
    view.control("reset", team="T_DOCTOR")
    yield view
    view.control("fault", clear=True)
    view.control("scopes", grant=list(LOST))


def examined(slack: SlackView | None = None, **environment: str) -> Any:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox", "PORT": "0"}
    where = {"SLACK_API_URL": f"{slack.url if slack else 'http://127.0.0.1:1'}/api/"}
    return CliRunner().invoke(cli, ["doctor"], env={**tokens, **where, **environment})


@pytest.fixture
def url(sqlite_template: Path) -> str:
    """A migrated database in this folder."""
    Path("peerloop.db").write_bytes(sqlite_template.read_bytes())
    return "sqlite:///peerloop.db"


@pytest.mark.usefixtures("url")
def test_where_all_is_well_it_says_what_it_looked_at(slack: SlackView) -> None:
    told = examined(slack)
    assert told.stdout == f"All is well. Checked: {checkup.CHECKED}.\n"
    assert told.exit_code == 0
    assert not Path("peerloop.db.lock").exists()


@pytest.mark.usefixtures("url")
def test_without_an_optional_permission_all_is_well_at_a_price(slack: SlackView) -> None:
    slack.control("scopes", revoke=["im:history"])
    told = examined(slack)
    assert told.exit_code == 0
    assert told.stdout.startswith("- Note: The permission im:history is not granted.")
    assert "All is well." in told.stdout


@pytest.mark.usefixtures("url")
def test_s22_without_a_required_permission_it_says_what_is_lost(slack: SlackView) -> None:
    slack.control("scopes", revoke=["reactions:read"])
    told = examined(slack)
    assert told.exit_code == 1
    assert told.stdout.startswith("- Problem: The permission reactions:read is not granted.")
    assert "All is well." not in told.stdout


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("SLACK_BOT_TOKEN", "Slack refused the bot token (invalid_auth)"),
        ("SLACK_APP_TOKEN", "Slack did not open a Socket Mode connection (invalid_auth)"),
    ],
)
def test_a_token_that_slack_refuses_is_told_and_not_shown(
    slack: SlackView, token: str, words: str
) -> None:
    kind = "xoxb" if "BOT" in token else "xapp"
    told = examined(slack, **{token: f"{kind}-hunter2"})
    assert told.exit_code == 1
    assert words in told.stdout
    assert "hunter2" not in told.output


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("kind", ["500", "drop_before", "garbage", "429"])
def test_slack_that_is_unwell_is_told_in_a_sentence(slack: SlackView, kind: str) -> None:
    slack.control("fault", method="auth.test", kind=kind)
    told = examined(slack)
    assert told.exit_code == 1
    assert told.stdout.startswith("- Problem: Slack cannot be reached")
    assert "Traceback" not in told.output
    assert told.stderr == ""


@pytest.mark.usefixtures("url")
def test_an_app_token_that_slack_has_no_time_for_is_not_blamed(slack: SlackView) -> None:
    slack.control("fault", method="apps.connections.open", kind="429")
    assert examined(slack).exit_code == 0


@pytest.mark.parametrize(
    "where", ["sqlite:////no/such/folder/p.db", "postgresql://u:hunter2@127.0.0.1:1/d"]
)
def test_with_neither_slack_nor_database_there_are_two_sentences(where: str) -> None:
    told = examined(DATABASE_URL=where)
    assert told.exit_code == 1
    assert len(told.stdout.splitlines()) == 2
    assert "hunter2" not in told.output
    assert "Traceback" not in told.output
    assert list(Path.cwd().iterdir()) == []


def test_a_file_that_is_no_database_is_told(slack: SlackView) -> None:
    Path("peerloop.db").write_text("these are not the tables you are looking for" * 99)
    told = examined(slack)
    assert told.exit_code == 1
    assert "The database cannot be used" in told.stdout


def test_a_database_that_is_not_there_is_not_made(slack: SlackView) -> None:
    told = examined(slack)
    assert "There is no database peerloop.db yet" in told.stdout
    assert list(Path.cwd().iterdir()) == []


def changed(url: str, statement: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        connection.execute(text(statement))
    database.dispose()


def test_an_old_schema_is_told(slack: SlackView, url: str) -> None:
    changed(url, "UPDATE alembic_version SET version_num = '0001'")
    told = examined(slack)
    assert told.exit_code == 1
    assert "at revision 0001, and this version needs" in told.stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "upgrade Peerloop"),
        ("DROP TABLE alembic_version", "tables that are not Peerloop's"),
    ],
)
def test_what_a_migration_refuses_is_not_advised(
    slack: SlackView, url: str, change: str, words: str
) -> None:
    changed(url, change)
    told = examined(slack)
    migrated = CliRunner().invoke(cli, ["migrate"], env={"DATABASE_URL": url})
    assert (told.exit_code, migrated.exit_code) == (1, 1)
    assert words in told.stdout
    assert told.stdout == f"- Problem: {migrated.stderr}"


@pytest.mark.parametrize("closed", ["peerloop.db", "."])
def test_a_database_that_may_not_be_written_to_is_told(
    slack: SlackView, sqlite_template: Path, closed: str
) -> None:
    content = sqlite_template.read_bytes()
    with a_folder_of_nobodys() as folder, as_nobody():
        Path("peerloop.db").write_bytes(content)
        (folder / closed).chmod(0o555)
        told = examined(slack)
        started = CliRunner().invoke(
            cli, ["run"], env={**against(slack), "DATABASE_URL": "sqlite:///peerloop.db"}
        )
    assert (told.exit_code, started.exit_code) == (1, 1)
    assert "may not" in told.stdout
    assert str(folder) in told.stdout
    assert "Traceback" not in told.output + started.output
    assert "cannot be" in started.stderr


def test_a_file_that_went_away_under_a_running_bot_is_told_as_that() -> None:
    gone = DatabaseFacts(missing="peerloop.db")
    by_lock = said(database=gone, process=ProcessFacts(holder=42, port=3000, checks={}))
    by_page = said(database=gone, process=ProcessFacts(checks={"database": "gone"}))
    for told in (by_lock, by_page):
        assert any("put the file back" in words for _, words in told), told
        assert not any("migrate" in words for _, words in told), told


def test_settings_that_contradict_each_other_are_all_told() -> None:
    told = examined(SLACK_BOT_TOKEN="wrong", SANDBOX="true", SLACK_API_URL="https://slack.com/api/")
    assert told.exit_code == 2
    assert len(told.stderr.splitlines()) == 2


@pytest.mark.usefixtures("url")
def test_without_tokens_the_rest_is_looked_at_all_the_same() -> None:
    told = examined(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    assert told.exit_code == 2
    assert told.stdout.splitlines() == [
        "- Setting: There is no SLACK_BOT_TOKEN, so Slack was not asked."
    ]


def test_what_waits_for_too_long_is_told_without_slack_too(database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    with database.begin(Tenant("T_DOCTOR"), wall_clock() - timedelta(hours=5)) as work:
        work.installation.record(name="Doctor", bot_user=UserId("U_BOT"))
        for number in (1, 2):
            key = Key(f"x/{number}")
            work.deliveries.say(Direct((UserId("U_ADA"),)), Card("Hello"), key=key)
        work.sending.drop(work.sending.due(1)[0], State.UNKNOWN, "no answer")
    database.dispose()
    told = examined(DATABASE_URL=database_url)
    assert "Overdue deliveries: 1. The oldest has been waiting for 5 hours." in told.stdout
    assert "may or may not have arrived: 1." in told.stdout
    assert not {"U_ADA", "Hello", "x/1"} & set(told.stdout.split())


# Beside a running bot.


def test_who_holds_the_file_is_known_without_taking_it(tmp_path: Path) -> None:
    file = tmp_path / "peerloop.db"
    assert LockFile(file).holder() is None
    with LockFile(file) as held:
        assert LockFile(file).holder() == os.getpid()
        assert held.path.read_text() == f"{os.getpid()}\n"
    assert LockFile(file).holder() is None


@pytest.mark.parametrize("left", ["", "words", "0", "-1", "9" * 30, "2147483647", "ours"])
def test_a_number_left_by_a_crash_is_nobody(tmp_path: Path, left: str) -> None:
    lock = LockFile(tmp_path / "peerloop.db")
    lock.path.write_text(str(os.getpid()) if left == "ours" else left)
    assert lock.holder() is None


def test_a_running_bot_is_no_problem_and_what_it_says_of_itself_is_told(
    slack: SlackView, url: str
) -> None:
    bot = Program(local_settings(slack.url, url), metronome=False)
    bot.start()
    try:
        well = examined(slack, PORT=str(bot.port))
        elsewhere = examined(slack, PORT="1")
        slack.control("socket", cut="all", refuse_for=60)
        database = Database(url)
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        database.dispose()
        unwell = examined(slack, PORT=str(bot.port))
    finally:
        slack.control("socket", cut=0)
        bot.stop()
    assert (well.exit_code, elsewhere.exit_code, unwell.exit_code) == (0, 1, 1)
    assert "a second one could not.\nAll is well." in well.stdout
    assert "no Peerloop answers on port 1:" in elsewhere.stdout
    assert "The running bot says of its schema: " in unwell.stdout


def test_another_programs_page_is_not_taken_for_ours(slack: SlackView, url: str) -> None:
    port = slack.url.rpartition(":")[2]
    assert examined(slack, PORT=port, DATABASE_URL=url).exit_code == 0


def test_a_zone_that_cannot_be_read_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "A_ZONE", "Nowhere/Atlantis")
    assert checkup._zones().known == 0
    assert [found.weight for found in doctor.check_zones(checkup._zones())] == [Weight.PROBLEM]
