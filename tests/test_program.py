"""The program as a whole: it starts all of its parts or none, and gives everything back."""

import pytest

from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


class Unstoppable:
    def start(self) -> None:
        """Nothing to do."""

    def stop(self) -> None:
        raise RuntimeError("stuck")


def test_if_one_part_cannot_be_stopped_the_rest_is_and_all_is_given_back(world: World) -> None:
    world.bot._add(Unstoppable())
    with pytest.raises(RuntimeError, match="stuck"):
        world.stop()
    assert world.slack.see("state")["sockets"] == 0
    assert world.bot._database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # QueuePool's
    world.revive()  # which takes the lock on the file
