"""How fast each of Slack's methods is called: its limits, and the operator's own."""

from datetime import timedelta

from bot.config import Settings
from bot.domain.pace import Rate, Rates


def rates_of(settings: Settings) -> dict[str, Rates]:
    """How fast each method may be called: Slack's limits, with a little room left."""
    a_second = Rate(timedelta(seconds=1))
    a_minute = timedelta(minutes=1)
    workspace = Rate(a_minute / settings.sends_per_minute, burst=100)
    return {
        "conversations.open": Rates(channel=a_second, workspace=Rate(a_minute / 50, burst=40)),
        "conversations.history": Rates(
            channel=Rate(a_second.interval, burst=5), workspace=Rate(a_minute / 50, burst=40)
        ),
        "chat.postMessage": Rates(channel=a_second, workspace=workspace),
        "chat.postEphemeral": Rates(
            channel=Rate(timedelta(seconds=1), burst=5), workspace=Rate(a_minute / 100, burst=50)
        ),
        "views.publish": Rates(channel=a_second, workspace=Rate(a_minute / 100, burst=50)),
        "chat.update": Rates(
            channel=Rate(timedelta(seconds=1), burst=5), workspace=Rate(a_minute / 50, burst=20)
        ),
    }
