"""Where answers may go: to Slack, and nowhere else whatever a payload says."""

import pytest
from slack_sdk.webhook import WebhookClient

from bot.slack.answer import Answerer
from bot.slack.render import Renderer

REAL = "https://slack.com/api/"
LOCAL = "http://127.0.0.1:8765/api/"


@pytest.fixture
def contacted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses to which something was posted."""
    urls: list[str] = []

    class Answered:
        status_code = 200

    def send(client: WebhookClient, _body: dict[str, object]) -> Answered:
        urls.append(client.url)
        return Answered()

    monkeypatch.setattr(WebhookClient, "send_dict", send)
    return urls


def say(api_url: str, response_url: str) -> None:
    Answerer(Renderer({}), api_url).say(response_url, "Hello")


@pytest.mark.parametrize(
    ("api_url", "response_url"),
    [
        (REAL, "https://hooks.slack.com/actions/T1/2/3"),
        (REAL, "https://hooks.slack-gov.com/actions/T1/2/3"),
        (LOCAL, "http://127.0.0.1:8765/response/1"),
    ],
)
def test_slacks_own_addresses_are_answered(
    contacted: list[str], api_url: str, response_url: str
) -> None:
    say(api_url, response_url)
    assert contacted == [response_url]


@pytest.mark.parametrize("api_url", [REAL, LOCAL])
@pytest.mark.parametrize(
    "response_url",
    [
        "http://hooks.slack.com/actions/T1/2/3",
        "https://hooks.slack.com:8443/actions",
        "https://hooks.slack.com@evil.example/",
        "https://user:word@hooks.slack.com/",
        "https://evil.example/https://hooks.slack.com/",
        "https://evil.example#@hooks.slack.com/",
        "https://hooks.slack.com.evil.example/",
        "https://hooks.slack.com%2eevil.example/",
        "https://hooks.slack.com\\@evil.example/",
        "https://hooks.slack.com\\.evil.example/",
        "https://hooks.slack.com\n.evil.example/",
        "https://evilhooks.slack.com/",
        "//hooks.slack.com/",
        "hooks.slack.com",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "http://127.0.0.1/",
        "http://127.0.0.1:5432/",
        "https://127.0.0.1:8765/response/1",
        "http://localhost:8765/response/1",
        "http://2130706433:8765/",
        "http://[::1]:8765/",
        "https://[hooks.slack.com/",
        "file:///etc/passwd",
        "ftp://hooks.slack.com/",
        "gopher://hooks.slack.com/",
        "",
    ],
)
def test_s5_no_other_address_is_contacted(
    contacted: list[str], api_url: str, response_url: str
) -> None:
    say(api_url, response_url)
    assert contacted == []


def test_an_address_that_cannot_be_spoken_to_does_no_harm() -> None:
    """Python's URL reader forgives a tab that its HTTP client then refuses."""
    say(REAL, "https://hooks.slack.com/actions/ \t1")
