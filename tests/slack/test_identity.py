"""What the operator reads when Slack does not say who we are."""

import pytest

from bot.slack.identity import NotConnected, slack_client, who_we_are
from sandbox.server import LocalSlack
from tests.localslack import SlackView


def connect(slack: LocalSlack, token: str = "xoxb-sandbox") -> str:
    """The sentence with which connecting fails."""
    client = slack_client(token=token, api_url=f"{slack.url}/api/", seconds=1)
    with pytest.raises(NotConnected) as refused:
        who_we_are(client)
    return str(refused.value)


def test_a_wrong_token_is_the_operators_to_mend(local_slack: LocalSlack) -> None:
    assert connect(local_slack, "xoxb-wrong").startswith("Slack refused the bot token")


@pytest.mark.parametrize("kind", ["500", "drop_before", "garbage", "429"])
def test_slacks_own_trouble_is_not_blamed_on_the_token(local_slack: LocalSlack, kind: str) -> None:
    view = SlackView(local_slack.url)
    view.control("reset")
    view.control("fault", method="auth.test", kind=kind)
    assert connect(local_slack).startswith("Slack cannot be reached")
