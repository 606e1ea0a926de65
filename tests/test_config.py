"""Settings: every problem told at once, in sentences, and no secret ever among them."""

import os
from pathlib import Path

import pytest

from bot import config
from bot.config import SECRETS, ConfigError, Settings
from tests.nobody import a_folder_of_nobodys, as_nobody

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


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("missing", "there is no such file"),
        ("a folder", "it is a folder"),
        ("not text", "it is not text in UTF-8"),
        ("below a file", "Not a directory"),
    ],
)
@pytest.mark.parametrize("where", ["environment", ".env"])
def test_a_file_that_cannot_be_read_is_told_by_name_and_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str, reason: str, where: str
) -> None:
    path = tmp_path / "token"
    if what == "a folder":
        path.mkdir()
    elif what == "not text":
        path.write_bytes(b"\xff\xfe\x00")
    elif what == "below a file":
        path.write_text("")
        path /= "token"
    given = {"SLACK_BOT_TOKEN_FILE": str(path)}
    if where == ".env":
        Path(".env").write_text(f"SLACK_BOT_TOKEN_FILE={path}\n")
        given = {}
    told = problems(monkeypatch, **given)
    assert told == [f"SLACK_BOT_TOKEN_FILE names {path}, which cannot be read: {reason}."]


@pytest.mark.parametrize("name", [".env", "token"])
def test_a_file_that_is_closed_to_us_is_told_with_who_we_are(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with a_folder_of_nobodys() as folder, as_nobody():
        (folder / name).write_text("xoxb-1")
        (folder / name).chmod(0)
        told = problems(monkeypatch, SLACK_BOT_TOKEN_FILE=str(folder / "token"))
        assert len(told) == 1
        assert f"user {os.geteuid()}" in told[0]
        assert "may not read it" in told[0]
        assert name in told[0]


def test_an_empty_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n")
    told = problems(monkeypatch, SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert told == [f"SLACK_BOT_TOKEN_FILE names {tmp_path}/token, which is empty."]


@pytest.mark.parametrize("value", [f"xoxb-{CANARY}", f"postgresql://u:{CANARY}@h/d", CANARY * 99])
def test_a_secret_in_place_of_its_file_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    (told,) = problems(monkeypatch, DATABASE_URL_FILE=value)
    assert "names no file that is there" in told
    assert CANARY not in told


def test_a_file_of_settings_may_name_files_too(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-f\n")
    Path(".env").write_text("SLACK_BOT_TOKEN_FILE=token\nSLACK_APP_TOKEN=xapp-1\n")
    assert config.load().slack_bot_token == "xoxb-f"


def test_the_environment_wins_whichever_way_a_secret_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("xoxb-file")
    Path(".env").write_text("SLACK_BOT_TOKEN_FILE=/not/there\nSLACK_APP_TOKEN=xapp-dotenv\n")
    put(monkeypatch, SLACK_BOT_TOKEN="xoxb-environment")
    assert config.load().slack_bot_token == "xoxb-environment"
    (tmp_path / "app").write_text("xapp-file")
    put(monkeypatch, SLACK_APP_TOKEN_FILE="app")
    assert config.load().slack_app_token == "xapp-file"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SLACK_BOTTOKEN=x", "sets SLACK_BOTTOKEN, which is no setting. Do you mean SLACK_BOT_TOK"),
        ("SLACK_BOT_TOKEN_FIEL=x", "Do you mean SLACK_BOT_TOKEN_FILE?"),
        ("export ports=3000", "sets PORTS, which is no setting. Do you mean PORT?"),
        ("DATABASE_URI=x", "Do you mean DATABASE_URL?"),
        ("PEERLOOP_COLOUR=x", "sets PEERLOOP_COLOUR, which is no setting. Please remove it."),
        ("PORT_FILE=x", "only secrets are read from files"),
    ],
)
def test_f73_a_name_that_is_none_is_told_with_the_nearest_one(
    monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    Path(".env").write_text(f"{line}\n")
    (told,) = problems(monkeypatch, **TOKENS)
    assert words in told


def test_what_is_meant_for_others_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PEERLOOP_DOMAIN=p.example.com\nSANDBOX_PORT=1\nHTTP_PROXY=x\nTZ=UTC\n")
    put(monkeypatch, **TOKENS, SLACK_WEBHOOK_URL="https://example.com")
    assert config.load().slack_bot_token == "xoxb-1"


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
        ({"DATABASE_URL": "postgresql://u:p@h:port/d"}, "has a port that is no number"),
        ({"DATABASE_URL": "postgresql://u:p@h:99999/d"}, "has a port that is no number"),
        ({"DATABASE_URL": "postgresql://u:p@[::1]:x/d"}, "has a port that is no number"),
        ({"DATABASE_URL": f"postgresql://u:{CANARY}@re/tpw@127.0.0.1/x"}, "percent-encoded"),
        ({"DATABASE_URL": f"postgresql+psycopg://u:se@{CANARY}@h/x"}, "percent-encoded"),
        ({"DATABASE_URL": f"postgresql://u:a?@{CANARY}/b@h/x"}, "percent-encoded"),
        ({"SLACK_BOT_TOKEN": f"xoxb-…{CANARY}"}, "SLACK_BOT_TOKEN holds a character"),
        ({"SLACK_APP_TOKEN": f"xapp-1 {CANARY}"}, "SLACK_APP_TOKEN holds a character"),
        ({"SLACK_SIGNING_SECRET": f"…{CANARY}"}, "SLACK_SIGNING_SECRET holds a character"),
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
def test_f73_what_cannot_be_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], words: str
) -> None:
    told = problems(monkeypatch, **{**TOKENS, **settings})
    assert len(told) == 1
    assert words in told[0]
    assert told[0].endswith(".")
    assert CANARY not in told[0]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/d",
        "postgresql://h:5432/d",
        "postgresql://[::1]/d",
        "postgresql://[::1]:5432/d",
        "postgresql+psycopg://u:p%40w@h/d?host=/run/postgresql",
        "postgresql:///d?host=/run/postgresql",
        "postgresql://u:p/w@h/d",
        "sqlite:////srv/a@b@c/peerloop.db",
    ],
)
def test_an_address_that_can_be_read_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    put(monkeypatch, DATABASE_URL=url)
    assert config.load().database_url == url


def test_the_database_needs_its_own_setting_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, SLACK_APP_TOKEN="wrong", PORT="x", SANDBOX="true", DATABASE_URL="sqlite:///x")
    assert config.load_database_url() == "sqlite:///x"
    put(monkeypatch, SLACK_BOT_TOKEN_FILE="/not/there")
    assert config.load_database_url() == "sqlite:///x"
    put(monkeypatch, DATABASE_URL="mysql://x")
    monkeypatch.delenv("SLACK_BOT_TOKEN_FILE")
    with pytest.raises(ConfigError, match=r"\ADATABASE_URL must begin with"):
        config.load_database_url()


def test_f73_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_f73_a_file_of_settings_that_is_no_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"PORT=\xff\xfe")
    told = problems(monkeypatch, **TOKENS)
    assert told == [".env cannot be read: it is not text in UTF-8. Please save it as UTF-8."]


def test_a_folder_of_that_name_is_no_file_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").mkdir()
    assert problems(monkeypatch, **TOKENS) == [".env cannot be read: it is a folder."]
