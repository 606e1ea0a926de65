"""A database as it was, put back later, the way an operator would do it on either kind."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage import backup
from storage.database import Database
from storage.put_back import put_back
from tests import databases
from tests.faults.cluster import Cluster

PutBack = Callable[[], None]


def snapshot(cluster: Cluster, folder: Path) -> PutBack:
    """Of what all have written by now; how to go back there. Nobody may be at work then."""
    file = Database(cluster.place.database_url).file
    return _of_file(cluster, file, folder) if file else _of_server(cluster)


def copied_by_hand(cluster: Cluster, folder: Path) -> PutBack:
    """A backup that somebody only copies back, without a word to Peerloop."""
    file = Database(cluster.place.database_url).file
    assert file
    kept = folder / "yesterday.backup"
    backup.back_up(file, kept, cluster.now())

    def copy_back() -> None:
        for end in backup.BESIDE:
            file.with_name(file.name + end).unlink(missing_ok=True)
        shutil.copy(kept, file)

    return copy_back


def _of_file(cluster: Cluster, file: Path, folder: Path) -> PutBack:
    kept = folder / "yesterday.backup"
    backup.back_up(file, kept, cluster.now())
    return lambda: _done(backup.restore(kept, file, cluster.now()))


def _of_server(cluster: Cluster) -> PutBack:
    url = make_url(cluster.place.database_url)
    name, kept = str(url.database), f"{url.database}_kept"
    _on_server(f"DROP DATABASE IF EXISTS {kept}", f"CREATE DATABASE {kept} TEMPLATE {name}")

    def back() -> None:
        drop = f"DROP DATABASE {name} WITH (FORCE)"
        _on_server(drop, f"CREATE DATABASE {name} TEMPLATE {kept}", f"DROP DATABASE {kept}")
        database = Database(cluster.place.database_url)
        put_back(database, cluster.now())
        database.dispose()

    return back


def _on_server(*statements: str) -> None:
    """Of names of our own making."""
    server = make_url(databases.SERVER).set(drivername="postgresql")
    plain = server.render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _done(_result: object) -> None:
    pass
