"""The installation this transaction belongs to."""

import secrets

from sqlalchemy import Select, select

from bot.domain.gap import Gap
from bot.domain.ids import UserId
from storage.scope import Scope
from storage.tables import TenantRow
from storage.upsert import insert_once


class Installation:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def record(self, *, name: str, bot_user: UserId) -> None:
        """Remember the workspace; what is known of it already is brought up to date."""
        scope = self._scope
        insert_once(
            scope.session,
            TenantRow,
            id=scope.tenant,
            name=name,
            bot_user=bot_user,
            delivery_secret=secrets.token_hex(32),
            installed_at=scope.now,
        )
        row = self._row()
        row.name, row.bot_user = name, bot_user

    def delivery_secret(self) -> str:
        """Kept in the database and never changed: another one would make us repeat ourselves."""
        return self._row().delivery_secret

    def bot_user(self) -> UserId:
        """Who we are in this workspace."""
        return UserId(self._row().bot_user)

    def gap(self) -> Gap | None:
        """What is not known because a backup was put back, if one was."""
        return gap_of(self._scope)

    def _row(self) -> TenantRow:
        return self._scope.session.scalars(_ours(self._scope)).one()


def gap_of(scope: Scope) -> Gap | None:
    row = scope.session.scalars(_ours(scope)).one_or_none()
    if row is None or not (row.lost_from and row.lost_until and row.numbers_from):
        return None
    return Gap(row.lost_from, row.lost_until, row.numbers_from)


def _ours(scope: Scope) -> Select[TenantRow]:
    return select(TenantRow).where(TenantRow.id == scope.tenant)
