"""Settings: every problem told at once, in sentences, and no secret ever among them."""

from pathlib import Path

import pytest

from bot import config
from bot.config import SECRETS, ConfigError, Settings

CANARY = "CANARY-hunter2"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting from outside: neither from the environment nor from a .env in this folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def put(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def problems(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    put(monkeypatch, **settings)
    with pytest.raises(ConfigError) as told:
        config.load()
    return told.value.problems


def test_without_any_setting_there_is_a_default_for_each() -> None:
    settings = config.load()
    assert settings.database_url == "sqlite:///peerloop.db"
    assert not settings.is_socket_mode
    assert not settings.sandbox


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, **TOKENS, PORT="8080", SETTLE_SECONDS="1.5")
    settings = config.load()
    assert settings.is_socket_mode
    assert (settings.port, settings.settle.total_seconds()) == (8080, 1.5)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=1111\nSENDERS=5\n# a comment\nUNKNOWN=1\n")
    put(monkeypatch, PORT="2222")
    settings = config.load()
    assert (settings.port, settings.senders) == (2222, 5)


def test_an_empty_value_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, PORT="", SLACK_BOT_TOKEN="")
    assert config.load().port == 3000


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_can_be_kept_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    values = {"slack_bot_token": "xoxb-f", "slack_app_token": "xapp-f"}
    value = values.get(name, "sqlite:///elsewhere.db")
    put(monkeypatch, **{k: v for k, v in TOKENS.items() if k != name.upper()})
    (tmp_path / "secret").write_text(f"  {value}\n")
    put(monkeypatch, **{f"{name.upper()}_FILE": str(tmp_path / "secret")})
    if name == "slack_client_secret":
        with pytest.raises(ConfigError, match="cannot do yet"):
            config.load()
    else:
        assert getattr(config.load(), name) == value


def test_what_is_no_secret_is_not_read_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "port").write_text("4444")
    put(monkeypatch, PORT_FILE=str(tmp_path / "port"))
    assert config.load().port == 3000


@pytest.mark.parametrize("what", ["missing", "a folder", "not text"])
def test_a_file_that_cannot_be_read_is_told_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    path = tmp_path / CANARY
    if what == "a folder":
        path.mkdir()
    elif what == "not text":
        path.write_bytes(b"\xff\xfe\x00")
    told = problems(monkeypatch, SLACK_BOT_TOKEN_FILE=str(path))
    assert told == ["SLACK_BOT_TOKEN_FILE names a file that cannot be read."]


def test_a_secret_named_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-1")
    told = problems(monkeypatch, **TOKENS, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert told == [
        "SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set; please keep one of them."
    ]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN must begin with xapp-"),
        ({"SLACK_BOT_TOKEN": ""}, "but SLACK_BOT_TOKEN is not"),
        ({"SLACK_APP_TOKEN": ""}, "needs SLACK_SIGNING_SECRET"),
        ({"SLACK_CLIENT_ID": "1.2"}, "Please remove them"),
        ({"SLACK_CLIENT_SECRET": "s"}, "Please remove them"),
        ({"DATABASE_URL": "mysql://host/db"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "peerloop.db"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "postgresql"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "postgresql+asyncpg://h/d"}, "DATABASE_URL must begin with"),
        ({"SLACK_API_URL": "http://slack.com/api/"}, "SLACK_API_URL must begin with https://"),
        ({"SANDBOX": "true"}, "cannot be used with the real one"),
        ({"SANDBOX": "perhaps"}, "SANDBOX cannot be used"),
        ({"PORT": "http"}, "PORT cannot be used"),
        ({"PORT": "70000"}, "PORT cannot be used"),
        ({"SENDERS": "0"}, "SENDERS cannot be used"),
        ({"TICK_SECONDS": "-1"}, "TICK_SECONDS cannot be used"),
        ({"SETTLE_SECONDS": "nan"}, "SETTLE_SECONDS cannot be used"),
        ({"LOG_LEVEL": "debug"}, "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], words: str
) -> None:
    told = problems(monkeypatch, **{**TOKENS, **settings})
    assert len(told) == 1
    assert words in told[0]
    assert told[0].endswith(".")


def test_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = problems(
        monkeypatch,
        SLACK_BOT_TOKEN="wrong",
        SLACK_APP_TOKEN="wrong",
        SLACK_CLIENT_ID="1",
        DATABASE_URL="oracle://x",
        PORT="x",
        LOG_LEVEL="LOUD",
    )
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "DATABASE_URL", "PORT")
    for name in (*names, "LOG_LEVEL"):
        assert sum(name in sentence for sentence in told) == 1
    assert len(told) == 6


def test_http_mode_needs_a_signing_secret_and_no_app_token(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s")
    assert not config.load().is_socket_mode


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    value = {"database_url": f"postgresql://u:{CANARY}@h:x/d"}.get(name, CANARY)
    put(monkeypatch, **{name.upper(): value, "PORT": "x"})
    with pytest.raises(ConfigError) as told:
        config.load()
    assert CANARY not in str(told.value) + repr(told.value)
    settings = Settings(_env_file=None, port=1)
    assert CANARY in getattr(settings, name)
    assert CANARY not in f"{settings!r} {settings!s}"


def test_a_file_of_settings_that_is_no_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"PORT=\xff\xfe")
    told = problems(monkeypatch, **TOKENS)
    assert told == [".env cannot be read as text. Please save it as UTF-8."]
