"""How far a workspace's evidence goes, in which order it came, and under which key."""

import secrets

from sqlalchemy import select

from bot.domain.evidence import Known
from storage.scope import Scope
from storage.tables import RoutingRow
from storage.upsert import insert_once


class RoutingState:
    """The one row of a workspace. Whoever adds evidence holds it until the end of the transaction,
    so numbers are given in the order of the commits, and no replica misses one."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def row(self) -> RoutingRow | None:
        return self._scope.session.scalars(
            select(RoutingRow).where(RoutingRow.tenant == self._scope.tenant)
        ).one_or_none()

    def held(self) -> RoutingRow:
        """The row, made if there is none yet."""
        row = self.row()
        if row is None:
            insert_once(
                self._scope.session,
                RoutingRow,
                tenant=self._scope.tenant,
                word_key=secrets.token_hex(32),
                seq=0,
                epoch=0,
                labels=0,
            )
            row = self.row()
        assert row  # it was there, or has just been made
        return row

    def committed(self) -> Known:
        """What others have committed, and we in earlier transactions."""
        row, own = self.row(), self._scope.evidence.seq
        if row is None:
            return Known(0, 0)
        return Known(row.seq if own is None else own - 1, row.epoch)

    def next_seq(self) -> int:
        """One number for all that this transaction adds."""
        mine = self._scope.evidence
        if mine.seq is None:
            row = self.held()
            row.seq += 1
            self._scope.session.flush()
            mine.seq = row.seq
        return mine.seq

    def removed(self) -> None:
        """Whatever is held in memory must be read anew."""
        self.held().epoch += 1
        self._scope.evidence.is_removed = True
        self._scope.session.flush()
