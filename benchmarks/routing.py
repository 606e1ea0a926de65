"""How often the right colleague is asked: archives played again, beside three simple ways."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from sqlalchemy import text

from benchmarks.archive import activity_beside, name_of, newest_of, threads_in
from benchmarks.replay import LOADED, OURS, Replay
from benchmarks.synthetic import grown
from bot.domain.ids import Tenant
from storage.database import Database
from storage.schema import migrate

TENANT = Tenant("T_BENCH")
KEY = "0" * 64
START = datetime(2000, 1, 1, tzinfo=UTC)
INDEX = ("sketch", "evidence", "presence", "routing")
COLUMNS = (
    *("file", "method", "questions", "people", "mrr", "mrr_95", "p_at_1", "s_at_3", "s_at_5"),
    *("r_at_5", "busiest_share", "gini", "p50_ms", "p95_ms", "index_bytes"),
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    with_activity: bool
    is_adapting: bool
    url: str | None


@contextmanager
def fresh(url: str | None, name: str) -> Iterator[tuple[Database, Tenant]]:
    """A database of its own, or a tenant of its own in the one given."""
    with TemporaryDirectory(prefix="routing-") as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'peerloop.db'}")
        migrate(database)
        tenant = Tenant(f"{TENANT}_{name}"[:32])
        _empty(database, tenant)
        _set_key(database, tenant)
        yield database, tenant
        _empty(database, tenant)
        database.dispose()


def _empty(database: Database, tenant: Tenant) -> None:
    with database.engine.begin() as connection:
        for table in ("evidence", "sketch", "presence", "routing", "turn", "question", "person"):
            statement = text(f"DELETE FROM {table} WHERE tenant = :tenant")
            connection.execute(statement, {"tenant": tenant})


def _set_key(database: Database, tenant: Tenant) -> None:
    """The same in every run: which of equally rare words are looked up goes by their hashes."""
    with database.begin(tenant, START) as work:
        work.evidence.key_to_write()
    with database.engine.begin() as connection:
        statement = text("UPDATE routing SET word_key = :key WHERE tenant = :tenant")
        connection.execute(statement, {"key": KEY, "tenant": tenant})


def index_bytes(database: Database) -> int:
    """What is kept for routing, indexes included."""
    names = "unnest(CAST(:names AS text[])) AS name"
    query = f"SELECT SUM(pg_total_relation_size(name::regclass)) FROM {names}"
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            return int(connection.execute(text(query), {"names": list(INDEX)}).scalar() or 0)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
        return int(pages or 0) * int(size or 0)


def measure(path: Path, plan: Plan) -> list[Row]:
    """One row for each way of choosing."""
    threads = threads_in(path)
    _, tested = newest_of(threads)
    activity = activity_beside(path) if plan.with_activity else []
    with fresh(plan.url, name_of(path)) as (database, tenant):
        replay = Replay(database, tenant, plan.is_adapting)
        replay.play(threads, frozenset(thread.number for thread in tested), activity)
        size = index_bytes(database)
    rows: list[Row] = []
    for method, measured in replay.measured.items():
        about = {"file": name_of(path), "method": method, "people": len(replay.past.people)}
        more = {"index_bytes": size} if method in {OURS, LOADED} else {}
        rows.append({**about, **measured.figures(), **more})
    return _with_load(rows)


def _with_load(rows: list[Row]) -> list[Row]:
    """Ours also says what the load term does to it: how busy the busiest is, and what it costs."""
    by_name = {row["method"]: row for row in rows}
    ours, loaded = by_name[OURS], by_name[LOADED]
    ours["busiest_share_with_load"] = loaded["busiest_share"]
    ours["gini_with_load"] = loaded["gini"]
    ours["s_at_3_with_load"] = loaded["s_at_3"]
    return rows


def table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    lines += [f"| {' | '.join(_cell(row.get(name)) for name in columns)} |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            return "-".join(f"{each:.3f}" for each in value)
        case float():
            return f"{value:.3f}"
        case int():
            return f"{value:,}"
    return str(value)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="archives: .jsonl or .jsonl.gz")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--no-activity", action="store_true", help="leave .act.gz unread")
    parser.add_argument("--adapt", action="store_true", help="learn weights before the newest")
    parser.add_argument("--database", help="a database URL; its rows of this name are replaced")
    parser.add_argument("--synthetic", type=int, nargs="+", default=[], metavar="N")
    given = parser.parse_args()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    plan = Plan(not given.no_activity, given.adapt, given.database)
    rows = [row for path in given.files for row in measure(path, plan)]
    scale: list[Row] = []
    for size in given.synthetic:
        with fresh(given.database, f"SYN{size}") as (database, tenant):
            scale.append(grown(database, tenant, size) | {"index_bytes": index_bytes(database)})
    if given.json:
        print(json.dumps([*rows, *scale], indent=2))
        return
    for found, columns in ((rows, COLUMNS), (scale, list(scale[0]) if scale else ())):
        if found:
            print(table(found, columns), end="\n\n")


if __name__ == "__main__":
    main()
