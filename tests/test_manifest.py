"""The manifest for HTTP mode, made from the one for Socket Mode."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.manifest import COMMANDS, REQUESTS, load
from bot.slack.guard import Guard
from bot.web import build
from tests.programs import MANIFEST
from tests.rules.slack_scopes import breaches

ADDRESS = "https://peerloop.example.com"
URL = f"{ADDRESS}/slack/events"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def printed(address: str = ADDRESS) -> Any:
    return CliRunner().invoke(cli, ["manifest", "--http", address])


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every plain value of a document by where it stands."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {k: v for name, each in pairs for k, v in leaves(each, f"{path}.{name}").items()}
    return {path: value}


@pytest.mark.parametrize("end", ["", "/"])
def test_it_differs_in_where_slack_sends_its_requests_and_in_nothing_else(end: str) -> None:
    usual, http = (
        yaml.safe_load(MANIFEST.read_text("utf-8")),
        yaml.safe_load(printed(ADDRESS + end).stdout),
    )
    new = dict(leaves(http).items() - leaves(usual).items())
    assert new == {
        ".settings.socket_mode_enabled": False,
        ".settings.event_subscriptions.request_url": URL,
        ".settings.interactivity.request_url": URL,
        **{f".features.slash_commands.{number}.url": URL for number in range(len(COMMANDS))},
    }
    assert set(leaves(usual)) <= set(leaves(http))
    assert breaches(http) == []


def test_that_is_where_it_listens() -> None:
    app = build(slack=(Guard("s"), lambda *_: (200, {}, ""), lambda *_: None), timeline=None)
    paths = [getattr(route, "path", None) for route in app.routes]
    assert REQUESTS in paths


def test_a_command_that_was_renamed_here_stays_renamed() -> None:
    Path("manifest.yml").write_text(MANIFEST.read_text("utf-8").replace("/ask-peer", "/frag-wen"))
    told = printed().stdout
    Path("manifest.yml").write_text(told)
    assert load().commands["ask_peer"] == "/frag-wen"


@pytest.mark.parametrize(
    "address", ["http://p.example.com", "p.example.com", f"{ADDRESS}/slack", "https://", "ftp://x"]
)
def test_an_address_that_slack_would_not_take_is_refused(address: str) -> None:
    told = printed(address)
    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.startswith("The address must look like https://peerloop.example.com")


def test_a_file_that_is_no_manifest_is_refused() -> None:
    Path("manifest.yml").write_text("just words")
    told = printed()
    assert told.exit_code == 1
    assert "cannot be read as a Slack app manifest" in told.stderr
