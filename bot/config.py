"""Settings from the environment and `.env`; every problem is reported, all at once."""

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.sources import PydanticBaseSettingsSource

SECRETS = (
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_client_secret",
    "database_url",
)
"""May be given as NAME_FILE: the path of a file that holds the value."""

DOTENV = Path(".env")


class ConfigError(Exception):
    """The settings cannot be used; `problems` has a sentence for each reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What an operator can set; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    slack_bot_token: str = Field(default="", repr=False)
    slack_app_token: str = Field(default="", repr=False)
    slack_signing_secret: str = Field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = Field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = Field(default="sqlite:///peerloop.db", repr=False)
    port: int = Field(default=3000, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "plain"] = "auto"
    tick_seconds: float = Field(default=2, ge=0.1, le=60)
    send_deadline_seconds: float = Field(default=10, gt=0, le=60)
    settle_seconds: float = Field(default=30, ge=0, le=600)
    sends_per_minute: int = Field(default=300, ge=1, le=60_000)
    senders: int = Field(default=2, ge=1, le=16)
    socket_connections: int = Field(default=2, ge=1, le=10)
    sandbox: bool = False

    @property
    def is_socket_mode(self) -> bool:
        return bool(self.slack_app_token)

    @property
    def send_deadline(self) -> timedelta:
        return timedelta(seconds=self.send_deadline_seconds)

    @property
    def settle(self) -> timedelta:
        return timedelta(seconds=self.settle_seconds)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, NamedFiles(settings_cls), dotenv_settings


class NamedFiles(PydanticBaseSettingsSource):
    """Values of NAME_FILE: how container platforms hand over secrets."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{field_name.upper()}_FILE") if field_name in SECRETS else None
        return (Path(path).read_text(encoding="utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        values = {name: self.get_field_value(None, name)[0] for name in SECRETS}
        return {name: value for name, value in values.items() if value is not None}


def load(**overrides: Any) -> Settings:
    """The settings, well-formed and without contradictions.

    Raises ConfigError with every problem there is. That there are no tokens is not one.
    """
    unreadable = _unreadable_files(os.environ)
    if unreadable:  # without them nothing else can be judged
        raise ConfigError(unreadable)
    settings, malformed = _well_formed(overrides)
    problems = _named_twice(os.environ) + malformed
    problems += [sentence for is_wrong, sentence in CHECKS if is_wrong(settings)]
    if problems:
        raise ConfigError(problems)
    return settings


def _well_formed(overrides: dict[str, Any]) -> tuple[Settings, list[str]]:
    """The settings, with the default in place of what cannot be read, and what that was."""
    try:
        return Settings(**overrides), []
    except ValidationError as error:
        problems = error.errors()
    fields = Settings.model_fields
    defaults = {name: fields[name].default for p in problems if (name := str(p["loc"][0]))}
    return Settings(**{**overrides, **defaults}), [_sentence(problem) for problem in problems]


def _named_twice(environ: Mapping[str, str]) -> list[str]:
    names = [name.upper() for name in SECRETS]
    return [
        f"{name} and {name}_FILE are both set; please keep one of them."
        for name in names
        if environ.get(name) and environ.get(f"{name}_FILE")
    ]


def _unreadable_files(environ: Mapping[str, str]) -> list[str]:
    paths = {f"{name.upper()}_FILE": environ.get(f"{name.upper()}_FILE") for name in SECRETS}
    unreadable = [
        f"{name} names a file that cannot be read."
        for name, path in paths.items()
        if path and not _is_text(Path(path))
    ]
    if DOTENV.exists() and not _is_text(DOTENV):
        unreadable.append(f"{DOTENV} cannot be read as text. Please save it as UTF-8.")
    return unreadable


def _is_text(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return True


def _sentence(problem: Any) -> str:
    name = "_".join(str(part) for part in problem["loc"]).upper()
    reason = problem["msg"]
    return f"{name} cannot be used: {reason[:1].lower()}{reason[1:]}."


CHECKS: tuple[tuple[Callable[[Settings], bool], str], ...] = (
    (
        lambda s: bool(s.slack_client_id or s.slack_client_secret),
        "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are for installing into several workspaces, "
        "which this version cannot do yet. Please remove them.",
    ),
    (
        lambda s: bool(s.slack_bot_token) and not s.slack_bot_token.startswith("xoxb-"),
        "SLACK_BOT_TOKEN must begin with xoxb-. You find it in your Slack app under "
        "OAuth & Permissions.",
    ),
    (
        lambda s: bool(s.slack_app_token) and not s.slack_app_token.startswith("xapp-"),
        "SLACK_APP_TOKEN must begin with xapp-. You make it in your Slack app under Basic "
        "Information, App-Level Tokens, with the scope connections:write.",
    ),
    (
        lambda s: bool(s.slack_app_token) and not s.slack_bot_token,
        "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not; Peerloop needs both.",
    ),
    (
        lambda s: bool(s.slack_bot_token) and not (s.slack_app_token or s.slack_signing_secret),
        "Without SLACK_APP_TOKEN Slack reaches Peerloop over HTTP, and that needs "
        "SLACK_SIGNING_SECRET. Set either of them.",
    ),
    (
        lambda s: (
            not s.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://"))
        ),
        "DATABASE_URL must begin with sqlite:/// or postgresql://.",
    ),
    (
        lambda s: s.database_url in {"sqlite:///", "sqlite:///:memory:"},
        "DATABASE_URL must name a file: a database in memory is gone with every connection.",
    ),
    (
        lambda s: not s.slack_api_url.startswith(("https://", "http://127.0.0.1:")),
        "SLACK_API_URL must begin with https:// (or be a local Slack on 127.0.0.1).",
    ),
    (
        lambda s: s.sandbox and not s.slack_api_url.startswith("http://127.0.0.1:"),
        "SANDBOX lets a local Slack move the clock; it cannot be used with the real one.",
    ),
)
