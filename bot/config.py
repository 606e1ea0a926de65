"""Settings from the environment and `.env`; every problem is reported, all at once."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from bot.checks import CHECKS
from bot.given import Problem, secrets_in_files, unknown_names, why_unreadable

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


def load(**overrides: Any) -> Settings:
    """The settings, well-formed and without contradictions.

    Raises ConfigError with every problem there is. That there are no tokens is not one.
    """
    settings, problems = _look(overrides)
    if problems:
        raise ConfigError([problem.words for problem in problems])
    return settings


def load_database_url() -> str:
    """The one setting that the database alone needs, whatever is the matter with the others."""
    settings, problems = _look({})
    relevant = [words for about, words in problems if about in {"", "DATABASE_URL"}]
    if relevant:
        raise ConfigError(relevant)
    return settings.database_url


def _look(overrides: dict[str, Any]) -> tuple[Settings, list[Problem]]:
    reason = why_unreadable(DOTENV)
    if reason and not _is_missing(DOTENV):  # without it nothing else can be judged
        advice = " Please save it as UTF-8." if "UTF-8" in reason else ""
        raise ConfigError([f"{DOTENV} cannot be read: {reason}.{advice}"])
    dotenv = DotEnvSettingsSource(Settings).env_vars
    secrets = [name.upper() for name in SECRETS]
    in_files, unreadable = secrets_in_files(secrets, os.environ, dotenv)
    given = {name.lower(): value for name, value in in_files.items()}
    settings, malformed = _well_formed({**given, **overrides})
    names = [name.upper() for name in Settings.model_fields]
    unknown = [Problem("", words) for words in unknown_names(dotenv, names, secrets)]
    if unreadable:  # what depends on these cannot be judged
        return settings, unreadable + unknown
    wrong = [Problem(c.about, c.words) for c in CHECKS if c.is_wrong(settings)]
    return settings, unknown + malformed + wrong


def _is_missing(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:
        return False


def _well_formed(overrides: dict[str, Any]) -> tuple[Settings, list[Problem]]:
    """The settings, with the default in place of what cannot be read, and what that was."""
    try:
        return Settings(**overrides), []
    except ValidationError as error:
        problems = error.errors()
    fields = Settings.model_fields
    defaults = {name: fields[name].default for p in problems if (name := str(p["loc"][0]))}
    return Settings(**{**overrides, **defaults}), [_sentence(problem) for problem in problems]


def _sentence(problem: Any) -> Problem:
    name = "_".join(str(part) for part in problem["loc"]).upper()
    reason = problem["msg"]
    return Problem(name, f"{name} cannot be used: {reason[:1].lower()}{reason[1:]}.")
