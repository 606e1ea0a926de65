"""Every table, as declarative rows."""

from storage.tables.activities import ActivityRow, ContributionRow, OccasionRow
from storage.tables.base import Row, UtcDateTime
from storage.tables.exchanges import ExchangeRow, ExchangeTopicRow
from storage.tables.mentoring import EnrolmentRow, PairRow, RoundRow
from storage.tables.people import ChannelRow, LeadRow, PersonRow, PersonTopicRow, TenantRow
from storage.tables.questions import QuestionRow, TurnRow
from storage.tables.traffic import DeliveryRow, PaceRow, SeenRow

__all__ = [
    "ActivityRow",
    "ChannelRow",
    "ContributionRow",
    "DeliveryRow",
    "EnrolmentRow",
    "ExchangeRow",
    "ExchangeTopicRow",
    "LeadRow",
    "OccasionRow",
    "PaceRow",
    "PairRow",
    "PersonRow",
    "PersonTopicRow",
    "QuestionRow",
    "RoundRow",
    "Row",
    "SeenRow",
    "TenantRow",
    "TurnRow",
    "UtcDateTime",
]
