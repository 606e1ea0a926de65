"""What people contributed to activities, under their name or under nobody's."""

from sqlalchemy import Select, func, select, update

from bot.domain.ids import UserId
from bot.domain.running import TEXT_KEPT_FOR
from storage.scope import Scope
from storage.tables import ContributionRow


class Contributions:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def give(self, occasion: int, author: UserId | None, text: str) -> int:
        """Keep it, and its number; a second one of the same author takes the place of the first."""
        scope = self._scope
        row = self._of(occasion, author) if author else None
        if row is None:
            row = ContributionRow(
                tenant=scope.tenant, occasion_id=occasion, author=author, given_at=scope.now
            )
            scope.session.add(row)
        row.text = text
        scope.session.flush()
        return row.id

    def text_of(self, occasion: int, author: UserId) -> str | None:
        """What somebody said before, if that can still be told."""
        row = self._of(occasion, author)
        return row.text if row else None

    def author_of(self, contribution: int) -> UserId | None:
        """Who gave it, if that was kept."""
        author = self._scope.session.scalars(
            select(ContributionRow.author).where(
                ContributionRow.tenant == self._scope.tenant, ContributionRow.id == contribution
            )
        ).one_or_none()
        return UserId(author) if author else None

    def count(self, occasion: int) -> int:
        found = self._scope.session.scalar(
            select(func.count())
            .select_from(ContributionRow)
            .where(
                ContributionRow.tenant == self._scope.tenant,
                ContributionRow.occasion_id == occasion,
            )
        )
        return found or 0

    def forget_old(self) -> None:
        """Drop the words of what was contributed long enough ago."""
        scope = self._scope
        scope.session.execute(
            update(ContributionRow)
            .where(
                ContributionRow.tenant == scope.tenant,
                ContributionRow.given_at < scope.now - TEXT_KEPT_FOR,
                ContributionRow.text.is_not(None),
            )
            .values(text=None)
        )

    def _of(self, occasion: int, author: UserId) -> ContributionRow | None:
        return self._scope.session.scalars(
            self._rows().where(
                ContributionRow.occasion_id == occasion, ContributionRow.author == author
            )
        ).one_or_none()

    def _rows(self) -> Select[ContributionRow]:
        return select(ContributionRow).where(ContributionRow.tenant == self._scope.tenant)
