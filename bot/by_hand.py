"""`peerloop deliveries`: the operator looks at them and settles them, safely beside the bot."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated

import typer

from bot import config
from bot.clock import wall_clock
from bot.domain.deliveries import State
from bot.domain.refusals import Refused
from bot.domain.undelivered import Undelivered
from bot.run import Run
from bot.services import undelivered
from storage.database import Database, DatabaseUnusable, answering
from storage.installed import tenants
from storage.schema import HEAD, current_revision

PlainErrors = Callable[[type[Exception]], AbstractContextManager[None]]
Number = Annotated[int, typer.Argument(metavar="ID", help="The number `list` shows.")]
States = Annotated[list[State] | None, typer.Option("--state", help="Any number of these.")]
AsJson = Annotated[bool, typer.Option("--json", help="A line of JSON for each.")]

UNSETTLED = (State.WAITING, State.SENDING, State.NEVER, State.UNKNOWN)

DID = {
    undelivered.send_again: "is sent (again) as soon as Slack lets us",
    undelivered.call_off: "is called off",
    undelivered.arrived: "counts as arrived",
}


def commands(plain_errors: PlainErrors) -> typer.Typer:
    """Each opens the database for one short transaction and needs no lock file."""
    app = typer.Typer(no_args_is_help=True, help="Look at deliveries, and settle them by hand.")

    @app.command(name="list")
    def show(state: States = None, as_json: AsJson = False) -> None:
        """What has not been delivered, or may not have been; ids, no names and no words."""
        with plain_errors(Refused):
            for found in _listed(state or list(UNSETTLED)):
                typer.echo(json.dumps(_fields(found)) if as_json else _line(found))

    @app.command()
    def retry(number: Number) -> None:
        """Send again what is unknown; look at once at what waits."""
        with plain_errors(Refused):
            typer.echo(_do(undelivered.send_again, number))

    @app.command()
    def cancel(number: Number) -> None:
        """Call off what waits, or give up what is unknown."""
        with plain_errors(Refused):
            typer.echo(_do(undelivered.call_off, number))

    @app.command()
    def arrived(number: Number) -> None:
        """Say that what is unknown did arrive."""
        with plain_errors(Refused):
            typer.echo(_do(undelivered.arrived, number))

    return app


def _listed(states: list[State]) -> list[Undelivered]:
    with _runs() as runs:
        return [each for run in runs for each in run.look(undelivered.listed, states=states)]


def _do(settle: Callable[..., None], number: int) -> str:
    """Raises Refused."""
    with _runs() as runs:
        mine = (run for run in runs if run.look(undelivered.has, delivery=number))
        run = next(mine, None)
        if run is None:
            raise Refused(f"There is no delivery {number}: `peerloop deliveries list` shows them.")
        run(settle, delivery=number)
    return f"Delivery {number} {DID[settle]}."


@contextmanager
def _runs() -> Iterator[list[Run]]:
    """One for each workspace. The workers of a running bot look once a second by themselves."""
    database = Database(config.load_database_url())
    try:
        if database.file and not database.file.exists():  # looking would make an empty one
            raise DatabaseUnusable(f"There is no database {database.file.name} yet.")
        with answering():
            if current_revision(database) != HEAD:
                raise DatabaseUnusable("The database is not of this version: peerloop migrate.")
            yield [Run(database, wall_clock, _no_nudge, each) for each in tenants(database)]
    finally:
        database.dispose()


def _no_nudge() -> None:
    pass


def _fields(found: Undelivered) -> dict[str, object]:
    return {
        "id": found.id,
        "state": found.state,
        "what": found.feature,
        "to": found.channel or ",".join(found.people) or found.reader,
        "since": found.since.isoformat(timespec="seconds"),
        "attempts": found.attempts,
        "reason": found.reason,
        "can_be_repeated": found.is_repeatable,
    }


def _line(found: Undelivered) -> str:
    told = _fields(found)
    return "  ".join(str(told[name]) for name in ("id", "state", "what", "to", "since", "reason"))
