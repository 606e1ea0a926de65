"""Every table, as declarative rows."""

from storage.tables.activities import ActivityRow, ContributionRow, OccasionRow
from storage.tables.base import Row, UtcDateTime
from storage.tables.evidence import EvidenceRow, PresenceRow, RoutingRow, SketchRow
from storage.tables.exchanges import ExchangeRow, ExchangeTopicRow
from storage.tables.mentoring import EnrolmentRow, PairRow, RoundRow
from storage.tables.people import (
    AvoidanceRow,
    ChannelRow,
    LeadRow,
    PersonRow,
    PersonTopicRow,
    RefusedTopicRow,
    TenantRow,
)
from storage.tables.questions import PublishedRow, QuestionRow, TopicChannelRow, TurnRow
from storage.tables.traffic import DeliveryRow, PaceRow, SeenRow

__all__ = [
    "ActivityRow",
    "AvoidanceRow",
    "ChannelRow",
    "ContributionRow",
    "DeliveryRow",
    "EnrolmentRow",
    "EvidenceRow",
    "ExchangeRow",
    "ExchangeTopicRow",
    "LeadRow",
    "OccasionRow",
    "PaceRow",
    "PairRow",
    "PersonRow",
    "PersonTopicRow",
    "PresenceRow",
    "PublishedRow",
    "QuestionRow",
    "RefusedTopicRow",
    "RoundRow",
    "RoutingRow",
    "Row",
    "SeenRow",
    "SketchRow",
    "TenantRow",
    "TopicChannelRow",
    "TurnRow",
    "UtcDateTime",
]
