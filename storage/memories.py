"""What routing knows, held in memory for each database and workspace, and kept up to date."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from bot.domain.evidence import Known
from bot.domain.ids import Tenant
from bot.domain.recall import Memory

_HELD: WeakKeyDictionary[Engine, dict[Tenant, "_Place"]] = WeakKeyDictionary()
_LOCK = threading.Lock()


@dataclass(slots=True)
class _Place:
    """One at a time reads or extends it: a column that is being read cannot grow."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    memory: Memory = field(default_factory=Memory)


@contextmanager
def memory_of(
    engine: Engine, tenant: Tenant, known: Known, extend: Callable[[Memory, int], None]
) -> Iterator[Memory]:
    """The memory of all that is `known`.

    Since a removal it is read anew. One that is ahead of this transaction is taken as it is.
    """
    with _LOCK:
        place = _HELD.setdefault(engine, {}).setdefault(tenant, _Place())
    with place.lock:
        if place.memory.epoch < known.epoch:
            place.memory = Memory(known.epoch)
        if place.memory.seq < known.seq:
            grown = place.memory
            place.memory = Memory(known.epoch)  # should reading fail half-way, the next begins anew
            extend(grown, known.seq)
            grown.seq = known.seq
            place.memory = grown
        yield place.memory


def held_size(engine: Engine, tenant: Tenant) -> int:
    """Bytes that are held for a workspace, about."""
    place = _HELD.get(engine, {}).get(tenant)
    return place.memory.size if place else 0
