"""The command line: what an operator reads, and the status that scripts rely on."""

import json
import re
import signal
import socket
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import WELCOME, cli
from bot.config import Settings
from bot.scopes import loss
from sandbox.server import LocalSlack
from storage.database import Database
from storage.schema import HEAD, current_revision
from tests.localslack import SlackView, text_of
from tests.programs import MANIFEST, against, process, wait_for


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An operator's first day: no settings, an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def peerloop(*arguments: str, **environment: str) -> Any:
    return CliRunner().invoke(cli, arguments, env=environment)


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(held=False) as slack:
        yield slack


def test_it_says_which_version_it_is() -> None:
    told = peerloop("--version")
    assert (told.exit_code, told.stdout) == (0, f"peerloop {version('peerloop')}\n")


def test_without_a_command_it_shows_what_it_can_do() -> None:
    told = peerloop()
    assert {"run", "migrate", "sandbox"} <= set(told.output.split())
    assert "Traceback" not in told.output


def test_without_tokens_it_says_in_three_lines_what_to_do() -> None:
    told = peerloop("run")
    assert told.exit_code == 2
    assert told.stderr == WELCOME + "\n"
    assert len(told.stderr.splitlines()) == 3
    assert told.stdout == ""
    assert list(Path.cwd().iterdir()) == []


def test_every_problem_of_the_settings_is_told_and_nothing_is_started() -> None:
    told = peerloop("run", SLACK_BOT_TOKEN="wrong", PORT="x", DATABASE_URL="mysql://h/d")
    assert told.exit_code == 2
    assert len(re.findall("^- ", told.stderr, re.MULTILINE)) >= 3
    assert list(Path.cwd().iterdir()) == []


def test_migrating_twice_changes_once() -> None:
    told = [peerloop("migrate") for _ in range(2)]
    assert [t.exit_code for t in told] == [0, 0]
    assert [t.stdout for t in told] == [
        "The database peerloop.db is up to date now.\n",
        "The database peerloop.db was up to date already.\n",
    ]
    database = Database("sqlite:///peerloop.db")
    assert current_revision(database) == HEAD
    database.dispose()


def test_a_database_is_migrated_without_a_word_on_slack() -> None:
    told = peerloop("migrate", SLACK_APP_TOKEN="xapp-1", SANDBOX="true", PORT="x")
    assert (told.exit_code, told.stderr) == (0, "")


@pytest.mark.parametrize("command", ["run", "migrate", "doctor"])
@pytest.mark.parametrize("url", ["mysql://h/d", "postgresql://h:port/d", "postgresql://u:@@h/d"])
def test_an_address_that_cannot_be_one_has_one_status(command: str, url: str) -> None:
    told = peerloop(command, DATABASE_URL=url)
    assert told.exit_code == 2
    assert told.stderr.startswith("- DATABASE_URL ")


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/peerloop.db", "postgresql://u:hunter2@127.0.0.1:1/d"]
)
def test_a_database_that_is_not_there_is_told_in_a_sentence(url: str) -> None:
    told = peerloop("migrate", DATABASE_URL=url)
    assert told.exit_code == 1
    assert "cannot be used" in told.stderr
    assert "Traceback" not in told.output
    assert "hunter2" not in told.output


def test_slack_that_cannot_be_reached_is_told_in_a_sentence() -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    told = peerloop("run", SLACK_API_URL="http://127.0.0.1:1/api/", **tokens)
    assert told.exit_code == 1
    assert "Slack cannot be reached: no connection (ConnectionRefusedError). Check" in told.stderr
    assert "Traceback" not in told.output


def test_an_app_token_that_slack_refuses_is_told_and_not_shown(slack: LocalSlack) -> None:
    told = peerloop("run", **against(slack, SLACK_APP_TOKEN="xapp-hunter2"))
    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1].startswith(
        "Slack did not open a Socket Mode connection (invalid_auth). Check SLACK_APP_TOKEN"
    )
    assert "hunter2" not in told.output


