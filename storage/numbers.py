"""The numbers that rows are given: how far they have come, and where the next ones begin."""

from sqlalchemy import BigInteger, Connection, Table, text

from storage.tables import Row


def numbered() -> list[Table]:
    """The tables whose rows are given a number by the database."""
    tables = Row.metadata.sorted_tables
    return [each for each in tables if "id" in each.c and isinstance(each.c.id.type, BigInteger)]


def last_numbers(connection: Connection) -> dict[str, int]:
    """By table: the highest number that was ever given, whether or not its row is still there."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        given = {str(row.name): int(row.seq) for row in rows}
        return {table.name: given.get(table.name, 0) for table in numbered()}
    return {table.name: _last_of_sequence(connection, table) for table in numbered()}


def begin_numbers(connection: Connection, table: str, first: int) -> None:
    """The next row of `table` is number `first`."""
    if connection.dialect.name != "sqlite":
        sequence = "SELECT setval(pg_get_serial_sequence(:table, 'id'), :first, false)"
        connection.execute(text(sequence), {"table": f'"{table}"', "first": first})
        return
    values = {"table": table, "last": first - 1}
    known = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :table")
    if not connection.execute(known, values).rowcount:
        connection.execute(text("INSERT INTO sqlite_sequence VALUES (:table, :last)"), values)


def _last_of_sequence(connection: Connection, table: Table) -> int:
    named = text("SELECT pg_get_serial_sequence(:table, 'id')")
    sequence = connection.execute(named, {"table": f'"{table.name}"'}).scalar_one()
    given = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
    return int(given.last_value) if given.is_called else 0
