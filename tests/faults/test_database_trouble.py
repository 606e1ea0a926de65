"""The database has no room, no connection or no answer for a while; afterwards all is done once."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from tests.faults.test_outages import closed
from tests.faults.wire import POST, WHISPER, Wire
from tests.localslack import Answer
from tests.storage.scene import ON_POSTGRES, ON_SQLITE
from tests.watch.pages import becomes
from tests.world import World

QUESTION = "/ask-peer why is my postgres index not used?"
BUSY, FAILED = "Peerloop is busy; please try again", "Something went wrong (ref"


def lives_through(world: World, trouble: AbstractContextManager[None], sentence: str) -> None:
    """Meanwhile a message waits, Bo asks something in vain, and reacts to what Ada wrote."""
    world.person("ada", knows=("postgres",))
    world.person("bo")
    wire = Wire(world)
    wire.breaks(POST, "429", retry_after=20)
    wire.says("ada", "This one waits")
    said = world.writes("ada", "use an index")
    with trouble:
        assert types(world, QUESTION).says(sentence)
        reaction = {"channel": "#general", "ts": said, "name": "bulb", "present": True}
        world.slack.control("reaction", user="bo", **reaction)
        world.slack.control("bots", urls=[])  # time goes on, and the bot cannot be told
        world.later(minutes=2)
    world.slack.control("bots", urls=[f"http://127.0.0.1:{world.bot.port}"])
    world.later(minutes=10)
    world.types("bo", QUESTION)
    world.clicks("bo", "Ask")
    world.later(minutes=2)
    assert len(world.ledger()) == 1
    assert sum(wire.taken_in(WHISPER).values()) <= 1  # after a minute it is not worth it
    texts = wire.shown("ada")
    assert texts[0] == "This one waits"
    assert len(texts) == 2
    assert "why is my postgres index not used?" in texts[1]
    assert set(wire.taken_in().values()) == {1}


def types(world: World, line: str) -> Answer:
    """Without waiting for the bot to come to rest: it cannot."""
    command, _, text = line.partition(" ")
    gesture = {"user": "bo", "channel": "#general", "command": command, "text": text}
    return Answer(world.slack.control("command", **gesture))


@contextmanager
def exhausted(world: World) -> Iterator[None]:
    """All connections are held, and whoever wants one waits in vain."""
    engine = world.bot._database.engine
    engine.pool._timeout = 0.2  # type: ignore[attr-defined]  # of a QueuePool
    with ExitStack() as held:
        with suppress(NoneFree):
            while True:
                held.enter_context(engine.connect())
        yield


@contextmanager
def written_to_by_another(world: World) -> Iterator[None]:
    """As a backup does that does not use SQLite's own means."""
    file = world.bot._database.file
    assert file
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def away(world: World) -> Iterator[None]:
    """The server lets nobody in; whoever asks /ready hears of it."""
    with closed(world.database_url):
        yield
        assert becomes(world, 503)["checks"]["database"] == "The database does not answer."
    assert becomes(world, 200)["ready"]


def test_f62_no_connection_is_free(http_world: World) -> None:
    lives_through(http_world, exhausted(http_world), BUSY)


@ON_POSTGRES
def test_f63_the_server_is_away_for_minutes(http_world: World) -> None:
    lives_through(http_world, away(http_world), FAILED)


@ON_SQLITE
def test_f65_another_program_keeps_the_file_locked(http_world: World) -> None:
    lives_through(http_world, written_to_by_another(http_world), BUSY)


@contextmanager
def full(world: World) -> Iterator[None]:
    """The file may not grow any more."""

    def no_more(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # not below what there is

    engine = world.bot._database.engine
    event.listen(engine, "begin", no_more)
    yield
    event.remove(engine, "begin", no_more)
    with ExitStack() as held:
        for _ in range(engine.pool.checkedin()):  # type: ignore[attr-defined]  # of a QueuePool
            freed = held.enter_context(engine.connect()).connection
            freed.execute("PRAGMA max_page_count = 4294967294")


@ON_SQLITE
def test_f64_the_disk_is_full_and_then_freed(world: World) -> None:
    """What was taken on is said once, whatever could be written of it; the rest was refused."""
    world.person("ada")
    world.settle()
    wire = Wire(world)
    taken, refused = [], []
    with full(world):
        for number in range(60):
            text = f"{number} " + "x" * 2_000
            try:
                wire.says("ada", text, settle=False)
                taken.append(text)
            except OperationalError:
                refused.append(text)
    assert refused, "there was room for all"
    world.later(minutes=5)
    wire.says("ada", "There is room again")
    assert wire.shown("ada") == [*taken, "There is room again"]
    assert set(wire.taken_in().values()) == {1}