def test_a_token_that_slack_refuses_is_told_and_not_shown(slack: LocalSlack) -> None:
    told = peerloop("run", **against(slack, SLACK_BOT_TOKEN="xoxb-hunter2"))
    assert told.exit_code == 1
    assert told.stderr.startswith("Slack refused the bot token (invalid_auth)")
    assert "hunter2" not in told.output


def test_a_port_that_is_taken_is_told_and_everything_is_stopped(slack: LocalSlack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = peerloop("run", **against(slack, PORT=str(port)))
    assert told.exit_code == 1
    assert f"Port {port} cannot be used (Address already in use)." in told.stderr
    assert peerloop("migrate").stdout == "The database peerloop.db was up to date already.\n"


@pytest.mark.parametrize(
    ("manifest_text", "words"),
    [
        ("features: {slash_commands: [{command: /learning}]}", "must list 4 different"),
        ("features: {slash_commands: [{command: /a}, {command: /a}]}", "must list 4 different"),
        ("features: [", "cannot be read as a Slack app manifest"),
        ("just words", "cannot be read as a Slack app manifest"),
    ],
)
def test_a_manifest_that_lacks_a_command_is_refused(
    slack: LocalSlack, manifest_text: str, words: str
) -> None:
    Path("manifest.yml").write_text(manifest_text)
    told = peerloop("run", **against(slack))
    assert told.exit_code == 1
    assert words in told.stderr


def test_f73_it_serves_until_told_to_stop_and_nobody_else_may_have_its_file(
    slack: LocalSlack,
) -> None:
    with process(against(slack)) as running:
        wait_for(running, '"started"')
        told = peerloop("migrate")
        assert told.exit_code == 1
        assert "Another Peerloop process works with this database" in told.stderr
        running.send_signal(signal.SIGTERM)
        assert running.wait(15) == 0
    assert peerloop("migrate").stdout == "The database peerloop.db was up to date already.\n"


def test_the_log_says_what_has_started_what_it_lacks_and_that_it_ends(slack: LocalSlack) -> None:
    view = SlackView(slack.url)
    view.control("scopes", revoke=["reactions:read", "im:history"])
    try:
        with process(against(slack)) as running:
            started = json.loads(wait_for(running, '"started"'))
            lacks = json.loads(wait_for(running, "permissions are missing"))
            running.send_signal(signal.SIGTERM)
            assert running.wait(15) == 0
            assert running.stderr
            last = [json.loads(line)["event"] for line in running.stderr]
    finally:
        view.control("scopes", grant=["reactions:read", "im:history"])
    about = {name: started[name] for name in ("version", "mode", "database")}
    assert about == {"version": version("peerloop"), "mode": "Socket Mode", "database": "SQLite"}
    assert lacks["off"] == [loss("reactions:read"), loss("im:history")]
    assert lacks["level"] == "warning"
    assert [event for event in last if event.startswith("sto")] == ["stopping", "stopped"]


def test_a_database_that_fails_at_the_start_is_told_in_a_sentence(slack: LocalSlack) -> None:
    assert peerloop("migrate").exit_code == 0
    database = Database("sqlite:///peerloop.db")
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE tenant"))
    database.dispose()
    told = peerloop("run", **against(slack))
    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1].startswith("The database cannot be used: no such table")
    assert "Traceback" not in told.output


def test_a_command_renamed_in_the_manifest_is_the_one_it_answers() -> None:
    Path("manifest.yml").write_text(MANIFEST.read_text().replace("/ask-peer", "/frag-wen"))
    with LocalSlack(manifest="manifest.yml", held=False) as german, process(against(german)) as bot:
        wait_for(bot, '"started"')
        asked = SlackView(german.url).control(
            "command", user="cy", channel="#general", command="/frag-wen", text=""
        )
        bot.send_signal(signal.SIGINT)
        assert bot.wait(15) == 0
    assert asked["ack"] == "acked"
    assert "What would you like to know?" in text_of(asked["view"])
