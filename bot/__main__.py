"""The command line: `peerloop`, also `python -m bot`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot import by_hand, checkup, config, logs, manifest, upkeep
from bot.config import ConfigError, Settings
from bot.doctor import Weight, examine
from bot.ending import AskedToEnd, asked_to_end
from bot.manifest import ManifestError
from bot.program import Program
from bot.slack.identity import NotConnected
from bot.web import PortTaken
from storage.backup import BackupUnusable
from storage.database import Database, DatabaseUnusable
from storage.lockfile import AnotherProcess
from storage.moving import NotMoved
from storage.schema import UnknownSchema

EXIT_CONFIG = 2

WELCOME = """\
Peerloop has no tokens yet. (To look around without Slack: make sandbox)
1. Create a Slack app from manifest.yml at https://api.slack.com/apps and install it.
2. Copy .env.example to .env, fill in SLACK_BOT_TOKEN and SLACK_APP_TOKEN, and run this again."""

MENDABLE: tuple[type[Exception], ...] = (
    NotConnected,
    ManifestError,
    AnotherProcess,
    UnknownSchema,
    DatabaseUnusable,
    BackupUnusable,
    NotMoved,
    PortTaken,
)

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Social learning in the flow of work: a self-hosted Slack bot.",
)


@cli.callback(invoke_without_command=True)
def peerloop(
    show_version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.")
    ] = False,
) -> None:
    if show_version:
        typer.echo(f"peerloop {version('peerloop')}")
        raise typer.Exit


@cli.command()
def run() -> None:
    """Serve Slack: by Socket Mode with an app token, over HTTP without."""
    with _plain_errors():
        settings = config.load()
        if not settings.slack_bot_token and not settings.slack_app_token:
            typer.echo(WELCOME, err=True)
            raise typer.Exit(EXIT_CONFIG)
        logs.configure(settings.log_level, settings.log_format)
        _serve(settings)


@cli.command(name="migrate")
def migrate_database(
    to: Annotated[
        str | None,
        typer.Option(
            envvar="MIGRATE_TO",
            show_envvar=False,
            help="Move everything to the empty database at this address (or MIGRATE_TO names it).",
        ),
    ] = None,
) -> None:
    """Bring the database to the schema of this version, or move everything to another one."""
    with _plain_errors():
        database = Database(config.load_database_url())
        typer.echo(upkeep.move_to(database, Database(to)) if to else upkeep.bring_up(database))


@cli.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; unless said, beside the database.")
    ] = None,
) -> None:
    """Copy the database into one file; safe while the bot is running."""
    with _plain_errors():
        typer.echo(upkeep.back_up(Database(config.load_database_url()), file))


@cli.command()
def restore(
    file: Annotated[
        Path | None,
        typer.Argument(help="The backup. Without one: the database was put back by other means."),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only look whether it could be put back.")
    ] = False,
) -> None:
    """Put a backup back; what may have been said since it was made is not said again."""
    with _plain_errors():
        if verify:
            typer.echo(upkeep.look_through(file))
        else:
            typer.echo(upkeep.restore(Database(config.load_database_url()), file))


@cli.command()
def doctor() -> None:
    """Say what is wrong here, in a sentence each; safe while the bot is running."""
    with _plain_errors():
        settings = config.load()
        with logs.silenced():
            findings = examine(checkup.facts(settings))
    for finding in findings:
        words = " ".join(finding.words.split())  # a database driver speaks in several lines
        typer.echo(f"- {finding.weight.name.capitalize()}: {words}")
    worst = max((finding.weight for finding in findings), default=Weight.NOTE)
    if worst:
        raise typer.Exit(int(worst))
    typer.echo(f"All is well. Checked: {checkup.CHECKED}.")


@cli.command(name="manifest")
def print_manifest(
    http: Annotated[str, typer.Option(help="Where Slack is to send its requests: https://…")],
) -> None:
    """Print the manifest of an app that Slack reaches over HTTP, made from manifest.yml."""
    with _plain_errors():
        typer.echo(manifest.over_http(http), nl=False)


@cli.command()
def sandbox(
    port: Annotated[
        int, typer.Option(envvar="SANDBOX_PORT", help="Where the local Slack listens.")
    ] = 8765,
    empty: Annotated[
        bool, typer.Option("--empty", help="Without the weeks that have gone by.")
    ] = False,
) -> None:
    """Try Peerloop without Slack: a local Slack, and the bot against it."""
    from bot.demo.running import CannotBegin, Demo  # noqa: PLC0415 - only this command needs it

    with _plain_errors(CannotBegin), suppress(AskedToEnd), asked_to_end() as stop:
        logs.configure("WARNING", "plain")
        demo = Demo(port, is_empty=empty, stopping=stop)
        demo.start()
        typer.echo(demo.introduction())
        stop.wait()
        demo.stop()


def _serve(settings: Settings) -> None:
    with suppress(AskedToEnd), asked_to_end() as stop:
        program = Program(settings, stopping=stop)
        program.start()
        stop.wait()
        program.stop()


@contextmanager
def _plain_errors(*more: type[Exception]) -> Iterator[None]:
    """What an operator can mend is said in sentences, without a traceback."""
    try:
        yield
    except ConfigError as error:
        for problem in error.problems:
            typer.echo(f"- {problem}", err=True)
        raise typer.Exit(EXIT_CONFIG) from None
    except (*MENDABLE, *more) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


cli.add_typer(by_hand.commands(_plain_errors), name="deliveries")


def main() -> None:
    logs.tell_of_threads()
    cli()


if __name__ == "__main__":
    main()
